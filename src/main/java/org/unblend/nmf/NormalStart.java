package org.unblend.nmf;

import java.util.Arrays;
import java.util.Optional;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;

/**
 * A start for Poisson data from a short fit of Normal noise, whose iterations cost a fraction. The entries are divided by
 * the roots of the totals of their row and column, so that their variances are about equal; the factors are scaled back.
 * It is taken where its Poisson objective is lower than that of the given start.
 */
final class NormalStart {
    /** Iterations on sparse data. */
    private static final int ITERATIONS = 10;
    /** Entries of the start are at least this share of the mean of their component: counts need a mean above zero. */
    private static final double FLOOR = 1e-3;

    private NormalStart() {}

    /** A better start, or the same one where data are weighted, small or dense and narrow, or priors are not flat. */
    static Factors of(FactorProblem problem, Factors start, Parallel parallel) {
        Component free = new Component(Penalty.NONE, false);
        boolean plain = problem.loss().beta() == 1
                && problem.weights().isEmpty()
                && problem.w().stream().allMatch(free::equals)
                && problem.h().stream().allMatch(free::equals);
        if (!plain || !(problem.x() instanceof Sparse) && !CompressedStart.pays(problem)) {
            return start;
        }
        Matrix x = problem.x();
        double[] rows = roots(x);
        double[] columns = roots(x.transpose(parallel));
        Matrix even = divided(x, rows, columns);
        FactorProblem normal = new FactorProblem(even, Optional.empty(), Loss.NORMAL, problem.w(), problem.h());
        Factors first = Factors.byComponent(
                scaled(start.wByComponent(), rows, true), scaled(start.hByComponent(), columns, true));
        Factors fitted;
        if (even instanceof Dense dense) {
            fitted = CompressedStart.of(normal, dense, dense.transpose(parallel), first, parallel);
        } else {
            Run run = new Hals().begin(normal, first, parallel);
            for (int i = 0; i < ITERATIONS; i++) {
                run.iterate(false);
            }
            fitted = Factors.byComponent(run.w(), run.h());
        }
        double[][] w = lifted(scaled(fitted.wByComponent(), rows, false));
        double[][] h = lifted(scaled(fitted.hByComponent(), columns, false));
        // The total of the means is that of the counts at every optimum.
        double total = 0;
        for (int k = 0; k < w.length; k++) {
            total += Rows.sum(w[k], 0, w[k].length) * Rows.sum(h[k], 0, h[k].length);
        }
        double factor = Arrays.stream(rows).map(r -> r * r).sum() / total;
        if (!(factor > 0) || Double.isInfinite(factor)) {
            return start;
        }
        for (double[] row : w) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= factor;
            }
        }
        Factors candidate = Factors.byComponent(w, h);
        double now = Optimality.of(problem, candidate, parallel).objective();
        double given = Optimality.of(problem, start, parallel).objective();
        return now < given ? candidate : start;
    }

    /** Square roots of the totals of the rows. */
    private static double[] roots(Matrix x) {
        double[] out = new double[x.rows()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.sqrt(
                    x instanceof Sparse s
                            ? Rows.sum(s.value(), s.start()[i], s.start()[i + 1])
                            : Rows.sum(x.dense().row(i), 0, x.columns()));
        }
        return out;
    }

    private static Matrix divided(Matrix x, double[] rows, double[] columns) {
        if (x instanceof Sparse s) {
            double[] value = s.value().clone();
            for (int i = 0; i < rows.length; i++) {
                for (int p = s.start()[i]; p < s.start()[i + 1]; p++) {
                    value[p] = value[p] == 0 ? 0 : value[p] / rows[i] / columns[s.column()[p]];
                }
            }
            return new Sparse(s.columns(), s.start(), s.column(), value);
        }
        Dense out = x.dense().copy();
        for (int i = 0; i < rows.length; i++) {
            double[] row = out.row(i);
            for (int j = 0; j < row.length; j++) {
                row[j] = row[j] == 0 ? 0 : row[j] / rows[i] / columns[j];
            }
        }
        return out;
    }

    /** Entries over or times the roots; nothing counted, nothing scaled. */
    private static double[][] scaled(double[][] factor, double[] roots, boolean over) {
        double[][] out = Dense.copy(factor);
        for (double[] row : out) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= roots[i] == 0 ? 1 : over ? 1 / roots[i] : roots[i];
            }
        }
        return out;
    }

    private static double[][] lifted(double[][] factor) {
        for (double[] row : factor) {
            double least = FLOOR * Rows.sum(row, 0, row.length) / row.length;
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.max(least, row[i]);
            }
        }
        return factor;
    }
}
