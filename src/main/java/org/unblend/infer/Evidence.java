package org.unblend.infer;

/**
 * The evidence Z = integral of likelihood times prior.
 *
 * @param logZ ln Z
 * @param error standard error of {@code logZ}
 * @param information Kullback-Leibler divergence of the posterior from the prior, in nats
 * @param method how value and error were obtained, in a few words
 */
public record Evidence(double logZ, double error, double information, String method) {}
