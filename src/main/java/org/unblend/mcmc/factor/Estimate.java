package org.unblend.mcmc.factor;

/**
 * An estimate of ln Z.
 *
 * @param logZ ln Z
 * @param error standard error
 */
public record Estimate(double logZ, double error) {}
