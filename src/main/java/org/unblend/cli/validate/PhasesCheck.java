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
import org.unblend.infer.Result;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Constant;
import org.unblend.model.Observation;
import org.unblend.model.Support;

/**
 * Runs the one-phase and the two-phase run of NGC 1068 and compares each evidence with {@link PhaseEvidence}, which shares
 * with them only the radiative transfer of one phase. Keys: {@code one} and {@code two}, ln Z less that of plain Monte
 * Carlo; {@code ln B}, two phases over one, likewise.
 */
record PhasesCheck(Planner planner, int groups, int states, int pairs) implements Check {
    /** Groups of states are independent, so that their scatter gives the error. */
    static PhasesCheck standard(Planner planner) {
        return new PhasesCheck(planner, 40, 10_000, 500_000);
    }

    private static final int WIDTHS = 20;

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told) {
        Path runs = folder.toAbsolutePath().normalize().getParent().getParent().resolve("runs");
        LoadedRun one = RunLoader.load(runs.resolve("ngc1068-lines.json"), Optional.empty());
        LoadedRun two = RunLoader.load(runs.resolve("ngc1068-two-phase.json"), Optional.empty());
        Measured[] prior = prior(one.model(), parallel);
        told.accept(
                String.format(Locale.ROOT, "  plain Monte Carlo: %.2f and %.2f", prior[0].value(), prior[1].value()));
        Measured first = nested(one, parallel, told);
        Measured second = nested(two, parallel, told);
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put("one", first.less(prior[0]));
        ours.put("two", second.less(prior[1]));
        ours.put("ln B", second.less(first).less(prior[1].less(prior[0])));
        return ours;
    }

    private Measured nested(LoadedRun run, Parallel parallel, Consumer<String> told) {
        Result result = new RunCheck(planner).run(run, run.file().seed().orElse(1), parallel);
        Evidence evidence = result.evidence().orElseThrow();
        told.accept(String.format(
                Locale.ROOT,
                "  %s: %.2f ± %.2f, %s",
                run.file().name(),
                evidence.logZ(),
                evidence.error(),
                result.verdict()));
        return new Measured(evidence.logZ(), evidence.error());
    }

    /** ln Z of one and of two phases. */
    private Measured[] prior(CompiledModel model, Parallel parallel) {
        Observation observed = model.graph().observations().get(0);
        double[] sd = ((Constant) model.graph().node("I_err").orElseThrow()).values();
        int dv = model.names().indexOf("dv");
        Support widths = model.bounds().get(dv);
        PhaseEvidence evidence = new PhaseEvidence(observed.data(), sd, widths.low(), widths.high());
        double[] one = new double[groups];
        double[] two = new double[groups];
        parallel.forRanges(groups, 1, (from, to) -> {
            for (int g = from; g < to; g++) {
                RandomSource random = RandomStream.of(20261125).split(g).generator();
                double[] theta = model.priorDraws(states, random);
                double[] brightness = model.values("I_source", theta, states);
                for (int i = 0; i < brightness.length; i++) {
                    brightness[i] /= theta[i / sd.length * model.dimension() + dv];
                }
                one[g] = evidence.one(brightness, WIDTHS, random);
                two[g] = evidence.two(brightness, pairs, random);
            }
        });
        return new Measured[] {Measured.logMean(one), Measured.logMean(two)};
    }
}
