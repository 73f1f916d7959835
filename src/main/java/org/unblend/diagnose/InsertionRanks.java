package org.unblend.diagnose;

import org.apache.commons.math3.special.Erf;
import org.unblend.math.RandomSource;

/**
 * Test of nested sampling by insertion ranks (Fowlie, Handley and Su 2020, MNRAS 497, 5256). A new point that is drawn
 * from the prior above the threshold, as it must be, takes each of the places among the c points already there with the
 * same probability 1/(c + 1). Ranks that are too high tell of a proposal that misses the edge of the allowed volume.
 * The test cannot see points that depend on each other, nor volume that was lost as a whole.
 *
 * @param count number of ranks
 * @param z mean of {@code (rank + 1/2)/(c + 1) - 1/2} over all ranks, in units of its standard error
 * @param ks p-value of the Kolmogorov-Smirnov test of all ranks against the uniform distribution
 * @param worstWindow largest {@code |z|} of the consecutive windows
 * @param p the smallest of three p-values (all ranks by z, all by KS, windows by z, the last one corrected for the
 *     number of windows), times three
 */
public record InsertionRanks(int count, double z, double ks, double worstWindow, double p) {

    /**
     * @param ranks number of points below the new one, ties with it counted at random, in the order of insertion
     * @param others number of points c that it was compared with; {@code ranks[i] <= others[i]}
     * @param window ranks per window, such as the number of live points; at least 1
     * @param random spreads each discrete rank over its interval, which makes the KS test exact
     */
    public static InsertionRanks test(int[] ranks, int[] others, int window, RandomSource random) {
        int n = ranks.length;
        if (n == 0) {
            return new InsertionRanks(0, 0, 1, 0, 1);
        }
        double[] spread = new double[n];
        double[] windowSum = new double[Math.max(1, n / window)];
        double[] windowVariance = new double[windowSum.length];
        double sum = 0;
        double variance = 0;
        for (int i = 0; i < n; i++) {
            double places = others[i] + 1.0;
            spread[i] = (ranks[i] + random.nextOpen()) / places;
            double centred = (ranks[i] + 0.5) / places - 0.5;
            double v = (1 - 1 / (places * places)) / 12;
            int w = Math.min(i / window, windowSum.length - 1);
            windowSum[w] += centred;
            windowVariance[w] += v;
            sum += centred;
            variance += v;
        }
        double z = standard(sum, variance);
        double worst = 0;
        for (int w = 0; w < windowSum.length; w++) {
            worst = Math.max(worst, Math.abs(standard(windowSum[w], windowVariance[w])));
        }
        double ks = KolmogorovSmirnov.uniform(spread);
        double p = Math.min(Math.min(twoSided(z), ks), windowSum.length * twoSided(worst));
        return new InsertionRanks(n, z, ks, worst, Math.min(1, 3 * p));
    }

    /** 0 where no rank could vary. */
    private static double standard(double sum, double variance) {
        return variance > 0 ? sum / Math.sqrt(variance) : 0;
    }

    private static double twoSided(double z) {
        return Erf.erfc(Math.abs(z) / Math.sqrt(2));
    }
}
