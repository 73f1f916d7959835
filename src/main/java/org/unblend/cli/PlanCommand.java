package org.unblend.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.unblend.density.CompiledModel;
import org.unblend.density.Predictions;
import org.unblend.infer.Knob;
import org.unblend.infer.Plan;
import org.unblend.io.run.LoadedRun;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Deterministic;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plan}: what a run would do, and why. */
@Command(
        name = "plan",
        description = "Shows the model, the data, the engine that a run would use and why, without running it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: unblend plan runs/ngc1068.json"})
final class PlanCommand implements Callable<Integer> {
    /** Prior draws on which the cost of an evaluation is measured. */
    private static final int TRIALS = 200;

    private static final int ROUNDS = 8;

    @Mixin
    private final Options options = new Options();

    private final Console console;

    PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LoadedRun loaded = Setup.load(options);
        if (RankRun.wanted(loaded)) {
            console.out().println("ranks of model " + loaded.model().graph().name() + " " + RankRun.check(loaded));
            return ExitCode.OK;
        }
        Setup setup = Setup.of(loaded);
        CompiledModel model = setup.run().model();
        ModelGraph graph = model.graph();
        PrintWriter out = console.out();
        out.printf(
                Locale.ROOT,
                "model     %s: %d parameters, %d data, gradient %s%n",
                graph.name(),
                model.dimension(),
                model.observedEntries(),
                model.differentiable() ? "available" : "not available");
        for (Parameter p : graph.parameters()) {
            out.printf("  %-14s ~ %s %s%n", p.name() + dims(p.dims().toString()), text(p.prior()), unit(p.unit()));
        }
        for (Deterministic d : graph.deterministics()) {
            out.printf("  %-14s = %s %s%n", d.name() + dims(d.dims().toString()), d.op().description(), unit(d.unit()));
        }
        for (Observation o : graph.observations()) {
            out.printf("  %-14s ~ %s %s%n", o.name() + dims(o.dims().toString()), text(o.likelihood()), unit(o.unit()));
        }
        trial(model);
        Plan plan = setup.plan();
        String tasks = setup.problem().tasks().stream()
                .map(t -> t.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(", "));
        out.println("engine    " + plan.engine().name() + " for " + tasks + ": " + plan.reason());
        for (Plan.Rejected other : plan.others()) {
            out.println("  not " + other.engine() + ": " + other.reason());
        }
        plan.engine().knobs().stream()
                .sorted(Comparator.comparing(Knob::name))
                .forEach(k -> out.printf(
                        Locale.ROOT,
                        "  %-14s %s%n",
                        k.name(),
                        k.shown(k.of(setup.problem().knobs()))));
        setup.beside()
                .ifPresent(p -> out.println("beside it " + p.plan().engine().name() + " for point, "
                        + p.why().map(w -> "with flat priors, since " + w).orElse("the mode of the same density") + ": "
                        + p.plan().reason()));
        return ExitCode.OK;
    }

    /** Evaluates prior draws: the cost of an evaluation, failures, and where the data lie among replicated data. */
    private void trial(CompiledModel model) {
        if (model.graph().parameters().stream().anyMatch(p -> p.prior().improper())) {
            console.out().println("prior     improper, so there are no prior draws");
            return;
        }
        RandomSource random = RandomStream.of(0).split("plan").generator();
        double[] theta = model.priorDraws(TRIALS, random);
        double[] logL = new double[TRIALS];
        int failed = 0;
        double micros = Double.POSITIVE_INFINITY;
        // The first rounds are slow because the machine code is not compiled yet.
        for (int round = 0; round < ROUNDS; round++) {
            long start = console.clock().getAsLong();
            failed = model.logLikelihood(theta, logL, TRIALS);
            micros = Math.min(micros, console.secondsSince(start) * 1e6 / TRIALS);
        }
        console.out()
                .printf(Locale.ROOT, "prior     %d draws: %.0f us per evaluation, %d failed%n", TRIALS, micros, failed);
        List<double[]> replicated = Predictions.of(
                        model, theta, TRIALS, RandomStream.of(0).split("replicate"), Parallel.SERIAL)
                .replicated();
        for (int i = 0; i < replicated.size(); i++) {
            Observation o = model.graph().observations().get(i);
            double[] x = replicated.get(i);
            int n = o.dims().size();
            List<String> labels = o.dims().entryLabels();
            for (int e = 0; e < Math.min(n, 12); e++) {
                int entry = e;
                double datum = o.data()[e];
                long below = IntStream.range(0, TRIALS)
                        .filter(r -> x[r * n + entry] < datum)
                        .count();
                console.out()
                        .printf(
                                Locale.ROOT,
                                "  %-14s %s lies above %.0f %% of what the prior predicts%n",
                                o.name() + dims("[" + labels.get(e) + "]"),
                                Double.toString(datum),
                                100.0 * below / TRIALS);
            }
        }
    }

    private static String dims(String dims) {
        return dims.equals("[]") ? "" : dims;
    }

    private static String unit(String unit) {
        return unit.isEmpty() || unit.equals("1") ? "" : "[" + unit + "]";
    }

    private static String text(Distribution d) {
        StringBuilder text = new StringBuilder(d.name()).append("(");
        for (int i = 0; i < d.args().size(); i++) {
            text.append(i > 0 ? ", " : "")
                    .append(d.argumentNames().get(i))
                    .append(" ")
                    .append(d.args().get(i));
        }
        return text.append(")").toString();
    }
}
