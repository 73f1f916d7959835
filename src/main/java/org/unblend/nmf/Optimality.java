package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;

/**
 * How good a pair of factors is.
 *
 * <p>The KKT residual is the largest, over the free components of both factors, of {@code |x - x'| / max(|x|, |x'|)}
 * (Euclidean norms over the entries of the component), where {@code x' = max(0, x - g/c)} is the step of every entry
 * alone with gradient g and curvature c. It is zero exactly at points that satisfy the conditions of Karush, Kuhn and
 * Tucker, and the same after any rescaling of all data or of components; of single rows or columns it is not: large entries of
 * a component count more.
 *
 * @param objective the objective of {@link FactorProblem}
 * @param kkt the KKT residual
 */
public record Optimality(double objective, double kkt) {

    /** Of dense Normal data a loss below this share of {@code |X|^2 / 2} is summed from residuals, for its digits. */
    private static final double CANCELLED = 1e-4;

    private static final double HUGE = 1e300;

    /** Evaluates a pair of factors. */
    public static Optimality of(FactorProblem problem, Factors factors, Parallel parallel) {
        problem.check(factors);
        return of(problem, factors.wByComponent(), factors.hByComponent(), parallel);
    }

    /** Evaluates factors stored by component, {@code [r x features]} and {@code [r x samples]}. */
    static Optimality of(FactorProblem problem, double[][] w, double[][] h, Parallel parallel) {
        View data = new View(problem.x(), problem.weights(), problem.loss());
        View transposed = new View(
                problem.x().transpose(parallel), problem.weights().map(v -> v.transpose(parallel)), problem.loss());
        Side forW = side(data, transposed, h, w, parallel);
        Side forH = side(transposed, data, w, h, parallel);
        double penalties = penalty(problem.w(), w) + penalty(problem.h(), h);
        double kkt = Math.max(
                residual(problem.w(), w, forW.gradient, forW.curvature),
                residual(problem.h(), h, forH.gradient, forH.curvature));
        return new Optimality(forW.loss + penalties, kkt);
    }

    /** The penalties of all components of a factor. */
    static double penalty(List<Component> components, double[][] rows) {
        double sum = 0;
        for (int k = 0; k < rows.length; k++) {
            sum += components.get(k).penalty().of(rows[k]);
        }
        return sum;
    }

    private static double residual(
            List<Component> components, double[][] b, double[][] gradient, double[][] curvature) {
        double worst = 0;
        for (int k = 0; k < b.length; k++) {
            Component component = components.get(k);
            if (component.fixed()) {
                continue;
            }
            Movement movement = new Movement();
            Penalty penalty = component.penalty();
            for (int j = 0; j < b[k].length; j++) {
                double x = b[k][j];
                double g = gradient[k][j] + penalty.slope(x);
                double c = curvature[k][j] + penalty.l2() + penalty.logarithmicCurvature(x);
                movement.add(x, g == 0 ? x : Math.max(0, x - g / c));
            }
            worst = Math.max(worst, movement.relative());
        }
        return worst;
    }

    /** The data of a problem in one of its orientations. */
    private record View(Matrix x, Optional<Dense> weights, Loss loss) {}

    /** Gradient and curvature of the data term, {@code [r x rows]} each, by the factor that indexes the rows of x. */
    private record Side(double loss, double[][] gradient, double[][] curvature) {}

    private static Side side(View data, View transposed, double[][] a, double[][] b, Parallel parallel) {
        double beta = data.loss().beta();
        Side side;
        if (data.x() instanceof Sparse x && beta == 1) {
            side = sparsePoisson(x, a, b, parallel);
        } else if (beta == 2 && data.weights().isEmpty()) {
            side = byProducts(data.x(), transposed.x(), a, b, parallel);
            double square = 0.5 * GramStep.square(data.x(), parallel);
            if (data.x() instanceof Dense && !(side.loss > CANCELLED * square && square < HUGE)) {
                side = byColumns(transposed, a, b, parallel);
            }
        } else {
            side = byColumns(transposed, a, b, parallel);
        }
        double factor = data.loss().factor();
        for (int k = 0; factor != 1 && k < b.length; k++) {
            for (int i = 0; i < b[k].length; i++) {
                side.gradient[k][i] *= factor;
                side.curvature[k][i] *= factor;
            }
        }
        return new Side(factor * side.loss, side.gradient, side.curvature);
    }

    /** For the factor b that indexes the columns of x: four rows at a time, every loop along a block of columns. */
    private static Side byColumns(View data, double[][] a, double[][] b, Parallel parallel) {
        Matrix x = data.x();
        Loss loss = data.loss();
        int n = x.columns();
        int r = b.length;
        double[] losses = new double[(n + Products.BLOCK - 1) / Products.BLOCK];
        double[][] gradient = new double[r][n];
        double[][] curvature = new double[r][n];
        // The curvature of Normal data without weights is the same everywhere.
        boolean even = loss.beta() == 2 && data.weights().isEmpty();
        parallel.forRanges(n, Products.BLOCK, (from, to) -> {
            double[][] slope = new double[4][n];
            double[][] bend = new double[4][n];
            double[] mean = new double[n];
            double[] scratch = new double[n];
            double[] share = new double[r];
            double sum = 0;
            for (int i = 0; i < x.rows(); i += 4) {
                for (int g = 0; g < 4; g++) {
                    if (i + g >= x.rows()) {
                        Arrays.fill(slope[g], 0);
                        Arrays.fill(bend[g], 0);
                        continue;
                    }
                    for (int k = 0; k < r; k++) {
                        share[k] = a[k][i + g];
                    }
                    Arrays.fill(mean, from, to, 0);
                    Rows.combine(mean, from, to, share, b);
                    double[] values = row(x, i + g, scratch);
                    double[] v =
                            data.weights().isPresent() ? data.weights().get().row(i + g) : null;
                    for (int j = from; j < to; j++) {
                        double weight = v == null ? 1 : v[j];
                        slope[g][j] = 0;
                        bend[g][j] = 0;
                        if (weight > 0) {
                            sum += weight * loss.divergence(values[j], mean[j]);
                            slope[g][j] = weight * loss.slope(values[j], mean[j]);
                            bend[g][j] = weight * loss.curvature(values[j], mean[j]);
                        }
                    }
                }
                int i1 = Math.min(i + 1, x.rows() - 1);
                int i2 = Math.min(i + 2, x.rows() - 1);
                int i3 = Math.min(i + 3, x.rows() - 1);
                for (int k = 0; k < r; k++) {
                    double[] c = a[k];
                    add(gradient[k], from, to, c[i], c[i1], c[i2], c[i3], slope);
                    if (!even) {
                        add(curvature[k], from, to, c[i] * c[i], c[i1] * c[i1], c[i2] * c[i2], c[i3] * c[i3], bend);
                    }
                }
            }
            losses[from / Products.BLOCK] = sum;
        });
        for (int k = 0; even && k < r; k++) {
            Arrays.fill(curvature[k], Rows.dot(a[k], a[k]));
        }
        return new Side(Arrays.stream(losses).sum(), gradient, curvature);
    }

    private static void add(
            double[] out, int from, int to, double c0, double c1, double c2, double c3, double[][] rows) {
        Rows.add4(out, from, to, c0, rows[0], c1, rows[1], c2, rows[2], c3, rows[3]);
    }

    private static double[] row(Matrix x, int i, double[] scratch) {
        if (x instanceof Sparse s) {
            Arrays.fill(scratch, 0);
            for (int p = s.start()[i]; p < s.start()[i + 1]; p++) {
                scratch[s.column()[p]] = s.value()[p];
            }
            return scratch;
        }
        return x.dense().row(i);
    }

    /** By Gram products; the loss carries the rounding of {@code |X|^2}. */
    private static Side byProducts(Matrix x, Matrix transposed, double[][] a, double[][] b, Parallel parallel) {
        int r = b.length;
        int rows = x.rows();
        double[][] gram = Rows.gram(a, parallel);
        double[][] gradient = new double[r][rows];
        double[][] curvature = new double[r][rows];
        Products products = new Products(transposed, x);
        double[] packed = products.pack(a, parallel);
        parallel.forRanges(rows, Products.BLOCK, (from, to) -> products.multiply(a, packed, gradient, from, to));
        double loss = 0.5 * GramStep.square(x, parallel);
        for (int k = 0; k < r; k++) {
            double[] product = new double[rows];
            Rows.combine(product, 0, rows, gram[k], b);
            for (int i = 0; i < rows; i++) {
                loss += b[k][i] * (0.5 * product[i] - gradient[k][i]);
                gradient[k][i] = product[i] - gradient[k][i];
            }
            Arrays.fill(curvature[k], gram[k][k]);
        }
        return new Side(loss, gradient, curvature);
    }

    /** Only stored entries have a curvature; the others add the mean, which is linear. */
    private static Side sparsePoisson(Sparse x, double[][] a, double[][] b, Parallel parallel) {
        int r = b.length;
        int rows = x.rows();
        double[] total = new double[r];
        for (int k = 0; k < r; k++) {
            total[k] = Rows.sum(a[k], 0, a[k].length);
        }
        double[] losses = new double[rows];
        double[][] gradient = new double[r][rows];
        double[][] curvature = new double[r][rows];
        double[] packed = Products.byEntry(a, parallel);
        parallel.forRanges(rows, Products.BLOCK, (from, to) -> {
            for (int i = from; i < to; i++) {
                double sum = 0;
                for (int k = 0; k < r; k++) {
                    gradient[k][i] = total[k];
                    sum += total[k] * b[k][i];
                }
                for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                    double v = x.value()[p];
                    int q = x.column()[p] * r;
                    double mean = 0;
                    for (int k = 0; k < r; k++) {
                        mean += packed[q + k] * b[k][i];
                    }
                    sum += Loss.POISSON.divergence(v, mean) - mean;
                    for (int k = 0; v > 0 && k < r; k++) {
                        double u = packed[q + k] / mean;
                        gradient[k][i] -= v * u;
                        curvature[k][i] += v * u * u;
                    }
                }
                losses[i] = sum;
            }
        });
        return new Side(Arrays.stream(losses).sum(), gradient, curvature);
    }

    /** The relative size of a step of many entries. */
    static final class Movement {
        private double moved;
        private double before;
        private double after;

        void add(double from, double to) {
            moved += (to - from) * (to - from);
            before += from * from;
            after += to * to;
        }

        void add(Movement other) {
            moved += other.moved;
            before += other.before;
            after += other.after;
        }

        double relative() {
            return moved == 0 ? 0 : Math.sqrt(moved / Math.max(before, after));
        }
    }
}
