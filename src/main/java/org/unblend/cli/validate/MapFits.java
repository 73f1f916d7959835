package org.unblend.cli.validate;

import java.util.Arrays;
import java.util.List;
import org.unblend.diagnose.Alignment;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.Solver;
import org.unblend.nmf.Solvers;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.start.ManyStarts;
import org.unblend.nmf.start.RandomStart;
import org.unblend.simulate.LineMaps;

/** Point fits of simulated maps, and how far profiles are from the truth. */
final class MapFits {
    private MapFits() {}

    /** Five low, two middle and three high lines, of warm, hot and dense gas; made up. */
    static final Dense PROFILES = Dense.of(new double[][] {
        {50, 30, 20},
        {60, 60, 45},
        {45, 70, 65},
        {20, 50, 60},
        {3, 25, 55},
        {6, 8, 18},
        {0.4, 4, 22},
        {8, 11, 20},
        {0.5, 3, 25},
        {3, 3, 14},
    });

    /** Fits without priors from random starts, of as many components as the maps have. */
    static List<PointFit> of(LineMaps maps, int starts, int seed, Parallel parallel) {
        Dense weights = Dense.zeros(maps.maps().rows(), maps.maps().columns());
        for (int i = 0; i < weights.rows(); i++) {
            Arrays.fill(weights.row(i), 1 / (maps.sd()[i] * maps.sd()[i]));
        }
        FactorProblem problem = FactorProblem.of(
                        maps.maps(), Loss.NORMAL, maps.w().columns(), Penalty.NONE, Penalty.NONE)
                .weighted(weights);
        Solver solver = Solvers.best(problem).orElseThrow();
        RandomStream random = RandomStream.of(seed).split("point");
        return ManyStarts.fit(
                        problem,
                        solver,
                        starts,
                        t -> RandomStart.of(problem, random.split(t)),
                        new StopRule(2000, 1e-8, 1e-5, 10),
                        parallel)
                .fits();
    }

    /** Mean absolute difference of profiles of unit mean, over the best matching. */
    static double error(Dense truth, Dense fitted) {
        Dense a = unitMean(truth);
        Dense b = unitMean(fitted);
        int[] match = Alignment.of(a, b).match();
        double sum = 0;
        for (int k = 0; k < match.length; k++) {
            for (int i = 0; i < a.rows(); i++) {
                sum += Math.abs(a.get(i, match[k]) - b.get(i, k));
            }
        }
        return sum / (a.rows() * a.columns());
    }

    private static Dense unitMean(Dense w) {
        Dense scaled = w.copy();
        for (int k = 0; k < w.columns(); k++) {
            double sum = 0;
            for (int i = 0; i < w.rows(); i++) {
                sum += w.get(i, k);
            }
            for (int i = 0; i < w.rows(); i++) {
                scaled.row(i)[k] = w.get(i, k) * w.rows() / sum;
            }
        }
        return scaled;
    }
}
