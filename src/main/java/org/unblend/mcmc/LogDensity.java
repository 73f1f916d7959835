package org.unblend.mcmc;

/**
 * The natural logarithm of a density on the whole of R^d, up to a constant, with its gradient. Thread-safe. Any such
 * function can be handed to {@link Nuts}; a model graph is one by its unconstrained coordinates.
 */
public interface LogDensity {

    /** Number of coordinates d, at least 1. */
    int dimension();

    /**
     * Evaluates one point.
     *
     * @param z {@code [d]}, not modified
     * @param gradient {@code [d]}, modified
     * @return the log density; -infinity or NaN where there is none, and then the gradient does not matter
     */
    double evaluate(double[] z, double[] gradient);
}
