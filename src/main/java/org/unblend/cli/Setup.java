package org.unblend.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.unblend.io.run.RunLoader;
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
 */
record Setup(LoadedRun run, Plan plan, Problem problem) {

    /** All engines there are. */
    static final Planner PLANNER = new Planner(Stream.concat(
                    Stream.of(new NestedEngine(), new FactorEngine(), new NutsEngine()), PointEngines.ALL.stream())
            .toList());

    /** @throws BadInput with every mistake that was found */
    static Setup of(Options options) {
        return of(load(options));
    }

    /** The run before it is planned. */
    static LoadedRun load(Options options) {
        if (options.threads < 1) {
            throw new BadInput(
                    "C001", Place.of(options.run), "--threads is " + options.threads, "give at least one thread");
        }
        return RunLoader.load(options.run, Optional.ofNullable(options.lamda));
    }

    static Setup of(LoadedRun run) {
        try {
            Plan plan = plan(run);
            Map<String, Double> knobs = KnobReader.read(run.file(), plan.engine());
            return new Setup(
                    run,
                    plan,
                    new Problem(run.model(), run.file().want(), run.file().precision(), knobs, start(run)));
        } catch (InvalidRequest e) {
            throw new BadInput(e.code(), Place.of(run.file().file()), e.reason(), e.remedy());
        }
    }

    /** Where the search for a mode begins, if the run says so. */
    private static Optional<Start> start(LoadedRun run) {
        Optional<Start> start = run.file().init().map(Start.ByRule::new);
        if (start.isPresent()) {
            if (!run.file().want().equals(Set.of(Task.POINT))) {
                throw new InvalidRequest(
                        "R017", "'init' is where a point estimate begins, and none is wanted", "take it out");
            }
            Starts.of(FactorPattern.of(run.model().graph()), start);
        }
        return start;
    }

    private static Plan plan(LoadedRun run) {
        Set<Task> want = run.file().want();
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
                    "write a run file for each");
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
    private static void refuseZeros(Observation x) {
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
