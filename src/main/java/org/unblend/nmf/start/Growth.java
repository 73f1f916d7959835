package org.unblend.nmf.start;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Solver;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.Watcher;

/**
 * Sequential growth: one component is fitted briefly, then a second is added and both are fitted, and so on, so that
 * components come roughly in the order of what they explain (Ren et al. 2018, ApJ 852, 104; Green and Bailey 2023,
 * arXiv:2311.04855, section III.B). A new column of W rises linearly along the features, its row of H is uniform random;
 * earlier components stay free.
 */
public final class Growth {
    /** Iterations for each number of components, as published. */
    public static final StopRule BRIEF = StopRule.iterations(50);

    private Growth() {}

    /**
     * The grown factors of a problem whose components are free, to be refined by a longer fit.
     *
     * @param problem the problem at its full rank
     * @param brief how long each number of components is fitted
     * @throws IllegalArgumentException if a component is fixed
     */
    public static Factors of(
            FactorProblem problem, Solver solver, StopRule brief, RandomStream random, Parallel parallel) {
        if (IntStream.range(0, problem.rank()).anyMatch(k -> held(problem, k))) {
            throw new IllegalArgumentException("growth needs the values of fixed components; give them");
        }
        return of(problem, null, solver, brief, random, parallel);
    }

    /**
     * The same where components may be fixed: these are there from the beginning, and free ones grow beside them.
     *
     * @param given values of what is fixed; what else it holds is not used
     */
    public static Factors of(
            FactorProblem problem,
            Factors given,
            Solver solver,
            StopRule brief,
            RandomStream random,
            Parallel parallel) {
        int[] order = IntStream.range(0, problem.rank())
                .boxed()
                .sorted(Comparator.comparing((Integer k) -> !held(problem, k)))
                .mapToInt(Integer::intValue)
                .toArray();
        int present = (int) Arrays.stream(order).filter(k -> held(problem, k)).count();
        Factors grown = null;
        for (int rank = Math.max(1, present); rank <= order.length; rank++) {
            int[] chosen = Arrays.copyOf(order, rank);
            FactorProblem part = new FactorProblem(
                    problem.x(),
                    problem.weights(),
                    problem.loss(),
                    Arrays.stream(chosen).mapToObj(problem.w()::get).toList(),
                    Arrays.stream(chosen).mapToObj(problem.h()::get).toList());
            Factors start = extended(part, grown, random.split(rank).generator());
            for (int c = 0; c < rank; c++) {
                hold(problem, given, chosen[c], start, c);
            }
            grown = solver.solve(part, start, brief, parallel, Watcher.NONE).factors();
        }
        Factors placed = new Factors(
                Dense.zeros(grown.w().rows(), order.length),
                Dense.zeros(order.length, grown.h().columns()));
        for (int c = 0; c < order.length; c++) {
            copyW(grown, c, placed, order[c]);
            copyH(grown, c, placed, order[c]);
        }
        return placed;
    }

    private static boolean held(FactorProblem problem, int k) {
        return problem.w().get(k).fixed() || problem.h().get(k).fixed();
    }

    /** Puts what is fixed of component k in place c. */
    private static void hold(FactorProblem problem, Factors given, int k, Factors into, int c) {
        if (problem.w().get(k).fixed()) {
            copyW(given, k, into, c);
        }
        if (problem.h().get(k).fixed()) {
            copyH(given, k, into, c);
        }
    }

    private static void copyW(Factors from, int k, Factors into, int c) {
        for (int i = 0; i < from.w().rows(); i++) {
            into.w().row(i)[c] = from.w().get(i, k);
        }
    }

    private static void copyH(Factors from, int k, Factors into, int c) {
        System.arraycopy(from.h().row(k), 0, into.h().row(c), 0, from.h().columns());
    }

    private static Factors extended(FactorProblem problem, Factors before, RandomSource random) {
        int rank = problem.rank();
        int known = before == null ? 0 : before.h().rows();
        double scale = Math.sqrt(Level.of(problem) / rank);
        int features = problem.x().rows();
        Factors start = new Factors(
                Dense.zeros(features, rank), Dense.zeros(rank, problem.x().columns()));
        for (int k = 0; k < known; k++) {
            copyW(before, k, start, k);
            copyH(before, k, start, k);
        }
        for (int k = known; k < rank; k++) {
            for (int i = 0; i < features; i++) {
                start.w().row(i)[k] = scale * (2 * i + 1) / features;
            }
            double[] h = start.h().row(k);
            for (int j = 0; j < h.length; j++) {
                h[j] = 2 * scale * random.nextOpen();
            }
        }
        return start;
    }
}
