package org.unblend.cli.validate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Evidence;
import org.unblend.infer.Planner;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import org.unblend.math.LogSum;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Two chemistries of the same gas by evidence. Keys: {@code emulated}, ln of the Bayes factor of the first run over the
 * second; {@code prior}, that less the same by plain means of the emulated likelihoods over draws of the prior, which share
 * with it only the models; {@code computed}, ln of the Bayes factor with chemistry and radiative transfer computed, by
 * {@link ReweightedRunCheck}, and {@code worst k-hat} of its weights.
 *
 * @param first name of an emulated run; its computed twin is called the same with {@code -direct}
 * @param second another one
 * @param draws of each posterior that are computed
 * @param groups of draws of the prior, at least two
 * @param rows draws of a group
 */
record ElementSetsCheck(Planner planner, String first, String second, int draws, int groups, int rows)
        implements Check {
    private static final int PIECE = 1000;

    static ElementSetsCheck standard(Planner planner) {
        return new ElementSetsCheck(planner, "ngc1068-poor-in-sulphur", "ngc1068", 2000, 40, 50_000);
    }

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told) {
        Path runs = folder.toAbsolutePath().normalize().getParent().getParent().resolve("runs");
        Side a = side(first, runs, folder, data, parallel, told);
        Side b = side(second, runs, folder, data, parallel, told);
        Measured emulated = a.emulated.less(b.emulated);
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put("emulated", emulated);
        ours.put("prior", emulated.less(a.prior.less(b.prior)));
        Measured change = a.change.less(b.change);
        ours.put(
                "computed",
                new Measured(emulated.value() + change.value(), Math.hypot(emulated.error(), change.error())));
        ours.put("worst k-hat", Measured.exact(Math.max(a.shape, b.shape)));
        return ours;
    }

    /**
     * One chemistry.
     *
     * @param emulated ln Z by the run
     * @param prior ln Z by draws of the prior
     * @param change ln Z computed less ln Z emulated
     * @param shape k-hat of the weights behind it
     */
    private record Side(Measured emulated, Measured prior, Measured change, double shape) {}

    private Side side(String name, Path runs, Path folder, Path data, Parallel parallel, Consumer<String> told) {
        LoadedRun run = RunLoader.load(runs.resolve(name + ".json"), Optional.empty());
        Evidence evidence = new RunCheck(planner)
                .run(run, run.file().seed().orElse(1), parallel)
                .evidence()
                .orElseThrow();
        Measured emulated = new Measured(evidence.logZ(), evidence.error());
        Measured prior = prior(run.model(), parallel);
        told.accept(String.format(
                Locale.ROOT,
                "  %s: %.3f ± %.3f, by draws of the prior %.3f ± %.3f",
                name,
                emulated.value(),
                emulated.error(),
                prior.value(),
                prior.error()));
        Map<String, Measured> computed = new ReweightedRunCheck(planner, name + ".json", name + "-direct.json", draws)
                .compute(folder, data, parallel, told);
        return new Side(
                emulated, prior, computed.get("logz"), computed.get("k-hat").value());
    }

    private Measured prior(CompiledModel model, Parallel parallel) {
        double[] means = new double[groups];
        parallel.forRanges(groups, 1, (from, to) -> {
            RandomSource random = RandomStream.of(20261126).split(from).generator();
            double[] log = new double[rows];
            for (int at = 0; at < rows; at += PIECE) {
                int n = Math.min(PIECE, rows - at);
                double[] some = new double[n];
                model.logLikelihood(model.priorDraws(n, random), some, n);
                System.arraycopy(some, 0, log, at, n);
            }
            means[from] = LogSum.of(log) - Math.log(rows);
        });
        return Measured.logMean(means);
    }
}
