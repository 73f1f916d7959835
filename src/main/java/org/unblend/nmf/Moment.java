package org.unblend.nmf;

/**
 * One look at a running fit.
 *
 * @param iteration iterations done; one iteration moves both factors
 * @param objective the negative log posterior of {@link FactorProblem}
 * @param kkt KKT residual as measured inside the iteration; that of the result is computed afresh by {@link Optimality}
 */
public record Moment(int iteration, double objective, double kkt) {}
