package org.unblend.nmf.rank;

import org.unblend.math.Dense;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;
import org.unblend.math.TruncatedSvd;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;

/**
 * Distance of a mean from the observed data.
 *
 * @param error squared errors in units of the noise, 1 in expectation at the true mean if the noise is known: for Normal
 *     noise {@code sum V (x - mu)^2 / N}, for Gamma noise the same with {@code V factor / mu^2}; for counts
 *     {@code sum (x - mu)^2 / sum mu}, which entries of tiny mean cannot dominate
 * @param entries number of observed entries
 * @param residual {@code |X - mu| / |X|} over them; NaN where all are zero
 */
record Misfit(double error, double entries, double residual) {

    static Misfit of(FactorProblem problem, Dense mean) {
        Dense x = problem.x().dense();
        double errors = 0;
        double noise = 0;
        double entries = 0;
        double squares = 0;
        double size = 0;
        double beta = problem.loss().beta();
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double v = Fits.weight(problem, i, j);
                if (v > 0) {
                    double off = x.get(i, j) - mean.get(i, j);
                    double variance = beta == 2
                            ? 1
                            : Math.pow(mean.get(i, j), 2 - beta)
                                    / problem.loss().factor();
                    errors += beta == 1 ? v * off * off : off == 0 ? 0 : v * off * off / variance;
                    noise += beta == 1 ? v * variance : 1;
                    entries++;
                    squares += off * off;
                    size += x.get(i, j) * x.get(i, j);
                }
            }
        }
        return new Misfit(errors / noise, entries, Math.sqrt(squares / size));
    }

    /** The same of sparse counts without weights, whose zeros enter by sums alone. */
    static Misfit of(Sparse x, Factors factors) {
        double[][] w = factors.w().transpose().array();
        double[][] h = factors.h().array();
        double squares = 0;
        double noise = 0;
        for (int k = 0; k < h.length; k++) {
            noise += Rows.sum(w[k], 0, w[k].length) * Rows.sum(h[k], 0, h[k].length);
            for (int l = 0; l < h.length; l++) {
                squares += Rows.dot(w[k], w[l]) * Rows.dot(h[k], h[l]);
            }
        }
        double size = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                double mean = 0;
                for (int k = 0; k < h.length; k++) {
                    mean += w[k][i] * h[k][x.column()[p]];
                }
                squares += x.value()[p] * (x.value()[p] - 2 * mean);
                size += x.value()[p] * x.value()[p];
            }
        }
        return new Misfit(squares / noise, (double) x.rows() * x.columns(), Math.sqrt(Math.max(0, squares) / size));
    }

    /** {@code |X - X_r| / |X|} of complete data for the ranks 1 to {@code most}, from the singular values alone. */
    static double[] truncated(Sparse x, TruncatedSvd svd, int most) {
        double size = Rows.dot(x.value(), x.value());
        double[] residual = new double[most];
        double left = size;
        for (int k = 0; k < most; k++) {
            left -= k < svd.s().length ? svd.s()[k] * svd.s()[k] : 0;
            residual[k] = Math.sqrt(Math.max(0, left) / size);
        }
        return residual;
    }

    /** The residual over the observed entries of the leading triplets, for 1 to {@code most} of them. */
    static double[] truncated(FactorProblem problem, TruncatedSvd svd, int most) {
        Dense x = problem.x().dense();
        Dense mean = Dense.zeros(x.rows(), x.columns());
        double[] residual = new double[most];
        for (int k = 0; k < most; k++) {
            for (int i = 0; k < svd.s().length && i < x.rows(); i++) {
                Rows.add(mean.row(i), 0, x.columns(), svd.s()[k] * svd.u()[k][i], svd.v()[k]);
            }
            double squares = 0;
            double size = 0;
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < x.columns(); j++) {
                    if (Fits.weight(problem, i, j) > 0) {
                        double off = x.get(i, j) - mean.get(i, j);
                        squares += off * off;
                        size += x.get(i, j) * x.get(i, j);
                    }
                }
            }
            residual[k] = Math.sqrt(squares / size);
        }
        return residual;
    }
}
