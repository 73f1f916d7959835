package org.unblend.nmf;

import java.util.Optional;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;

/**
 * Accelerated HALS for Normal data without weights, dense or sparse: several sweeps of {@link GramStep} per product with
 * the data, and {@link Extrapolation}, on large dense data from a {@link CompressedStart}. The data may be negative. The objective of successive looks never increases.
 */
public final class Hals extends Descent {

    @Override
    public String name() {
        return "hals";
    }

    @Override
    public Optional<String> refusal(FactorProblem problem) {
        return problem.loss().beta() != 2
                ? Optional.of("it needs Normal noise, not " + problem.loss().noise())
                : problem.weights().isPresent() ? Optional.of("it needs data without weights") : Optional.empty();
    }

    @Override
    Run begin(FactorProblem problem, Factors start, Parallel parallel) {
        Matrix x = problem.x();
        Matrix transposed = x.transpose(parallel);
        Factors first = x instanceof Dense dense
                ? CompressedStart.of(problem, dense, transposed.dense(), start, parallel)
                : start;
        return new Extrapolation(
                problem,
                first,
                new GramStep(x, transposed, problem.h(), 0, parallel),
                new GramStep(transposed, x, problem.w(), 0, parallel),
                parallel);
    }
}
