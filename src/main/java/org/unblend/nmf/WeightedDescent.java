package org.unblend.nmf;

import java.util.Optional;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;

/**
 * Exact weighted coordinate descent for Normal data with inverse variances, missing or negative entries: several sweeps
 * per pass over packed tiles ({@link WeightedStep}; above rank {@value #GRAM_RANK} {@link ResidualStep}) and
 * {@link Extrapolation}. The objective of successive looks never increases.
 */
public final class WeightedDescent extends Descent {
    /** Up to this rank the Gram form is faster than the residual form. */
    static final int GRAM_RANK = 12;

    @Override
    public String name() {
        return "weighted-cd";
    }

    @Override
    public Optional<String> refusal(FactorProblem problem) {
        return problem.loss().beta() != 2
                ? Optional.of("it needs Normal noise, not " + problem.loss().noise())
                : Optional.empty();
    }

    @Override
    Run begin(FactorProblem problem, Factors start, Parallel parallel) {
        double[][] x = problem.x().dense().array();
        double[][] v = problem.weights().map(Dense::array).orElseGet(() -> ones(x));
        double halfSquare = 0;
        for (int i = 0; i < x.length; i++) {
            double sum = 0;
            for (int j = 0; j < x[i].length; j++) {
                sum += v[i][j] * x[i][j] * x[i][j];
            }
            halfSquare += 0.5 * sum;
        }
        Ordering order = Ordering.of(v);
        boolean gram = problem.rank() <= GRAM_RANK;
        int width = gram ? WeightedStep.BLOCK : ResidualStep.BLOCK;
        Tiles forH = Tiles.pack(x, v, order.rows(), order.columns(), width);
        Tiles forW = Tiles.pack(
                Dense.of(x).transpose().array(), Dense.of(v).transpose().array(), order.columns(), order.rows(), width);
        HalfStep stepH = gram
                ? new WeightedStep(forH, problem.h(), halfSquare, parallel)
                : new ResidualStep(forH, problem.h(), halfSquare, parallel);
        HalfStep stepW = gram
                ? new WeightedStep(forW, problem.w(), halfSquare, parallel)
                : new ResidualStep(forW, problem.w(), halfSquare, parallel);
        Factors sorted = Factors.byComponent(
                Ordering.apply(start.wByComponent(), order.rows()),
                Ordering.apply(start.hByComponent(), order.columns()));
        return new Unsorted(new Extrapolation(problem, sorted, stepH, stepW), order);
    }

    private static double[][] ones(double[][] x) {
        double[][] v = new double[x.length][x[0].length];
        for (double[] row : v) {
            java.util.Arrays.fill(row, 1);
        }
        return v;
    }

    /** A run on sorted rows and columns, seen in the given order. */
    private record Unsorted(Run run, Ordering order) implements Run {
        @Override
        public void iterate(boolean look) {
            run.iterate(look);
        }

        @Override
        public double objective() {
            return run.objective();
        }

        @Override
        public double kkt() {
            return run.kkt();
        }

        @Override
        public double[][] w() {
            return Ordering.undo(run.w(), order.rows());
        }

        @Override
        public double[][] h() {
            return Ordering.undo(run.h(), order.columns());
        }
    }
}
