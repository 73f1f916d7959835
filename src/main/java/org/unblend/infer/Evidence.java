package org.unblend.infer;

import java.util.Optional;

/**
 * The evidence Z = integral of likelihood times prior.
 *
 * @param logZ ln Z
 * @param error standard error of {@code logZ}
 * @param information Kullback-Leibler divergence of the posterior from the prior, in nats
 * @param method how value and error were obtained, in a few words
 * @param other what another method gave in the same run, for comparison: that of nested sampling beside a refined value
 */
public record Evidence(double logZ, double error, double information, String method, Optional<Evidence> other) {

    /** Without a second value. */
    public Evidence(double logZ, double error, double information, String method) {
        this(logZ, error, information, method, Optional.empty());
    }

    /** The same beside another value. */
    public Evidence beside(Evidence second) {
        return new Evidence(logZ, error, information, method, Optional.of(second));
    }
}
