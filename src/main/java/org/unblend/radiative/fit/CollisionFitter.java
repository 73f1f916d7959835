package org.unblend.radiative.fit;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.unblend.radiative.CollisionFit;
import org.unblend.radiative.CollisionRates;

/**
 * Fits a {@link CollisionFit} to a table of rates by iteratively reweighted least squares of ln q, which approaches the
 * least sum of absolute errors: tables hold rounded digits and single bad entries. Deterministic.
 */
final class CollisionFitter {
    private static final int ROUNDS = 30;
    /** Residuals below this count alike: the tables have three digits. */
    private static final double ROUNDING = 2e-3;
    /** A transition from J counts with 1 / (FAINT + J): high levels hold few molecules. */
    private static final double FAINT = 5;
    /** Keeps coefficients that the data leave open near 0; relative to the mean of the diagonal. */
    private static final double RIDGE = 1e-9;
    /** Coefficients are kept to this; 200 of them rounded change a rate by less than 1e-4. */
    private static final double DIGITS = 1e5;

    private CollisionFitter() {}

    /**
     * @param rates a table whose levels are numbered by J
     * @param maxJ highest level to fit
     * @param temperatures temperatures to fit [K], ascending, within the table
     * @param emphasis rates count with this power: above 0 the fast transitions, on which the lines depend, are fitted better
     */
    static CollisionFit fit(CollisionRates rates, int maxJ, double[] temperatures, double emphasis) {
        double coldest = temperatures[0];
        double hottest = temperatures[temperatures.length - 1];
        int terms = CollisionFit.size();
        int rows = 0;
        double[][] design = new double[rates.size() * temperatures.length][];
        double[] target = new double[design.length];
        double[] importance = new double[design.length];
        for (double temperature : temperatures) {
            for (int t = 0; t < rates.size(); t++) {
                double q = rates.at(temperature, t);
                if (rates.upper(t) <= maxJ && q > 0) {
                    design[rows] = new double[terms];
                    CollisionFit.terms(
                            maxJ, coldest, hottest, rates.upper(t), rates.lower(t), temperature, design[rows]);
                    importance[rows] = Math.pow(q, emphasis) / (FAINT + rates.upper(t));
                    target[rows++] = Math.log(q);
                }
            }
        }
        double[] coefficients = reweighted(Arrays.copyOf(design, rows), target, importance);
        for (int i = 0; i < terms; i++) {
            coefficients[i] = Math.rint(coefficients[i] * DIGITS) / DIGITS;
        }
        return new CollisionFit(maxJ, coldest, hottest, coefficients);
    }

    private static double[] reweighted(double[][] design, double[] target, double[] importance) {
        double[] weight = importance.clone();
        double[] c = new double[0];
        for (int round = 0; round < ROUNDS; round++) {
            c = weighted(design, target, weight);
            for (int r = 0; r < design.length; r++) {
                double residual = target[r];
                for (int i = 0; i < c.length; i++) {
                    residual -= c[i] * design[r][i];
                }
                weight[r] = importance[r] / Math.max(ROUNDING, Math.abs(residual));
            }
        }
        return c;
    }

    /** Weighted least squares by the normal equations. */
    private static double[] weighted(double[][] design, double[] target, double[] weight) {
        int n = design[0].length;
        DMatrixRMaj a = new DMatrixRMaj(design.length, n);
        DMatrixRMaj b = new DMatrixRMaj(design.length, 1);
        for (int r = 0; r < design.length; r++) {
            double w = Math.sqrt(weight[r]);
            for (int i = 0; i < n; i++) {
                a.set(r, i, w * design[r][i]);
            }
            b.set(r, w * target[r]);
        }
        DMatrixRMaj normal = new DMatrixRMaj(n, n);
        DMatrixRMaj right = new DMatrixRMaj(n, 1);
        CommonOps_DDRM.multInner(a, normal);
        CommonOps_DDRM.multTransA(a, b, right);
        double ridge = RIDGE * CommonOps_DDRM.trace(normal) / n;
        for (int i = 0; i < n; i++) {
            normal.add(i, i, ridge);
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
        if (!solver.setA(normal)) {
            throw new ArithmeticException("the normal equations of " + n + " terms are singular");
        }
        DMatrixRMaj c = new DMatrixRMaj(n, 1);
        solver.solve(right, c);
        return c.data;
    }
}
