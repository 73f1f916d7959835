package org.unblend.cli.validate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.unblend.infer.Evidence;
import org.unblend.infer.Precision;
import org.unblend.infer.RunContext;
import org.unblend.math.Parallel;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;
import org.unblend.nested.Problems;

/** Nested sampling of problems with known evidence. Keys: names of the problems; the mean ln Z over four seeds. */
final class NestedProblemsCheck implements Check {
    private static final int SEEDS = 4;

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told) {
        // The true values stand in the case file; what the catalogue says of them is not used.
        List<Problems.Problem> problems = List.of(
                Problems.shells(2, Double.NaN),
                Problems.gauss(5, 0.95),
                Problems.eggbox(),
                Problems.loggamma(2),
                Problems.rosenbrock(2, Double.NaN),
                Problems.funnel5(),
                Problems.cake4(),
                Problems.spikeSlab(5));
        NestedSampler sampler = new NestedSampler(NestedSettings.STANDARD.withMaxRuns(1));
        Map<String, Measured> ours = new LinkedHashMap<>();
        for (Problems.Problem problem : problems) {
            double mean = 0;
            double squares = 0;
            for (int seed = 1; seed <= SEEDS; seed++) {
                Evidence evidence = sampler.run(
                                problem.target(),
                                Precision.STANDARD,
                                RunContext.of(seed).with(parallel))
                        .evidence()
                        .orElseThrow();
                mean += evidence.logZ() / SEEDS;
                squares += evidence.error() * evidence.error();
            }
            ours.put(problem.name(), new Measured(mean, Math.sqrt(squares) / SEEDS));
        }
        return ours;
    }
}
