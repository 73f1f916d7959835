package org.unblend.nmf.rank;

import org.unblend.math.Dense;
import org.unblend.math.Rows;
import org.unblend.math.TruncatedSvd;
import org.unblend.nmf.FactorProblem;

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
