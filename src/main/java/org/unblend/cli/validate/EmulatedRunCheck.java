package org.unblend.cli.validate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Evidence;
import org.unblend.infer.Planner;
import org.unblend.infer.Result;
import org.unblend.infer.Samples;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Parallel;

/**
 * Runs a run file with emulators and the one without, and compares. Keys: {@code logz}, emulated less computed; {@code
 * largest shift}, the largest difference of a parameter's means over the standard deviation of the computed run; {@code
 * largest change of sd}, the largest relative difference of standard deviations. Parameters that span more than two decades
 * are compared by their logarithms.
 */
record EmulatedRunCheck(Planner planner, String emulated, String computed) implements Check {
    private static final double WIDE = 100;

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told) {
        Path runs = folder.toAbsolutePath().normalize().getParent().getParent().resolve("runs");
        Result fast = run(runs.resolve(emulated), parallel, told);
        Result slow = run(runs.resolve(computed), parallel, told);
        Evidence a = fast.evidence().orElseThrow();
        Evidence b = slow.evidence().orElseThrow();
        double shift = 0;
        double change = 0;
        for (int j = 0; j < slow.samples().names().size(); j++) {
            double[] x = column(fast.samples(), j);
            double[] y = column(slow.samples(), j);
            double sd = Weighted.sd(y, slow.samples().weights());
            double moved = Weighted.mean(x, fast.samples().weights())
                    - Weighted.mean(y, slow.samples().weights());
            shift = Math.max(shift, Math.abs(moved) / sd);
            change = Math.max(change, Math.abs(Weighted.sd(x, fast.samples().weights()) / sd - 1));
        }
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put("logz", new Measured(a.logZ() - b.logZ(), Math.hypot(a.error(), b.error())));
        ours.put("largest shift", Measured.exact(shift));
        ours.put("largest change of sd", Measured.exact(change));
        return ours;
    }

    private Result run(Path file, Parallel parallel, Consumer<String> told) {
        LoadedRun run = RunLoader.load(file, Optional.empty());
        told.accept("  " + file.getFileName());
        return new RunCheck(planner).run(run, run.file().seed().orElse(1), parallel);
    }

    private static double[] column(Samples samples, int j) {
        double[] x = samples.column(j);
        double low = Arrays.stream(x).min().orElseThrow();
        double high = Arrays.stream(x).max().orElseThrow();
        return low > 0 && high / low > WIDE ? Arrays.stream(x).map(Math::log10).toArray() : x;
    }
}
