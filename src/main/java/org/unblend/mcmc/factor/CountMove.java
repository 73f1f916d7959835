package org.unblend.mcmc.factor;

import org.unblend.math.Dense;
import org.unblend.math.RandomSource;

/**
 * Gibbs draws of both factors under Poisson noise: given the counts of each component, an entry of a factor has its prior
 * times a gamma density, {@code w^S exp(-T w)}, with S its counts and T the sum of the other factor over the observed
 * entries (Cemgil 2009, eqs. 12-15).
 */
final class CountMove {
    private final Allocation allocation;
    private final double[][] mask;
    private final boolean complete;

    CountMove(Dense x, Dense weights) {
        allocation = new Allocation(x, weights);
        mask = weights.array();
        boolean all = true;
        for (double[] row : mask) {
            for (double v : row) {
                all &= v > 0;
            }
        }
        complete = all;
    }

    /** Moves the factors that have priors; null stands for a fixed factor. */
    void move(RandomSource random, double[][] w, double[][] h, Shape[] priorsW, Shape[] priorsH) {
        double[][] ofW = new double[w.length][w[0].length];
        double[][] ofH = new double[h.length][h[0].length];
        allocation.draw(random, w, h, ofW, ofH);
        if (priorsW != null) {
            update(random, w, ofW, exposure(h, w[0].length, true), priorsW);
        }
        if (priorsH != null) {
            update(random, h, ofH, exposure(w, h[0].length, false), priorsH);
        }
    }

    private static void update(RandomSource random, double[][] a, double[][] counts, double[][] exposure, Shape[] f) {
        for (int k = 0; k < a.length; k++) {
            Shape prior = f[k];
            for (int p = 0; p < a[k].length; p++) {
                a[k][p] = EntryDraw.next(
                        random,
                        a[k][p],
                        prior.a() + counts[k][p],
                        prior.b() + exposure[k][p],
                        prior.q(),
                        prior.t(),
                        prior.nu());
            }
        }
    }

    /** Sums of the other factor over the observed entries of each feature, or of each sample. */
    private double[][] exposure(double[][] other, int n, boolean ofFeatures) {
        double[][] t = new double[other.length][n];
        for (int k = 0; k < other.length; k++) {
            if (complete) {
                double sum = 0;
                for (double v : other[k]) {
                    sum += v;
                }
                java.util.Arrays.fill(t[k], sum);
                continue;
            }
            for (int i = 0; i < mask.length; i++) {
                double[] row = mask[i];
                for (int j = 0; j < row.length; j++) {
                    if (row[j] > 0) {
                        t[k][ofFeatures ? i : j] += other[k][ofFeatures ? j : i];
                    }
                }
            }
        }
        return t;
    }
}
