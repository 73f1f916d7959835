package org.unblend.nmf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;

/**
 * The first iterations on large dense Normal data run on their projection {@code Q^T Q X}, where the rows of Q span the
 * range of X times some rows (Halko, Martinsson and Tropp 2011, SIAM Review 53, 217; for NMF: Tepper and Sapiro 2016,
 * IEEE Trans. Signal Process. 64, 2269). One such iteration reads no data. What comes out is a start
 * only: the iterations that follow see all the data.
 *
 * <p>The rows are those of the H of the start and products of neighbours among them, so that permuted data give permuted
 * factors.
 */
final class CompressedStart {
    /** Directions beyond the rank. */
    private static final int SPARE = 10;
    /** The projection has to be that many times smaller than the data, or it does not pay. */
    private static final int SMALLER = 10;

    private static final int MOST_ITERATIONS = 40;
    /** Relative decrease of the objective of one iteration below which the projection has no more to tell. */
    private static final double SMALL_DECREASE = 1e-3;
    /** A start whose objective on the projection cannot be lowered by this share is kept. */
    private static final double GOOD = 0.05;

    private CompressedStart() {}

    /**
     * A better start, or the same one where the data are small, a component is fixed or the start is already good.
     *
     * @param x {@code [features x samples]}
     * @param transposed its transpose
     */
    static Factors of(FactorProblem problem, Dense x, Dense transposed, Factors start, Parallel parallel) {
        double[][] h = start.hByComponent();
        if (!pays(problem)) {
            return start;
        }
        double[][] q = orthonormal(product(transposed, x, directions(h, h.length + SPARE), parallel));
        if (q.length < h.length) {
            return start;
        }
        double[][] b = product(x, transposed, q, parallel);
        double square = 0;
        for (double[] row : b) {
            square += 0.5 * Rows.dot(row, row);
        }
        GramStep stepH = new GramStep(new LowRank(q, b), x.columns(), square, problem.h(), parallel);
        GramStep stepW = new GramStep(new LowRank(b, q), x.rows(), square, problem.w(), parallel);
        double before = stepH.loss(start.wByComponent(), h)
                + Optimality.penalty(problem.w(), start.wByComponent())
                + Optimality.penalty(problem.h(), h);
        Extrapolation run = new Extrapolation(problem, start, stepH, stepW, parallel);
        double last = Double.POSITIVE_INFINITY;
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            run.iterate(false);
            double now = run.objective();
            if (now < last && last - now < SMALL_DECREASE * Math.abs(now)) {
                break;
            }
            last = Math.min(last, now);
        }
        return run.objective() < (1 - GOOD) * before ? Factors.byComponent(run.w(), run.h()) : start;
    }

    /** False where the data are small or a component is fixed. */
    static boolean pays(FactorProblem problem) {
        int smaller = Math.min(problem.x().rows(), problem.x().columns());
        return smaller >= SMALLER * (problem.rank() + SPARE) && free(problem.w()) && free(problem.h());
    }

    private static boolean free(List<Component> components) {
        return components.stream().noneMatch(Component::fixed);
    }

    private static double[][] directions(double[][] h, int width) {
        double[][] out = Arrays.copyOf(h, width);
        for (int k = h.length; k < width; k++) {
            int apart = 1 + (k - h.length) / h.length;
            double[] a = h[(k - h.length) % h.length];
            double[] b = h[(k - h.length + apart) % h.length];
            out[k] = new double[a.length];
            Arrays.setAll(out[k], j -> a[j] * b[j]);
        }
        return out;
    }

    private static double[][] product(Dense x, Dense transposed, double[][] a, Parallel parallel) {
        double[][] out = new double[a.length][x.columns()];
        Products products = new Products(x, transposed);
        parallel.forRanges(x.columns(), Products.BLOCK, (from, to) -> products.multiply(a, null, out, from, to));
        return out;
    }

    /** Gram-Schmidt, twice; rows that depend on others are left out. */
    private static double[][] orthonormal(double[][] rows) {
        List<double[]> basis = new ArrayList<>();
        for (double[] row : rows) {
            double size = Math.sqrt(Rows.dot(row, row));
            double left = size;
            for (int pass = 0; pass < 2 && left > 1e-10 * size; pass++) {
                for (double[] q : basis) {
                    Rows.add(row, 0, row.length, -Rows.dot(q, row), q);
                }
                left = Math.sqrt(Rows.dot(row, row));
            }
            if (left > 1e-10 * size && Double.isFinite(1 / left)) {
                double factor = 1 / left;
                Arrays.setAll(row, i -> factor * row[i]);
                basis.add(row);
            }
        }
        return basis.toArray(double[][]::new);
    }
}
