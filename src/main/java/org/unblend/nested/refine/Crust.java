package org.unblend.nested.refine;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.unblend.math.Cholesky;

/**
 * The ellipsoid on which points lie that fill a thin crust. Moments know a centre and axes to {@code 1/sqrt(points)} of the radius;
 * that is more than a crust is thick. The quadric {@code y^T A y + b^T y = 1} with the least squares
 * {@code sum w (y^T A y + b^T y - 1)^2} knows them to that part of its thickness. Arrays are owned by the record and not modified.
 *
 * @param mean centre, {@code [d]}
 * @param factor lower Cholesky factor of the matrix that a covariance of points all over the ellipsoid would be, {@code [d x d]}
 */
record Crust(double[] mean, double[] factor) {
    /** Scatter of the distances from the centre, relative to that of a normal density, above which there is no crust. A ball has 0.6 in four dimensions. */
    private static final double THIN = 0.5;

    /** Effective points per coefficient of the quadric. */
    private static final double POINTS_PER_COEFFICIENT = 3;

    /**
     * Looks for a crust.
     *
     * @param z {@code [points x d]}
     * @param weight non-negative
     * @param mean centre by moments
     * @param factor lower Cholesky factor of their covariance
     * @return empty if the points fill no crust, are too few, or lie closer to the ellipsoid of the moments
     */
    static Optional<Crust> of(double[] z, double[] weight, double[] mean, double[] factor) {
        int d = mean.length;
        int coefficients = d * (d + 1) / 2 + d;
        double sum = 0;
        double squares = 0;
        for (double w : weight) {
            sum += w;
            squares += w * w;
        }
        double effective = sum * sum / squares;
        if (!(effective >= POINTS_PER_COEFFICIENT * coefficients)) {
            return Optional.empty();
        }
        double before = scatter(z, weight, mean, factor);
        if (!(before < THIN / Math.sqrt(2.0 * d))) {
            return Optional.empty();
        }
        // Generalised cross-validation: a quadric with so many coefficients would be nearer to any points.
        double allowed = before * (1 - coefficients / effective);
        return quadric(z, weight, mean, factor).filter(c -> scatter(z, weight, c.mean, c.factor) < allowed);
    }

    private static Optional<Crust> quadric(double[] z, double[] weight, double[] mean, double[] factor) {
        int d = mean.length;
        int coefficients = d * (d + 1) / 2 + d;
        DMatrixRMaj normal = new DMatrixRMaj(coefficients, coefficients);
        DMatrixRMaj right = new DMatrixRMaj(coefficients, 1);
        double[] inverse = Cholesky.invert(factor, d);
        double[] y = new double[d];
        double[] feature = new double[coefficients];
        for (int i = 0; i < weight.length; i++) {
            if (weight[i] > 0) {
                EllipticMixture.whiten(d, inverse, z, i * d, mean, y);
                int at = 0;
                for (int a = 0; a < d; a++) {
                    for (int b = 0; b <= a; b++) {
                        feature[at++] = y[a] * y[b];
                    }
                }
                System.arraycopy(y, 0, feature, at, d);
                accumulate(normal.data, right.data, feature, weight[i]);
            }
        }
        for (int a = 0; a < coefficients; a++) {
            for (int b = 0; b < a; b++) {
                normal.data[b * coefficients + a] = normal.data[a * coefficients + b];
            }
        }
        DMatrixRMaj solution = new DMatrixRMaj(coefficients, 1);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(coefficients);
        if (!solver.setA(normal)) {
            return Optional.empty();
        }
        solver.solve(right, solution);
        return ellipsoid(solution.data, mean, factor);
    }

    private static void accumulate(double[] normal, double[] right, double[] feature, double weight) {
        int n = feature.length;
        for (int a = 0; a < n; a++) {
            double scaled = weight * feature[a];
            right[a] += scaled;
            int row = a * n;
            for (int b = 0; b <= a; b++) {
                normal[row + b] += scaled * feature[b];
            }
        }
    }

    /** Centre and axes of {@code y^T A y + b^T y = 1} in the coordinates of z; empty if that is no ellipsoid. */
    private static Optional<Crust> ellipsoid(double[] coefficient, double[] mean, double[] factor) {
        int d = mean.length;
        DMatrixRMaj a = new DMatrixRMaj(d, d);
        DMatrixRMaj b = new DMatrixRMaj(d, 1);
        int at = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double half = coefficient[at++] / (i == j ? 1 : 2);
                a.set(i, j, half);
                a.set(j, i, half);
            }
        }
        System.arraycopy(coefficient, at, b.data, 0, d);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(d);
        if (!solver.setA(a.copy())) {
            return Optional.empty();
        }
        DMatrixRMaj c = new DMatrixRMaj(d, 1);
        solver.solve(b, c);
        DMatrixRMaj matrix = new DMatrixRMaj(d, d);
        solver.invert(matrix);
        double level = 1;
        for (int i = 0; i < d; i++) {
            c.data[i] *= -0.5;
            level -= 0.5 * b.data[i] * c.data[i];
        }
        double[] covariance = new double[d * d];
        for (int i = 0; i < d * d; i++) {
            covariance[i] = matrix.data[i] * level / d;
        }
        double[] round = Cholesky.factor(covariance, d);
        double[] centre = mean.clone();
        double[] axes = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                centre[i] += factor[i * d + j] * c.data[j];
                for (int k = 0; k <= j; k++) {
                    axes[i * d + k] += factor[i * d + j] * round[j * d + k];
                }
            }
        }
        return Optional.of(new Crust(centre, axes));
    }

    /** Standard deviation of the distances from the centre, in units of their mean. */
    private static double scatter(double[] z, double[] weight, double[] mean, double[] factor) {
        int d = mean.length;
        double[] inverse = Cholesky.invert(factor, d);
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < weight.length; i++) {
            if (weight[i] > 0) {
                double distance2 = EllipticMixture.distance2(d, inverse, z, i * d, mean, 0);
                sum += weight[i];
                first += weight[i] * Math.sqrt(distance2);
                second += weight[i] * distance2;
            }
        }
        return Math.sqrt(Math.max(0, second * sum / (first * first) - 1));
    }
}
