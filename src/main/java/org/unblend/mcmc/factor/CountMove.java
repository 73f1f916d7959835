package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.Optional;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.RandomSource;

/**
 * Gibbs draws of both factors under Poisson noise: given the counts of each component, an entry of a factor has its prior
 * times a gamma density, {@code w^S exp(-T w)}, with S its counts and T the sum of the other factor over the observed
 * entries (Cemgil 2009, eqs. 12-15).
 */
final class CountMove {
    private final Allocation allocation;
    /** Null if nothing is missing. */
    private final double[][] mask;

    /** @param weights 0 where missing; empty if nothing is */
    CountMove(Matrix x, Optional<Dense> weights) {
        boolean complete = weights.isEmpty()
                || Arrays.stream(weights.get().array())
                        .allMatch(row -> Arrays.stream(row).allMatch(v -> v > 0));
        mask = complete ? null : weights.get().array();
        allocation = new Allocation(x, Optional.ofNullable(mask));
    }

    /**
     * Moves the factors that have priors; null stands for a fixed factor.
     *
     * @param share of the counts and of the exposure that is looked at: below one the move leaves the posterior of a fresh
     *     sample of the counts invariant, which is a way to it for chains that begin anywhere
     */
    void move(RandomSource random, double[][] w, double[][] h, Shape[] priorsW, Shape[] priorsH, double share) {
        double[][] ofW = new double[w.length][w[0].length];
        double[][] ofH = new double[h.length][h[0].length];
        split(random, w, h, share, ofW, ofH);
        if (priorsW != null) {
            update(random, w, ofW, exposure(h, w[0].length, true), priorsW, share);
        }
        if (priorsH != null) {
            update(random, h, ofH, exposure(w, h[0].length, false), priorsH, share);
        }
    }

    /** Splits the counts, or a share of them, among the components; see {@link Allocation#draw}. */
    void split(RandomSource random, double[][] w, double[][] h, double share, double[][] ofW, double[][] ofH) {
        allocation.draw(random, share, w, h, ofW, ofH);
    }

    /** Draws a factor given its counts and the exposure. */
    static void update(
            RandomSource random, double[][] a, double[][] counts, double[][] exposure, Shape[] f, double share) {
        for (int k = 0; k < a.length; k++) {
            Shape prior = f[k];
            for (int p = 0; p < a[k].length; p++) {
                double shape = prior.a() + counts[k][p];
                double rate = prior.b() + share * exposure[k][p];
                // An entry that has counts is not zero.
                a[k][p] = counts[k][p] > 0
                        ? EntryDraw.next(random, EntryDraw.keep(a[k][p]), shape, rate, prior.q(), prior.t(), prior.nu())
                        : EntryDraw.next(random, a[k][p], prior, shape, rate, prior.q());
            }
        }
    }

    /** Sums of the other factor over the observed entries of each feature, or of each sample. */
    double[][] exposure(double[][] other, int n, boolean ofFeatures) {
        double[][] t = new double[other.length][n];
        for (int k = 0; k < other.length; k++) {
            if (mask == null) {
                double sum = 0;
                for (double v : other[k]) {
                    sum += v;
                }
                Arrays.fill(t[k], sum);
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
