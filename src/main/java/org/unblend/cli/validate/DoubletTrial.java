package org.unblend.cli.validate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.unblend.math.Dense;
import org.unblend.math.RandomStream;
import org.unblend.math.Rows;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Moment;
import org.unblend.nmf.Multiplicative;
import org.unblend.nmf.NegativeData;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.Solver;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.WeightedDescent;
import org.unblend.nmf.prepare.Preparation;
import org.unblend.nmf.start.RandomStart;
import org.unblend.simulate.GaussianDoublet;

/**
 * One simulation of a doublet on empty sky, fitted by several methods from the same start.
 *
 * @param doublet the simulation
 * @param fits by method, all with the same number of iterations; {@value #CLIPPED} is fitted to clipped data
 */
record DoubletTrial(GaussianDoublet doublet, Map<String, PointFit> fits) {
    static final String CLIPPED = "clipped";

    /** Flux below which a pixel counts as empty, and above which as a line. */
    private static final double EMPTY = 1e-3;

    private static final double BRIGHT = 10;

    /** How near the lowest chi2 counts as there. */
    private static final double NEAR = 1.01;

    static DoubletTrial of(int pixels, int exposures, int iterations, RandomStream random) {
        GaussianDoublet doublet = GaussianDoublet.simulate(pixels, exposures, random.split("data"));
        FactorProblem problem = problem(doublet.flux(), doublet.weights());
        Dense positive = new Preparation(true, false, false)
                .apply(doublet.flux(), Optional.of(doublet.weights()), Loss.NORMAL)
                .x();
        double shift = -Arrays.stream(doublet.flux().array())
                .flatMapToDouble(Arrays::stream)
                .min()
                .orElseThrow();
        Factors start = RandomStart.of(problem, random.split("start"));
        // Looks after each iteration, and all iterations.
        StopRule stop = new StopRule(iterations, 0, 0, 1);
        Map<String, PointFit> fits = new LinkedHashMap<>();
        fits.put(CLIPPED, new Multiplicative().solve(problem(positive, doublet.weights()), start, stop));
        Map<String, Solver> solvers = new LinkedHashMap<>();
        solvers.put("nearly", NegativeData.nearly());
        solvers.put("shift", NegativeData.shift());
        solvers.put("shift x2", NegativeData.shift(2 * shift));
        solvers.put("shift x5", NegativeData.shift(5 * shift));
        solvers.put("weighted-cd", new WeightedDescent());
        solvers.forEach((name, solver) -> fits.put(name, solver.solve(problem, start, stop)));
        return new DoubletTrial(doublet, fits);
    }

    private static FactorProblem problem(Dense x, Dense weights) {
        return FactorProblem.of(x, Loss.NORMAL, 2, Penalty.NONE, Penalty.NONE).weighted(weights);
    }

    /** The fitted mean. */
    Dense mean(String method) {
        Factors factors = fits.get(method).factors();
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

    /** The fraction of negative data. */
    double negative() {
        return Arrays.stream(doublet.flux().array())
                .flatMapToDouble(Arrays::stream)
                .map(v -> v < 0 ? 1 : 0)
                .average()
                .orElseThrow();
    }

    /** chi2 of the truth per entry. */
    double chi2OfTruth() {
        return chi2(doublet.truth())
                / ((double) doublet.flux().rows() * doublet.flux().columns());
    }

    /** chi2 of a fit per degree of freedom, on the data as they are. */
    double chi2(String method) {
        double rows = doublet.flux().rows();
        double columns = doublet.flux().columns();
        return chi2(mean(method)) / (rows * columns - 2 * (rows + columns - 2));
    }

    private double chi2(Dense mean) {
        double sum = 0;
        for (int i = 0; i < mean.rows(); i++) {
            for (int j = 0; j < mean.columns(); j++) {
                double off = doublet.flux().get(i, j) - mean.get(i, j);
                sum += doublet.weights().get(i, j) * off * off;
            }
        }
        return sum;
    }

    /** Mean of reconstruction minus truth in empty pixels, photons. */
    double offset(String method) {
        Dense truth = doublet.truth();
        Dense mean = mean(method);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < mean.rows(); i++) {
            for (int j = 0; j < mean.columns(); j++) {
                if (truth.get(i, j) < EMPTY) {
                    sum += mean.get(i, j) - truth.get(i, j);
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** Relative error of the total flux in the lines. */
    double lines(String method) {
        Dense truth = doublet.truth();
        Dense mean = mean(method);
        double fitted = 0;
        double wanted = 0;
        for (int i = 0; i < mean.rows(); i++) {
            for (int j = 0; j < mean.columns(); j++) {
                if (truth.get(i, j) > BRIGHT) {
                    fitted += mean.get(i, j);
                    wanted += truth.get(i, j);
                }
            }
        }
        return fitted / wanted - 1;
    }

    /** Iterations until chi2 is near the lowest one of the methods that see negative data; NaN if it never is. */
    double iterations(String method) {
        double lowest = fits.entrySet().stream()
                .filter(e -> !e.getKey().equals(CLIPPED))
                .mapToDouble(e -> e.getValue().objective())
                .min()
                .orElseThrow();
        return fits.get(method).trace().stream()
                .filter(m -> m.objective() <= NEAR * lowest)
                .mapToDouble(Moment::iteration)
                .min()
                .orElse(Double.NaN);
    }
}
