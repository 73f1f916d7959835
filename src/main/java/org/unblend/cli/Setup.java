package org.unblend.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unblend.cli.versus.FactorNodes;
import org.unblend.cli.versus.PointSide;
import org.unblend.density.CompiledModel;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Plan;
import org.unblend.infer.Planner;
import org.unblend.infer.Problem;
import org.unblend.infer.Start;
import org.unblend.infer.Task;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.io.run.KnobReader;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunFile;
import org.unblend.io.run.RunLoader;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.NutsEngine;
import org.unblend.mcmc.factor.FactorEngine;
import org.unblend.model.Independent;
import org.unblend.model.Observation;
import org.unblend.model.family.GammaMean;
import org.unblend.model.op.Product;
import org.unblend.nested.NestedEngine;
import org.unblend.nmf.graph.FactorPattern;
import org.unblend.nmf.graph.PointEngines;
import org.unblend.nmf.graph.Starts;

/**
 * A run that is loaded, checked and planned, so that nothing in it can be wrong any more.
 *
 * @param run the run and its model
 * @param plan the engine and why
 * @param problem what the engine is asked
 * @param prepared what was done to the data before, if anything
 * @param beside the point estimate that is to stand beside the posterior, if that is wanted
 */
record Setup(LoadedRun run, Plan plan, Problem problem, Optional<PreparedData> prepared, Optional<PointSide> beside) {
    /** Prior draws whose medians stand for what the posterior will say, while a point estimate is planned. */
    private static final int TRIALS = 101;

    private static final int MOST_STARTS = 100_000;

    /** All engines there are. */
    static final Planner PLANNER = new Planner(Stream.concat(
                    Stream.of(new NestedEngine(), new FactorEngine(), new NutsEngine()), PointEngines.ALL.stream())
            .toList());

    /** The run before it is planned. */
    static LoadedRun load(Options options) {
        if (options.threads < 1) {
            throw new BadInput(
                    "C001", Place.of(options.run), "--threads is " + options.threads, "give at least one thread");
        }
        return RunLoader.load(options.run, Optional.ofNullable(options.lamda));
    }

    static Setup of(LoadedRun given) {
        PreparedRun prepared = PreparedRun.of(given);
        LoadedRun run = prepared.run();
        try {
            Plan plan = plan(run);
            Optional<Double> starts = run.file().compare().isPresent() ? starts(run) : Optional.empty();
            Map<String, Double> knobs = KnobReader.read(
                    starts.isPresent() ? run.file().without(PointSide.STARTS) : run.file(), plan.engine());
            Optional<Start> start = start(run);
            Optional<Start> warm = run.file().start().map(s -> WarmDraws.read(s, run.model(), plan.engine()));
            Optional<PointSide> beside = run.file().compare().isPresent()
                    ? Optional.of(PointSide.of(run.model(), middle(run.model()), PLANNER, start, starts))
                    : Optional.empty();
            beside.ifPresent(p -> checkTruth(run));
            Problem problem = new Problem(
                    run.model(),
                    tasks(run),
                    run.file().precision(),
                    knobs,
                    warm.isPresent() ? warm : beside.isPresent() ? Optional.empty() : start);
            Plan told = plan.engine().detail(problem).map(plan::with).orElse(plan);
            return new Setup(run, told, problem, prepared.data(), beside);
        } catch (InvalidRequest e) {
            throw new BadInput(e.code(), Place.of(run.file().file()), e.reason(), e.remedy());
        }
    }

    /** What the engine is asked: all that is wanted, but for a point estimate that only stands beside. */
    private static Set<Task> tasks(LoadedRun run) {
        Set<Task> tasks = EnumSet.copyOf(run.file().want());
        if (run.file().compare().isPresent()) {
            tasks.remove(Task.POINT);
        }
        return tasks;
    }

    /** How many starts the point estimate beside a posterior has, if the run says so. */
    private static Optional<Double> starts(LoadedRun run) {
        return Optional.ofNullable(run.file().knobs().get(PointSide.STARTS)).map(given -> {
            if (!(given.value() >= 1 && given.value() <= MOST_STARTS && given.value() == Math.rint(given.value()))) {
                throw new BadInput(
                        "R007",
                        given.place(),
                        "starts = " + given.value() + " is not allowed",
                        "give a whole number from 1 to " + MOST_STARTS + ": starts of the point estimate");
            }
            return given.value();
        });
    }

    /** Medians of the prior; ones where it has none. */
    static double[] middle(CompiledModel model) {
        if (model.graph().parameters().stream().anyMatch(p -> p.prior().improper())) {
            double[] ones = new double[model.dimension()];
            Arrays.fill(ones, 1);
            return ones;
        }
        double[] theta =
                model.priorDraws(TRIALS, RandomStream.of(0).split("middle").generator());
        double[] middle = new double[model.dimension()];
        for (int c = 0; c < middle.length; c++) {
            double[] column = new double[TRIALS];
            for (int r = 0; r < TRIALS; r++) {
                column[r] = theta[r * middle.length + c];
            }
            Arrays.sort(column);
            middle[c] = column[TRIALS / 2];
        }
        return middle;
    }

    private static void checkTruth(LoadedRun run) {
        FactorNodes nodes = FactorNodes.of(run.model());
        List<String> unknown = Stream.of(nodes.ofW(), nodes.ofH())
                .flatMap(Optional::stream)
                .map(s -> s.parameter().name())
                .toList();
        Set<String> given = run.truth().keySet();
        if (!given.isEmpty() && !given.equals(Set.copyOf(unknown))) {
            throw new InvalidRequest(
                    "R019",
                    "the truth is given of " + String.join(" and ", given) + ", the unknown factors are "
                            + String.join(" and ", unknown),
                    "give a table for each of these, and no other");
        }
    }

    /** Where the search for a mode begins, if the run says so. */
    private static Optional<Start> start(LoadedRun run) {
        Optional<Start> start = run.file()
                .init()
                .map(i -> i.rule().<Start>map(Start.ByRule::new).orElseGet(() -> new Start.At(run.start())));
        if (start.isPresent()) {
            if (!run.file().want().contains(Task.POINT)) {
                throw new InvalidRequest(
                        "R017", "'init' is where a point estimate begins, and none is wanted", "take it out");
            }
            if (run.file().compare().isEmpty()) {
                Starts starts = Starts.of(FactorPattern.of(run.model().graph()), start);
                RunFile.Knobbed wanted = run.file().knobs().get("starts");
                if (wanted != null && wanted.value() > 1 && starts.areOne()) {
                    throw new BadInput(
                            "R017",
                            wanted.place(),
                            "'init' is one start, and 'starts' asks for " + (long) wanted.value(),
                            "leave 'starts' out, or take a random start");
                }
            }
        }
        return start;
    }

    private static Plan plan(LoadedRun run) {
        Set<Task> want = tasks(run);
        if (want.contains(Task.RANK)) {
            throw new InvalidRequest(
                    "R016",
                    "ranks are compared by 'run' alone, without a plan",
                    "want \"rank\" in a run file of its own");
        }
        if (want.contains(Task.POINT) && want.size() > 1) {
            throw new InvalidRequest(
                    "R016",
                    "a point estimate and "
                            + want.stream()
                                    .filter(t -> t != Task.POINT)
                                    .map(t -> t.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "))
                            + " come from different engines",
                    "write a run file for each, or set them beside each other by \"compare\": true");
        }
        boolean product = run.model().graph().deterministics().stream().anyMatch(d -> d.op() instanceof Product);
        if (product && want.equals(Set.of(Task.POINT))) {
            // Says what is wrong with the data or the priors, where the planner could only list what each engine lacks.
            FactorPattern pattern = FactorPattern.of(run.model().graph());
            if (run.file().engine().isEmpty() && pattern.problem().freeScale().isPresent()) {
                throw new InvalidRequest(
                        "N008",
                        "only one factor has a prior other than flat: the other can grow without bound, so the posterior"
                                + " has no mode",
                        "give both factors of a product such priors, or neither");
            }
        }
        if (!want.equals(Set.of(Task.POINT))) {
            run.model().graph().observations().forEach(Setup::refuseZeros);
        }
        return PLANNER.plan(run.model(), want, run.file().engine());
    }

    /** Zeros have no density under Gamma noise, or an infinite one, whatever the parameters. */
    static void refuseZeros(Observation x) {
        if (!(x.likelihood() instanceof Independent likelihood) || !(likelihood.family() instanceof GammaMean)) {
            return;
        }
        double[] data = x.data();
        double[] weights = x.weights();
        for (int e = 0; e < data.length; e++) {
            if (weights[e] > 0 && data[e] == 0) {
                throw new InvalidRequest(
                        "N007",
                        "the datum of " + x.name() + " at "
                                + x.dims().entryLabels().get(e) + " is 0, which gamma noise cannot give",
                        "mark it missing by weight 0, or take other noise");
            }
        }
    }
}
