package org.unblend.model;

/** How the evaluation of one row of a batch ended. Any status but {@link #OK} makes the row's log likelihood -infinity. */
public enum RowStatus {
    /** The outputs are valid. */
    OK,
    /** An input lies outside the domain of its port. */
    OUT_OF_DOMAIN,
    /** The computation did not converge or gave no finite result. */
    FAILED
}
