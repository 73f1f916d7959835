package org.unblend.nmf.rank;

import org.unblend.math.Sparse;
import org.unblend.nmf.FactorProblem;

/** What is kept from a fit to be predicted by it. */
public enum HoldOut {
    /** Whole entries, scattered over the matrix, and quarters of it. The matrix is held dense. */
    ENTRIES,
    /** Some of the counts of every entry, for Poisson noise. Memory grows with the entries that are not 0. */
    COUNTS;

    /** From so many entries on sparse counts are not held dense. */
    public static final long MANY = 10_000_000;

    /** The usual way for a problem: whole entries, but counts of large sparse matrices under Poisson noise. */
    public static HoldOut of(FactorProblem problem) {
        return problem.x() instanceof Sparse s && (long) s.rows() * s.columns() >= MANY && refusal(problem) == null
                ? COUNTS
                : ENTRIES;
    }

    /** Why counts of these data cannot be held out, or null if they can. */
    static String refusal(FactorProblem problem) {
        return problem.loss().beta() != 1
                ? "counts are held out under Poisson noise alone; hold out entries"
                : problem.weights().isPresent()
                        ? "counts are held out of matrices without weights and missing entries; hold out entries"
                        : null;
    }
}
