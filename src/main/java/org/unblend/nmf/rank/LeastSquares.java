package org.unblend.nmf.rank;

import org.unblend.math.Cholesky;
import org.unblend.math.Dense;
import org.unblend.nmf.FactorProblem;

/** Weighted least squares without a sign, {@code min sum_ij V_ij (x_ij - (W H)_ij)^2} over H. */
final class LeastSquares {
    private LeastSquares() {}

    /**
     * H, {@code [components x samples]}; where the weights of a sample leave it undetermined, one of the solutions.
     *
     * @param w {@code [features x components]}
     */
    static Dense solve(FactorProblem problem, Dense w) {
        int r = w.columns();
        Dense x = problem.x().dense();
        Dense h = Dense.zeros(r, x.columns());
        for (int j = 0; j < x.columns(); j++) {
            double[] gram = new double[r * r];
            double[] right = new double[r];
            for (int i = 0; i < x.rows(); i++) {
                double v = Fits.weight(problem, i, j);
                for (int k = 0; k < r && v > 0; k++) {
                    right[k] += v * w.get(i, k) * x.get(i, j);
                    for (int l = 0; l <= k; l++) {
                        gram[k * r + l] += v * w.get(i, k) * w.get(i, l);
                        gram[l * r + k] = gram[k * r + l];
                    }
                }
            }
            double[] inverse = Cholesky.invert(Cholesky.factor(gram, r), r);
            double[] half = new double[r];
            for (int k = 0; k < r; k++) {
                for (int l = 0; l <= k; l++) {
                    half[k] += inverse[k * r + l] * right[l];
                }
            }
            for (int k = 0; k < r; k++) {
                for (int l = k; l < r; l++) {
                    h.row(k)[j] += inverse[l * r + k] * half[l];
                }
            }
        }
        return h;
    }
}
