package org.unblend.cli.validate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Evaluator;
import org.unblend.infer.Evidence;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Parallel;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;
import org.unblend.nested.refine.Explored;
import org.unblend.nested.refine.RefineGoal;
import org.unblend.nested.refine.Refined;
import org.unblend.nested.refine.Refinement;

/**
 * Runs {@code runs/<name of the folder>.json} with ten seeds and compares the evidences with each other and with an
 * importance-sampling estimate from a proposal that was frozen before its counting draws. Keys: {@code z SEED} for each
 * seed (against the mean of the others' values and its error), {@code sd z}, {@code independent} (the importance-sampling
 * ln Z minus the mean of the ten, with the error of the difference), {@code k-hat}.
 */
record SeedsCheck() implements Check {
    private static final int SEEDS = 10;

    /** Effective draws wanted of the importance-sampling estimate, and most draws spent on them. */
    private static final int EFFECTIVE = 5000;

    /** Standard error wanted of it. */
    private static final double ERROR = 0.02;

    private static final int MOST_DRAWS = 400_000;

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told) {
        Path file = folder.resolveSibling("..")
                .resolve("runs")
                .resolve(folder.getFileName() + ".json")
                .normalize();
        LoadedRun run = RunLoader.load(file, Optional.empty());
        double[] logZ = new double[SEEDS];
        double[] error = new double[SEEDS];
        NestedSampler sampler = new NestedSampler(NestedSettings.STANDARD.withoutRefinement());
        NestedSampler.Draws first = null;
        for (int s = 0; s < SEEDS; s++) {
            NestedSampler.Draws draws = sampler.sample(
                    run.model(), run.file().precision(), RunContext.of(1 + s).with(parallel));
            first = s == 0 ? draws : first;
            Evidence evidence = draws.result().evidence().orElseThrow();
            logZ[s] = evidence.logZ();
            error[s] = evidence.error();
            told.accept(
                    String.format(Locale.ROOT, "  seed %d of %d: logZ %.2f ± %.2f", 1 + s, SEEDS, logZ[s], error[s]));
        }
        Map<String, Measured> ours = new LinkedHashMap<>();
        SummaryStatistics z = new SummaryStatistics();
        SummaryStatistics all = new SummaryStatistics();
        double squares = 0;
        for (int s = 0; s < SEEDS; s++) {
            double others = 0;
            double variance = error[s] * error[s];
            for (int t = 0; t < SEEDS; t++) {
                others += t == s ? 0 : logZ[t] / (SEEDS - 1);
                variance += t == s ? 0 : error[t] * error[t] / ((SEEDS - 1) * (SEEDS - 1));
            }
            double score = (logZ[s] - others) / Math.sqrt(variance);
            z.addValue(score);
            all.addValue(logZ[s]);
            squares += error[s] * error[s] / (SEEDS * SEEDS);
            ours.put("z " + (1 + s), Measured.exact(score));
        }
        ours.put("sd z", Measured.exact(z.getStandardDeviation()));
        Refined frozen = refined(run.model(), first, RunContext.of(SEEDS + 1).with(parallel));
        ours.put(
                "independent",
                new Measured(frozen.logZ() - all.getMean(), Math.hypot(frozen.error(), Math.sqrt(squares))));
        ours.put("k-hat", Measured.exact(frozen.paretoShape()));
        return ours;
    }

    private static Refined refined(CompiledModel model, NestedSampler.Draws draws, RunContext context) {
        Samples samples = draws.result().samples();
        Evidence evidence = draws.result().evidence().orElseThrow();
        Explored found = new Explored(
                draws.u(), samples.logLikelihood(), samples.logWeight(), evidence.logZ(), evidence.error());
        RefineGoal goal = new RefineGoal(ERROR, EFFECTIVE, EFFECTIVE, MOST_DRAWS);
        return Refinement.of(model, new Evaluator(model, context), context, found, goal)
                .orElseThrow();
    }
}
