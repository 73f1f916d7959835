package org.unblend.diagnose;

import java.util.Arrays;

/**
 * The shape k-hat of the generalised Pareto distribution that fits the largest importance weights. Below 0.5 the
 * variance of an importance-sampling mean is finite; above 0.7 the mean is not to be trusted at any practical sample
 * size (Vehtari et al. 2024, JMLR 25, 72).
 */
public final class ParetoTail {
    /** Fewer exceedances than this say nothing about a shape. */
    private static final int FEWEST = 5;

    private ParetoTail() {}

    /**
     * Fits the {@code min(n/5, 3 sqrt(n))} largest weights by the profile posterior mean of Zhang and Stephens (2009,
     * Technometrics 51, 316), drawn towards 0.5 with the weight of ten observations.
     *
     * @param logWeights logarithms of the weights, in any scale, -infinity allowed, not modified
     * @return k-hat; +infinity if too few different exceedances are left to judge by, -infinity if all are equal
     */
    public static double shape(double[] logWeights) {
        return smooth(logWeights.clone());
    }

    /**
     * The same, and the largest weights are replaced by the expected order statistics of the fitted distribution, none above
     * the largest there was (Vehtari et al. 2024, section 3). Weights whose tail cannot be fitted are left.
     *
     * @param logWeights in any scale, modified
     * @return as {@link #shape}
     */
    static double smooth(double[] logWeights) {
        int n = logWeights.length;
        double[] sorted = logWeights.clone();
        Arrays.sort(sorted);
        int tail = (int) Math.ceil(Math.min(0.2 * n, 3 * Math.sqrt(n)));
        if (tail < FEWEST || n <= tail || sorted[n - tail] == Double.NEGATIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        double high = sorted[n - 1];
        double cut = Math.exp(sorted[n - tail - 1] - high);
        double[] excess = new double[tail];
        for (int i = 0; i < tail; i++) {
            excess[i] = Math.exp(sorted[n - tail + i] - high) - cut;
        }
        // Equal weights have no tail at all; a few among equals cannot be judged.
        if (!(excess[tail / 4] > 0)) {
            return excess[tail - 1] > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        double[] fit = fit(excess);
        double k = fit[0];
        double[] quantiles = new double[tail];
        for (int i = 0; i < tail; i++) {
            double left = Math.log1p(-(i + 0.5) / tail);
            double value = Math.abs(k) < 1e-12 ? -fit[1] * left : fit[1] * Math.expm1(-k * left) / k;
            quantiles[i] = Math.min(high, Math.log(cut + value) + high);
        }
        for (int s = 0; s < n; s++) {
            // Equal weights share a place.
            int place = Arrays.binarySearch(sorted, logWeights[s]) - (n - tail);
            if (place >= 0) {
                logWeights[s] = quantiles[place];
            }
        }
        return k;
    }

    /**
     * Shape and scale.
     *
     * @param x ascending, the quartile above 0
     */
    private static double[] fit(double[] x) {
        int n = x.length;
        int grid = 30 + (int) Math.sqrt(n);
        double quartile = x[Math.max(0, (int) (n / 4.0 + 0.5) - 1)];
        double[] b = new double[grid];
        double[] profile = new double[grid];
        for (int j = 0; j < grid; j++) {
            b[j] = 1 / x[n - 1] + (1 - Math.sqrt(grid / (j + 0.5))) / (3 * Math.max(quartile, Double.MIN_NORMAL));
            double k = meanLog(x, b[j]);
            profile[j] = n * (Math.log(-b[j] / k) - k - 1);
        }
        double mean = 0;
        for (int j = 0; j < grid; j++) {
            double others = 0;
            for (int i = 0; i < grid; i++) {
                others += Math.exp(profile[i] - profile[j]);
            }
            mean += b[j] / others;
        }
        double k = meanLog(x, mean);
        return new double[] {(n * k + 10 * 0.5) / (n + 10), -k / mean};
    }

    /** mean of {@code ln(1 - b x)}. */
    private static double meanLog(double[] x, double b) {
        double sum = 0;
        for (double v : x) {
            sum += Math.log1p(-b * v);
        }
        return sum / x.length;
    }
}
