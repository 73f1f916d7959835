package org.unblend.mcmc.factor;

import org.unblend.math.BinomialDraw;
import org.unblend.math.Dense;
import org.unblend.math.RandomSource;

/**
 * Data augmentation for counts (Cemgil 2009, Computational Intelligence and Neuroscience, 785152, section 2): every count
 * is split at random among the components, {@code multinomial(x_ij, w_ik h_kj / mu_ij)}; only its sums over samples and
 * over features are kept. Costs grow with the non-zero entries and, up to a bound per entry, with the counts.
 */
final class Allocation {
    /** Counts up to this many per component are split one by one, larger ones by conditional binomials. */
    private static final int ONE_BY_ONE = 6;

    private final int[][] place;
    private final int[][] count;
    private final int features;
    private final int samples;

    /**
     * @param x counts, {@code [features x samples]}
     * @param weights 0 where missing
     */
    Allocation(Dense x, Dense weights) {
        features = x.rows();
        samples = x.columns();
        place = new int[features][];
        count = new int[features][];
        for (int i = 0; i < features; i++) {
            int n = 0;
            for (int j = 0; j < samples; j++) {
                n += weights.get(i, j) > 0 && x.get(i, j) > 0 ? 1 : 0;
            }
            place[i] = new int[n];
            count[i] = new int[n];
            n = 0;
            for (int j = 0; j < samples; j++) {
                if (weights.get(i, j) > 0 && x.get(i, j) > 0) {
                    place[i][n] = j;
                    count[i][n++] = Math.toIntExact(Math.round(x.get(i, j)));
                }
            }
        }
    }

    /**
     * Splits all counts.
     *
     * @param w {@code [r x features]}
     * @param h {@code [r x samples]}
     * @param ofW sums over samples, {@code [r x features]}, replaced
     * @param ofH sums over features, {@code [r x samples]}, replaced
     */
    void draw(RandomSource random, double[][] w, double[][] h, double[][] ofW, double[][] ofH) {
        int r = w.length;
        // Entry by entry, so that the numbers of one count lie side by side.
        double[] hBySample = new double[samples * r];
        double[] toH = new double[samples * r];
        for (int k = 0; k < r; k++) {
            for (int j = 0; j < samples; j++) {
                hBySample[j * r + k] = h[k][j];
            }
        }
        double[] part = new double[r];
        double[] row = new double[r];
        int[] got = new int[r];
        for (int i = 0; i < features; i++) {
            java.util.Arrays.fill(got, 0);
            for (int k = 0; k < r; k++) {
                row[k] = w[k][i];
            }
            for (int e = 0; e < place[i].length; e++) {
                int at = place[i][e] * r;
                double sum = 0;
                for (int k = 0; k < r; k++) {
                    sum += row[k] * hBySample[at + k];
                    part[k] = sum;
                }
                if (count[i][e] <= ONE_BY_ONE * r) {
                    oneByOne(random, count[i][e], part, sum, got, toH, at);
                } else {
                    binomials(random, count[i][e], part, sum, got, toH, at);
                }
            }
            for (int k = 0; k < r; k++) {
                ofW[k][i] = got[k];
            }
        }
        for (int k = 0; k < r; k++) {
            for (int j = 0; j < samples; j++) {
                ofH[k][j] = toH[j * r + k];
            }
        }
    }

    private static void oneByOne(
            RandomSource random, int n, double[] part, double sum, int[] got, double[] toH, int at) {
        int last = part.length - 1;
        for (int c = 0; c < n; c++) {
            double u = random.nextOpen() * sum;
            int k = 0;
            while (k < last && part[k] < u) {
                k++;
            }
            got[k]++;
            toH[at + k]++;
        }
    }

    private static void binomials(
            RandomSource random, int n, double[] part, double sum, int[] got, double[] toH, int at) {
        int left = n;
        double rest = sum;
        for (int k = 0; k < part.length && left > 0; k++) {
            double own = part[k] - (k > 0 ? part[k - 1] : 0);
            int taken = k == part.length - 1 ? left : BinomialDraw.next(random, left, Math.min(1, own / rest));
            got[k] += taken;
            toH[at + k] += taken;
            left -= taken;
            rest -= own;
        }
    }
}
