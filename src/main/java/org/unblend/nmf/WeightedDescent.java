package org.unblend.nmf;

import java.util.Arrays;
import java.util.Optional;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;

/**
 * Exact weighted coordinate descent for Normal data with inverse variances, missing or negative entries: several sweeps
 * per pass over packed tiles ({@link WeightedStep}; above rank {@value #GRAM_RANK} {@link ResidualStep}) and
 * {@link Extrapolation}. The objective of successive looks never increases.
 */
public final class WeightedDescent extends Descent {
    /** Up to this rank the Gram form is faster than the residual form. */
    static final int GRAM_RANK = 12;

    private final int gramRank;

    public WeightedDescent() {
        this(GRAM_RANK);
    }

    /** @param gramRank highest rank for which the Gram form is taken; 0 for the residual form always */
    public WeightedDescent(int gramRank) {
        this.gramRank = gramRank;
    }

    @Override
    public String name() {
        return "weighted-cd";
    }

    @Override
    public boolean fills(FactorProblem problem) {
        return problem.x() instanceof Sparse;
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
        double[] halves = new double[x.length];
        parallel.forRanges(x.length, Rows.grain(x[0].length), (from, to) -> {
            for (int i = from; i < to; i++) {
                double sum = 0;
                for (int j = 0; j < x[i].length; j++) {
                    sum += v[i][j] * x[i][j] * x[i][j];
                }
                halves[i] = 0.5 * sum;
            }
        });
        double halfSquare = 0;
        for (double half : halves) {
            halfSquare += half;
        }
        double constant = halfSquare;
        return problem.rank() <= gramRank
                ? Unsorted.begin(
                        problem,
                        start,
                        x,
                        v,
                        WeightedStep.BLOCK,
                        (tiles, components) -> new WeightedStep(tiles, components, constant, parallel),
                        parallel)
                : Unsorted.begin(
                        problem,
                        start,
                        x,
                        v,
                        ResidualStep.BLOCK,
                        (tiles, components) -> new ResidualStep(tiles, components, constant, parallel),
                        parallel);
    }

    static double[][] ones(double[][] x) {
        double[][] v = new double[x.length][x[0].length];
        for (double[] row : v) {
            Arrays.fill(row, 1);
        }
        return v;
    }
}
