package org.unblend.nmf.rank;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.Solver;
import org.unblend.nmf.Solvers;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.start.Nndsvd;
import org.unblend.nmf.start.RandomStart;
import org.unblend.nmf.start.StartRule;

/** Fits of parts of a problem, each in the calling thread. */
final class Fits {
    private Fits() {}

    /** The best fit from several starts, by the solver that is best for the problem. */
    static PointFit best(FactorProblem problem, int starts, IntFunction<Factors> start, StopRule stop) {
        PointFit best = null;
        for (int t = 0; t < starts; t++) {
            PointFit fit = solver(problem).solve(problem, start.apply(t), stop);
            best = best == null || fit.objective() < best.objective() ? fit : best;
        }
        return best;
    }

    /** The same from the starts that the settings ask for. */
    static PointFit best(FactorProblem problem, RankSettings settings, RandomStream random) {
        return best(problem, settings.starts(), t -> start(problem, t, settings.init(), random), settings.stop());
    }

    /** Start number {@code t}: by the rule; without one the first from singular vectors, the others random. */
    static Factors start(FactorProblem problem, int t, Optional<StartRule> rule, RandomStream random) {
        if (rule.isPresent()) {
            Factors none = new Factors(
                    Dense.zeros(problem.x().rows(), problem.rank()),
                    Dense.zeros(problem.rank(), problem.x().columns()));
            Factors start = rule.get().of(problem, none, solver(problem), random.split(t), Parallel.SERIAL);
            problem.check(start);
            return start;
        }
        return t == 0 ? Nndsvd.of(problem, Nndsvd.Zeros.RANDOM, random) : RandomStart.of(problem, random.split(t));
    }

    private static Solver solver(FactorProblem problem) {
        return Solvers.best(problem)
                .orElseThrow(
                        () -> new IllegalArgumentException("no solver minimises this problem; try simpler priors"));
    }

    /**
     * H for given W. Under Normal noise it may be negative: then noise-free data are predicted exactly whichever of many
     * equivalent non-negative factors was found, while a cone that is narrower than the truth would leave some out. The
     * means of other noise must be positive; the problem is convex, so that one start is enough.
     */
    static Dense project(FactorProblem problem, Dense w, StopRule stop, RandomStream random) {
        if (problem.loss().beta() == 2) {
            return LeastSquares.solve(problem, w);
        }
        FactorProblem fixed = new FactorProblem(
                problem.x(), problem.weights(), problem.loss(), Component.fixed(problem.rank()), problem.h());
        Factors start = new Factors(w, RandomStart.of(problem, random).h());
        return solver(fixed).solve(fixed, start, stop).factors().h();
    }

    /** The rows and columns of a problem that are named. */
    static FactorProblem part(FactorProblem problem, int[] rows, int[] columns) {
        return new FactorProblem(
                problem.x() instanceof Sparse s
                        ? part(s, rows, columns)
                        : part(problem.x().dense(), rows, columns),
                problem.weights().map(v -> part(v, rows, columns)),
                problem.loss(),
                problem.w(),
                problem.h());
    }

    /** The problem on the entries whose fold is another, with the others masked. */
    static FactorProblem without(FactorProblem problem, int[][] foldOf, int fold) {
        Dense v = Dense.zeros(problem.x().rows(), problem.x().columns());
        for (int i = 0; i < v.rows(); i++) {
            for (int j = 0; j < v.columns(); j++) {
                v.row(i)[j] = foldOf[i][j] == fold ? 0 : weight(problem, i, j);
            }
        }
        return new FactorProblem(problem.x(), Optional.of(v), problem.loss(), problem.w(), problem.h());
    }

    static double weight(FactorProblem problem, int i, int j) {
        return problem.weights().isPresent() ? problem.weights().get().get(i, j) : 1;
    }

    static Dense product(Factors factors) {
        Dense mean = Dense.zeros(factors.w().rows(), factors.h().columns());
        for (int i = 0; i < mean.rows(); i++) {
            Rows.combine(
                    mean.row(i),
                    0,
                    mean.columns(),
                    factors.w().row(i),
                    factors.h().array());
        }
        return mean;
    }

    /** The rank-free part of a problem, at another rank, if all its components share one prior. */
    static FactorProblem atRank(FactorProblem problem, int rank) {
        return new FactorProblem(
                problem.x(),
                problem.weights(),
                problem.loss(),
                List.copyOf(Collections.nCopies(rank, problem.w().get(0))),
                List.copyOf(Collections.nCopies(rank, problem.h().get(0))));
    }

    /** The named columns must ascend. */
    private static Sparse part(Sparse x, int[] rows, int[] columns) {
        int[] to = new int[x.columns()];
        Arrays.fill(to, -1);
        for (int j = 0; j < columns.length; j++) {
            to[columns[j]] = j;
        }
        int[] start = new int[rows.length + 1];
        int[] column = new int[x.value().length];
        double[] value = new double[x.value().length];
        int n = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int p = x.start()[rows[i]]; p < x.start()[rows[i] + 1]; p++) {
                if (to[x.column()[p]] >= 0) {
                    column[n] = to[x.column()[p]];
                    value[n++] = x.value()[p];
                }
            }
            start[i + 1] = n;
        }
        return new Sparse(columns.length, start, Arrays.copyOf(column, n), Arrays.copyOf(value, n));
    }

    private static Dense part(Dense x, int[] rows, int[] columns) {
        Dense out = Dense.zeros(rows.length, columns.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                out.row(i)[j] = x.get(rows[i], columns[j]);
            }
        }
        return out;
    }
}
