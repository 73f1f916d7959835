package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.Optional;
import org.unblend.math.BinomialDraw;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.RandomSource;
import org.unblend.math.Sparse;

/**
 * Data augmentation for counts (Cemgil 2009, Computational Intelligence and Neuroscience, 785152, section 2): every count
 * is split at random among the components, {@code multinomial(x_ij, w_ik h_kj / mu_ij)}; only its sums over samples and
 * over features are kept. Costs grow with the non-zero entries and, up to a bound per entry, with the counts.
 */
final class Allocation {
    /** Counts up to this many per component are split one by one, larger ones by conditional binomials. */
    private static final int ONE_BY_ONE = 6;

    /** Counts above 0 by feature, {@code [features]} lists. */
    private final int[][] place;

    private final int[][] count;
    private final int features;
    private final int samples;

    /**
     * @param x counts, {@code [features x samples]}
     * @param mask 0 where missing; empty if nothing is
     */
    Allocation(Matrix x, Optional<double[][]> mask) {
        features = x.rows();
        samples = x.columns();
        place = new int[features][];
        count = new int[features][];
        int[] at = new int[samples];
        int[] number = new int[samples];
        for (int i = 0; i < features; i++) {
            int n = 0;
            int stored = x instanceof Sparse s ? s.start()[i + 1] - s.start()[i] : samples;
            for (int e = 0; e < stored; e++) {
                int j = x instanceof Sparse s ? s.column()[s.start()[i] + e] : e;
                double v = x instanceof Sparse s ? s.value()[s.start()[i] + e] : ((Dense) x).get(i, j);
                if (v > 0 && (mask.isEmpty() || mask.get()[i][j] > 0)) {
                    at[n] = j;
                    number[n++] = Math.toIntExact(Math.round(v));
                }
            }
            place[i] = Arrays.copyOf(at, n);
            count[i] = Arrays.copyOf(number, n);
        }
    }

    /**
     * Splits all counts, or a sample of them.
     *
     * @param share probability that a count is looked at
     * @param w {@code [r x features]}
     * @param h {@code [r x samples]}
     * @param ofW sums over samples, {@code [r x features]}, replaced
     * @param ofH sums over features, {@code [r x samples]}, replaced
     */
    void draw(RandomSource random, double share, double[][] w, double[][] h, double[][] ofW, double[][] ofH) {
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
        long[] got = new long[r];
        for (int i = 0; i < features; i++) {
            Arrays.fill(got, 0);
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
                int n = share == 1 ? count[i][e] : BinomialDraw.next(random, count[i][e], share);
                if (n <= ONE_BY_ONE * r) {
                    oneByOne(random, n, part, sum, got, toH, at);
                } else {
                    binomials(random, n, part, sum, got, toH, at);
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
            RandomSource random, int n, double[] part, double sum, long[] got, double[] toH, int at) {
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
            RandomSource random, int n, double[] part, double sum, long[] got, double[] toH, int at) {
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
