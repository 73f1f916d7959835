package org.unblend.nmf.start;

import java.util.List;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nmf.Component;
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
     * The grown factors, to be refined by a longer fit.
     *
     * @param problem the problem at its full rank, with free components
     * @param brief how long each number of components is fitted
     * @throws IllegalArgumentException if a component is fixed: it has no value to grow from
     */
    public static Factors of(
            FactorProblem problem, Solver solver, StopRule brief, RandomStream random, Parallel parallel) {
        if (problem.w().stream().anyMatch(Component::fixed)
                || problem.h().stream().anyMatch(Component::fixed)) {
            throw new IllegalArgumentException("growth needs free components; give a start for fixed ones");
        }
        Factors grown = null;
        for (int rank = 1; rank <= problem.rank(); rank++) {
            List<Component> w = problem.w().subList(0, rank);
            List<Component> h = problem.h().subList(0, rank);
            FactorProblem part = new FactorProblem(problem.x(), problem.weights(), problem.loss(), w, h);
            Factors start = extended(part, grown, random.split(rank).generator());
            grown = solver.solve(part, start, brief, parallel, Watcher.NONE).factors();
        }
        return grown;
    }

    private static Factors extended(FactorProblem problem, Factors before, RandomSource random) {
        int rank = problem.rank();
        double scale = Math.sqrt(Level.of(problem) / rank);
        int features = problem.x().rows();
        Dense w = Dense.zeros(features, rank);
        for (int i = 0; i < features; i++) {
            for (int k = 0; k < rank - 1; k++) {
                w.row(i)[k] = before.w().get(i, k);
            }
            w.row(i)[rank - 1] = scale * (2 * i + 1) / features;
        }
        Dense h = Dense.zeros(rank, problem.x().columns());
        for (int k = 0; k < rank - 1; k++) {
            System.arraycopy(before.h().row(k), 0, h.row(k), 0, h.columns());
        }
        for (int j = 0; j < h.columns(); j++) {
            h.row(rank - 1)[j] = 2 * scale * random.nextOpen();
        }
        return new Factors(w, h);
    }
}
