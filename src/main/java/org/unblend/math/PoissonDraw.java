package org.unblend.math;

/** Draws of Poisson counts. */
public final class PoissonDraw {
    private static final double[] LOG_FACTORIAL = logFactorials();

    private PoissonDraw() {}

    /**
     * A count with this mean: by inversion below 10, above by transformed rejection (Hoermann 1993, Insurance:
     * Mathematics and Economics 12, 39, algorithm PTRS).
     *
     * @param mean finite, at least 0
     */
    public static double next(RandomSource random, double mean) {
        if (!(mean >= 0) || Double.isInfinite(mean)) {
            throw new IllegalArgumentException("the mean of a count must be finite and at least 0, got " + mean);
        }
        return mean < 10 ? byInversion(random, mean) : byRejection(random, mean);
    }

    private static double byInversion(RandomSource random, double mean) {
        double p = Math.exp(-mean);
        double u = random.nextOpen() - p;
        int n = 0;
        while (u > 0 && p > 0) {
            n++;
            p *= mean / n;
            u -= p;
        }
        return n;
    }

    private static double byRejection(RandomSource random, double mean) {
        double logMean = Math.log(mean);
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double scale = Math.log(1.1239 + 1.1328 / (b - 3.4));
        double squeeze = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = random.nextOpen() - 0.5;
            double v = random.nextOpen();
            double us = 0.5 - Math.abs(u);
            double n = Math.floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= squeeze) {
                return n;
            }
            if (n < 0 || (us < 0.013 && v > us)) {
                continue;
            }
            if (Math.log(v) + scale - Math.log(a / (us * us) + b) <= n * logMean - mean - logFactorial(n)) {
                return n;
            }
        }
    }

    private static double logFactorial(double n) {
        if (n < LOG_FACTORIAL.length) {
            return LOG_FACTORIAL[(int) n];
        }
        double x = n + 1;
        double r = 1 / (x * x);
        return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + (1.0 / 12 - r * (1.0 / 360 - r / 1260)) / x;
    }

    private static double[] logFactorials() {
        double[] f = new double[16];
        for (int n = 2; n < f.length; n++) {
            f[n] = f[n - 1] + Math.log(n);
        }
        return f;
    }
}
