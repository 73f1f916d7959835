package org.unblend.cli.validate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Evidence;
import org.unblend.infer.Planner;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.io.run.KnobReader;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Parallel;

/**
 * Runs the folder's {@code run.json}. Keys: {@code logz}, and {@code mean NAME} and {@code sd NAME} of each parameter,
 * their errors from the effective sample size.
 */
record RunCheck(Planner planner) implements Check {

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told) {
        LoadedRun run = RunLoader.load(folder.resolve("run.json"), Optional.empty());
        return measure(run(run, run.file().seed().orElse(1), parallel));
    }

    Result run(LoadedRun run, long seed, Parallel parallel) {
        var plan = planner.plan(run.model(), run.file().want(), run.file().engine());
        Problem problem = new Problem(
                run.model(), run.file().want(), run.file().precision(), KnobReader.read(run.file(), plan.engine()));
        return plan.engine().run(problem, RunContext.of(seed).with(parallel));
    }

    private static Map<String, Measured> measure(Result result) {
        Map<String, Measured> ours = new LinkedHashMap<>();
        Evidence evidence = result.evidence().orElseThrow();
        ours.put("logz", new Measured(evidence.logZ(), evidence.error()));
        Samples samples = result.samples();
        double[] w = samples.weights();
        for (int j = 0; j < samples.names().size(); j++) {
            double[] x = samples.column(j);
            double sd = Weighted.sd(x, w);
            ours.put("mean " + samples.names().get(j), new Measured(Weighted.mean(x, w), Weighted.mcse(x, w)));
            // The standard deviation of n normal draws has the relative error 1/sqrt(2n).
            double error = sd / Math.sqrt(2 * Weighted.effectiveSampleSize(w));
            ours.put("sd " + samples.names().get(j), new Measured(sd, error));
        }
        return ours;
    }
}
