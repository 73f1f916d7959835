package org.unblend.nmf.rank;

import org.unblend.math.BinomialDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Sparse;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Loss;

/**
 * Cross-validation of counts by thinning (Batson, Royer and Webber 2019, bioRxiv 786269; Neufeld et al. 2024, J. Mach.
 * Learn. Res. 25): every single count falls into one of K folds. If X is Poisson with mean mu, the counts of a fold are
 * Poisson with mean mu / K and independent of all others, which are Poisson with mean (1 - 1/K) mu. So a fit to the
 * others predicts the fold by its own mean over K - 1. No entry is masked, so zeros need not be stored.
 */
final class Thinning {
    /**
     * The share of the independence model, row sum x column sum / sum, in a prediction, as in {@link Prediction}: a mean of
     * exactly zero would be infinitely wrong about any count.
     */
    private static final double BROAD = 0.01;

    private Thinning() {}

    /**
     * The counts of one fold, aligned with the stored entries of the matrix. The same stream gives every fold of one
     * division.
     */
    static int[] fold(Sparse x, int folds, int fold, RandomStream division) {
        int[] counts = new int[x.value().length];
        for (int i = 0; i < x.rows(); i++) {
            RandomSource random = division.split(i).generator();
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                int left = Math.toIntExact((long) x.value()[p]);
                for (int f = 0; f < folds; f++) {
                    int k = f == folds - 1 ? left : BinomialDraw.next(random, left, 1.0 / (folds - f));
                    left -= k;
                    counts[p] = f == fold ? k : counts[p];
                }
            }
        }
        return counts;
    }

    /** Deviance of the counts of one fold, by sample; each entry is counted once, with its first fold. */
    static Held held(
            FactorProblem problem, int fold, RandomStream division, RankSettings settings, RandomStream random) {
        Sparse x = (Sparse) problem.x();
        int[] out = fold(x, settings.folds(), fold, division);
        double[] kept = new double[out.length];
        for (int p = 0; p < kept.length; p++) {
            kept[p] = x.value()[p] - out[p];
        }
        Sparse training = new Sparse(x.columns(), x.start(), x.column(), kept).withoutZeros();
        Factors fit = Fits.best(
                        new FactorProblem(training, problem.weights(), problem.loss(), problem.w(), problem.h()),
                        settings,
                        random)
                .factors();
        return deviance(x, out, kept, fit, 1.0 / (settings.folds() - 1), fold == 0 ? x.rows() : 0);
    }

    /** {@code 2 (x log(x / m) - x + m)} summed over each column: zeros enter by the sums of the means alone. */
    private static Held deviance(Sparse x, int[] out, double[] kept, Factors fit, double ratio, int counted) {
        int n = x.columns();
        double[] ofRow = new double[x.rows()];
        double[] ofColumn = new double[n];
        double total = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                ofRow[i] += kept[p];
                ofColumn[x.column()[p]] += kept[p];
                total += kept[p];
            }
        }
        // Half a count spread over all entries, for rows and columns without any.
        double least = 0.5 / ((double) x.rows() * n);
        int rank = fit.h().rows();
        double[] sums = new double[rank];
        for (double[] row : fit.w().array()) {
            for (int k = 0; k < rank; k++) {
                sums[k] += row[k];
            }
        }
        Held held = Held.none(n);
        for (int j = 0; j < n; j++) {
            double mean = 0;
            for (int k = 0; k < rank; k++) {
                mean += sums[k] * fit.h().get(k, j);
            }
            double broad = ofColumn[j] + x.rows() * least;
            held.sum()[j] = 2 * ratio * ((1 - BROAD) * mean + BROAD * broad);
            held.count()[j] = counted;
        }
        for (int i = 0; i < x.rows(); i++) {
            double[] w = fit.w().row(i);
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                int j = x.column()[p];
                double mean = 0;
                for (int k = 0; k < rank; k++) {
                    mean += w[k] * fit.h().get(k, j);
                }
                double broad = (total > 0 ? ofRow[i] * ofColumn[j] / total : 0) + least;
                double predicted = ratio * ((1 - BROAD) * mean + BROAD * broad);
                // The mean itself is among the sums already.
                held.sum()[j] += 2 * (Loss.POISSON.divergence(out[p], predicted) - predicted);
            }
        }
        return held;
    }
}
