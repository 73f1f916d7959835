package org.unblend.nmf;

import java.util.Optional;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.Sparse;

/**
 * Poisson and Gamma noise, weighted or with missing entries, and sparse counts: {@link ScoringStep},
 * {@link SparseScoringStep} and {@link Extrapolation}, for unweighted counts with flat priors from a {@link NormalStart}. The
 * objective of successive looks never increases.
 */
public final class ScoringDescent extends Descent {
    private static final int SWEEPS = 6;

    @Override
    public String name() {
        return "scoring-cd";
    }

    @Override
    public boolean fills(FactorProblem problem) {
        return problem.x() instanceof Sparse && problem.loss().beta() != 1;
    }

    @Override
    public Optional<String> refusal(FactorProblem problem) {
        return problem.loss().beta() != 1 && problem.loss().beta() != 0
                ? Optional.of(
                        "it needs Poisson or Gamma noise, not " + problem.loss().noise())
                : Optional.empty();
    }

    @Override
    Run begin(FactorProblem problem, Factors given, Parallel parallel) {
        Factors start = NormalStart.of(problem, given, parallel);
        if (problem.x() instanceof Sparse x && problem.loss().beta() == 1) {
            return new Extrapolation(
                    problem,
                    start,
                    new SparseScoringStep(x.transpose(parallel), problem.loss(), problem.h(), SWEEPS, parallel),
                    new SparseScoringStep(x, problem.loss(), problem.w(), SWEEPS, parallel),
                    parallel);
        }
        double[][] x = problem.x().dense().array();
        double[][] v = problem.weights().map(Dense::array).orElseGet(() -> WeightedDescent.ones(x));
        return Unsorted.begin(
                problem,
                start,
                x,
                v,
                ScoringStep.BLOCK,
                (tiles, components) -> new ScoringStep(tiles, problem.loss(), components, SWEEPS, parallel),
                parallel);
    }
}
