package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.RandomSource;
import org.unblend.math.Rows;

/**
 * Gibbs draws under Normal noise with any weights, missing entries included: one component after the other from the residuals
 * (Schmidt, Winther and Hansen 2009, ICA, section 3, with weights).
 */
final class ResidualMove implements HalfMove {
    private final Orientation data;

    ResidualMove(Orientation data) {
        this.data = data;
    }

    @Override
    public void move(
            RandomSource random,
            double[][] a,
            double[][] b,
            double[] ofColumns,
            double[] ofRows,
            Shape[] priors,
            double beta) {
        int n = data.columns();
        double[][] residual = new double[data.rows()][];
        double[] minus = new double[a.length];
        for (int q = 0; q < residual.length; q++) {
            residual[q] = data.x()[q].clone();
            for (int k = 0; k < a.length; k++) {
                minus[k] = -b[k][q];
            }
            Rows.combine(residual[q], 0, n, minus, a);
        }
        double[] precision = new double[n];
        double[] pull = new double[n];
        double[] step = new double[n];
        for (int k = 0; k < a.length; k++) {
            Arrays.fill(precision, 0);
            Arrays.fill(pull, 0);
            for (int q = 0; q < residual.length; q++) {
                double c = b[k][q] * ofRows[q];
                double c2 = c * b[k][q];
                double[] v = data.v()[q];
                double[] e = residual[q];
                for (int p = 0; p < n; p++) {
                    precision[p] = Math.fma(c2, v[p], precision[p]);
                    pull[p] = Math.fma(c * v[p], e[p], pull[p]);
                }
            }
            Shape f = priors[k];
            for (int p = 0; p < n; p++) {
                double s = beta * ofColumns[p];
                double old = a[k][p];
                double linear = s * Math.fma(precision[p], old, pull[p]);
                a[k][p] = EntryDraw.next(random, old, f, f.a(), f.b() - linear, f.q() + s * precision[p]);
                step[p] = a[k][p] - old;
            }
            for (int q = 0; q < residual.length; q++) {
                Rows.add(residual[q], 0, n, -b[k][q], step);
            }
        }
    }
}
