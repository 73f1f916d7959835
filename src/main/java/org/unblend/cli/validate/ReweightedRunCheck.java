package org.unblend.cli.validate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.ParetoTail;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Planner;
import org.unblend.infer.Result;
import org.unblend.infer.Samples;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/**
 * The posterior of a run with emulators against that of the same run without: draws of the first are weighted by the ratio of
 * the likelihoods, L computed / L emulated, whose mean is the ratio of the evidences. Keys: {@code logz}, computed less
 * emulated; {@code largest shift}, the largest difference of a parameter's means in standard deviations; {@code largest
 * change of sd}; {@code k-hat} of the weights and {@code share}, their effective number over the number of draws.
 */
record ReweightedRunCheck(Planner planner, String emulated, String computed, int draws) implements Check {
    private static final int PIECE = 20;

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told) {
        Path runs = folder.toAbsolutePath().normalize().getParent().getParent().resolve("runs");
        LoadedRun fast = RunLoader.load(runs.resolve(emulated), Optional.empty());
        CompiledModel slow =
                RunLoader.load(runs.resolve(computed), Optional.empty()).model();
        if (!slow.names().equals(fast.model().names())) {
            throw new IllegalStateException("the models have other parameters: " + slow.names());
        }
        Result result = new RunCheck(planner).run(fast, fast.file().seed().orElse(1), parallel);
        Samples samples = result.samples();
        int d = samples.names().size();
        double[] theta = EqualDraws.of(
                samples, draws, RandomStream.of(7).split("reweighted").generator());
        double[] logWeights = new double[draws];
        parallel.forRanges(draws, PIECE, (from, to) -> {
            double[] part = Arrays.copyOfRange(theta, from * d, to * d);
            double[] a = new double[to - from];
            double[] b = new double[to - from];
            fast.model().logLikelihood(part, a, to - from);
            slow.logLikelihood(part, b, to - from);
            for (int i = from; i < to; i++) {
                logWeights[i] = b[i - from] - a[i - from];
            }
        });
        double top = Arrays.stream(logWeights).max().orElseThrow();
        double[] w = Arrays.stream(logWeights).map(l -> Math.exp(l - top)).toArray();
        double[] even = new double[draws];
        Arrays.fill(even, 1);
        double shift = 0;
        double change = 0;
        for (int j = 0; j < d; j++) {
            double[] x = new double[draws];
            boolean wide = wide(theta, j, d);
            for (int i = 0; i < draws; i++) {
                x[i] = wide ? Math.log10(theta[i * d + j]) : theta[i * d + j];
            }
            double sd = Weighted.sd(x, w);
            double moved = Math.abs(Weighted.mean(x, w) - Weighted.mean(x, even)) / sd;
            double ratio = Math.abs(Weighted.sd(x, even) / sd - 1);
            told.accept("  " + samples.names().get(j) + ": " + moved + " sd, width " + ratio);
            shift = Math.max(shift, moved);
            change = Math.max(change, ratio);
        }
        Measured mean = Measured.mean(w);
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put("logz", new Measured(top + Math.log(mean.value()), mean.error() / mean.value()));
        ours.put("largest shift", Measured.exact(shift));
        ours.put("largest change of sd", Measured.exact(change));
        ours.put("k-hat", Measured.exact(ParetoTail.shape(logWeights)));
        ours.put("share", Measured.exact(Weighted.effectiveSampleSize(w) / draws));
        return ours;
    }

    /** Over more than two decades, logarithms are compared. */
    private static boolean wide(double[] theta, int j, int d) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (int i = j; i < theta.length; i += d) {
            low = Math.min(low, theta[i]);
            high = Math.max(high, theta[i]);
        }
        return low > 0 && high / low > 100;
    }
}
