package org.unblend.infer;

/** What can be asked of a model. */
public enum Task {
    /** The values with the highest posterior density, on the natural scale. */
    POINT,
    /** Draws from the posterior. */
    POSTERIOR,
    /** The probability of the data under the model, with an error. */
    EVIDENCE,
    /** The number of parts. */
    RANK
}
