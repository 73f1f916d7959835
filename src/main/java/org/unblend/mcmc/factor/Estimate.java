package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.LogSum;

/**
 * An estimate of ln Z.
 *
 * @param logZ ln Z
 * @param error standard error
 */
public record Estimate(double logZ, double error) {

    /**
     * ln of the mean of exp. The standard error is that of the delta method, or from the spread of the logarithms if that is
     * larger, combined with half the variance of the mean: what the logarithm of a log-normal mean is too small by.
     *
     * @param logs ln of independent estimates of Z, {@code [at least 2]}
     */
    static Estimate ofRuns(double[] logs) {
        int n = logs.length;
        double log = LogSum.of(logs) - Math.log(n);
        double square = 0;
        double mean = Arrays.stream(logs).average().orElseThrow();
        double spread = 0;
        for (double v : logs) {
            square += Math.pow(Math.expm1(v - log), 2);
            spread += (v - mean) * (v - mean);
        }
        double delta = Math.sqrt(square / (n - 1) / n);
        double variance = spread / (n - 1) / n;
        return new Estimate(log, Math.hypot(Math.max(delta, Math.sqrt(variance)), 0.5 * variance));
    }
}
