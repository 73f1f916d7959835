package org.unblend.math;

/** Draws of binomial counts. */
public final class BinomialDraw {

    private BinomialDraw() {}

    /**
     * Successes among n trials: by inversion where fewer than 10 are expected, else by transformed rejection (Hörmann 1993,
     * Journal of Statistical Computation and Simulation 46, 101, algorithm BTRS).
     *
     * @param n at least 0
     * @param p 0 to 1
     */
    public static int next(RandomSource random, int n, double p) {
        if (!(n >= 0 && p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("n must be at least 0 and p from 0 to 1, got " + n + " and " + p);
        }
        if (p > 0.5) {
            return n - next(random, n, 1 - p);
        }
        return n * p < 10 ? byInversion(random, n, p) : byRejection(random, n, p);
    }

    private static int byInversion(RandomSource random, int n, double p) {
        double odds = p / (1 - p);
        double mass = Math.exp(n * Math.log1p(-p));
        double u = random.nextOpen() - mass;
        int k = 0;
        while (u > 0 && k < n) {
            k++;
            mass *= odds * (n - k + 1) / k;
            u -= mass;
        }
        return k;
    }

    private static int byRejection(RandomSource random, int n, double p) {
        double sd = Math.sqrt(n * p * (1 - p));
        double b = 1.15 + 2.53 * sd;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double c = n * p + 0.5;
        double alpha = (2.83 + 5.1 / b) * sd;
        double squeeze = 0.92 - 4.2 / b;
        double logOdds = Math.log(p / (1 - p));
        int mode = (int) Math.floor((n + 1) * p);
        double atMode = Stirling.logFactorial(mode) + Stirling.logFactorial(n - mode);
        while (true) {
            double v = random.nextOpen();
            double u = random.nextOpen() - 0.5;
            double us = 0.5 - Math.abs(u);
            int k = (int) Math.floor((2 * a / us + b) * u + c);
            if (k < 0 || k > n) {
                continue;
            }
            if (us >= 0.07 && v <= squeeze) {
                return k;
            }
            double log = Math.log(v * alpha / (a / (us * us) + b));
            if (log <= atMode - Stirling.logFactorial(k) - Stirling.logFactorial(n - k) + (k - mode) * logOdds) {
                return k;
            }
        }
    }
}
