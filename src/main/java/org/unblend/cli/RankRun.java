package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.unblend.cli.versus.PointSide;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Knob;
import org.unblend.infer.Task;
import org.unblend.io.AtomicFile;
import org.unblend.io.Workplace;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.io.run.KnobReader;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunFile;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.factor.EvidenceScan;
import org.unblend.model.Complaint;
import org.unblend.model.Nearest;
import org.unblend.model.Parameter;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.graph.FactorPattern;
import org.unblend.nmf.rank.HoldOut;
import org.unblend.nmf.rank.RankScan;
import org.unblend.nmf.rank.RankSettings;
import org.unblend.nmf.rank.RankTable;
import org.unblend.nmf.start.StartRule;

/**
 * Answers a run file that wants the rank: compares numbers of components from 1 to the length of the component axis, as
 * {@code ranks} does; by evidence if all priors are proper, by point fits alone if some are flat.
 */
record RankRun(Console console, int threads, long seed) {
    private static final Knob PARTICLES =
            new Knob("particles", 64, 8, 1_000_000, true, "particles of each tempered run of the evidence");
    private static final Knob RUNS = new Knob("runs", 4, 2, 1000, true, "independent runs of each evidence");
    private static final Knob SENSITIVITY =
            new Knob("sensitivity", 1, 0, 1, true, "1 for the evidences under other priors as well, 0 without");

    /** True if the rank, and nothing else, is wanted. */
    static boolean wanted(LoadedRun run) {
        return run.file().want().equals(Set.of(Task.RANK));
    }

    private static boolean byEvidence(LoadedRun run) {
        return run.model().graph().parameters().stream().map(Parameter::prior).noneMatch(p -> p.improper());
    }

    /**
     * What will be compared, in words.
     *
     * @throws BadInput if the ranks of the model cannot be compared
     */
    static String check(LoadedRun run) {
        Map<String, Double> knobs = knobs(run);
        return byEvidence(run)
                ? "by evidence up to rank " + models(run).largest() + ", "
                        + knobs.get(RUNS.name()).intValue() + " runs of "
                        + knobs.get(PARTICLES.name()).intValue() + " particles each"
                : "by point fits up to rank " + problem(run).w().size() + ", as flat priors have no evidence";
    }

    private static Map<String, Double> knobs(LoadedRun run) {
        Place place = Place.of(run.file().file());
        boolean evidence = byEvidence(run);
        run.file().engine().filter(e -> !evidence || !e.equals("gibbs")).ifPresent(e -> {
            throw new BadInput(
                    "R012",
                    place,
                    "engine '" + e + "' does not compare ranks" + (evidence ? "" : " where priors are flat"),
                    evidence ? "leave the name out, or write \"gibbs\"" : "leave the name out");
        });
        if (run.file().minutes().isPresent()) {
            throw new BadInput(
                    "R017",
                    place,
                    "a comparison of ranks keeps no limit of time",
                    "take the limit out; an interrupted comparison by evidence goes on when it is started again");
        }
        rule(run);
        return KnobReader.read(
                run.file(),
                evidence ? "a comparison of ranks by evidence" : "a comparison of ranks by point fits",
                evidence ? List.of(PARTICLES, RUNS, SENSITIVITY) : List.of());
    }

    private static RankModels models(LoadedRun run) {
        try {
            run.model().graph().observations().forEach(Setup::refuseZeros);
            return RankModels.of(run.model());
        } catch (InvalidRequest e) {
            throw new BadInput(e.code(), Place.of(run.file().file()), e.reason(), e.remedy());
        }
    }

    /**
     * The factorisation of the largest rank.
     *
     * @throws BadInput if the graph is none, or its components are not alike
     */
    private static FactorProblem problem(LoadedRun run) {
        Path file = run.file().file();
        try {
            FactorPattern pattern = byEvidence(run)
                    ? PointSide.flat(run.model(), Setup.middle(run.model()))
                    : FactorPattern.of(run.model().graph());
            FactorProblem problem = pattern.unscaled();
            boolean alike = problem.w().stream().distinct().count() == 1
                    && problem.h().stream().distinct().count() == 1
                    && problem.w().stream().noneMatch(c -> c.fixed())
                    && problem.h().stream().noneMatch(c -> c.fixed());
            if (!alike) {
                throw new BadInput(
                        "N010",
                        Place.of(file),
                        "components differ in their priors, or are given, so their number cannot be compared",
                        "give all components one prior");
            }
            if (problem.freeScale().isPresent()) {
                throw new BadInput(
                        "N008",
                        Place.of(file),
                        "only one factor has a prior other than flat, so the posterior has no mode",
                        "give both factors of the product such priors, or neither");
            }
            return problem;
        } catch (InvalidRequest e) {
            throw new BadInput(e.code(), Place.of(file), e.reason(), e.remedy());
        }
    }

    /**
     * Compares, writes the result and tells it.
     *
     * @param fresh true to discard what an interrupted comparison left
     */
    void run(LoadedRun run, Path unfinished, Path target, boolean fresh) throws IOException {
        Map<String, Double> knobs = knobs(run);
        if (byEvidence(run)) {
            evidence(run, knobs, unfinished, target, fresh);
        } else {
            point(run, unfinished, target);
        }
    }

    private void evidence(LoadedRun run, Map<String, Double> knobs, Path unfinished, Path target, boolean fresh)
            throws IOException {
        RankModels models = models(run);
        FactorProblem problem = problem(run);
        boolean known = models.noiseIsKnown();
        new EvidenceRanks(
                        console,
                        run.file().name(),
                        threads,
                        seed,
                        new EvidenceScan(
                                1,
                                models.largest(),
                                knobs.get(PARTICLES.name()).intValue(),
                                knobs.get(RUNS.name()).intValue()),
                        models.main(),
                        knobs.get(SENSITIVITY.name()) > 0 ? models.others() : List.of(),
                        models.sides(),
                        new EvidenceRoads(List.of()))
                .run(
                        unfinished,
                        target,
                        fresh,
                        run.model().fingerprint(),
                        run.sources().stream().map(LoadedRun.Source::toString).toList(),
                        () -> scan(run, problem, known));
    }

    private static RankSettings settings(LoadedRun run, FactorProblem problem, boolean noiseKnown) {
        RankSettings settings =
                RankSettings.of(1, problem.w().size(), noiseKnown).with(HoldOut.of(problem));
        return rule(run).map(settings::with).orElse(settings);
    }

    /** The rule by which fits begin, if the run names one. */
    private static Optional<StartRule> rule(LoadedRun run) {
        Optional<RunFile.Init> init = run.file().init();
        init.filter(i -> i.rule().flatMap(StartRule::named).isEmpty()).ifPresent(i -> {
            throw new BadInput(
                    "R017",
                    i.place(),
                    i.rule()
                            .map(r -> "no start is called '" + r + "'")
                            .orElse("'init' names tables, which have one rank, and ranks are compared"),
                    Nearest.hint(i.rule().orElse(""), StartRule.names()));
        });
        return init.flatMap(i -> i.rule().flatMap(StartRule::named));
    }

    private RankTable scan(LoadedRun run, FactorProblem problem, boolean noiseKnown) {
        ExecutorService executor = Machine.workers(threads);
        try {
            return RankScan.of(
                    problem,
                    settings(run, problem, noiseKnown),
                    RandomStream.of(seed).split("ranks"),
                    new Parallel(executor));
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e.getMessage(), "take another start, or other ranks");
            throw new BadInput("N007", Place.of(run.file().file()), wrong.reason(), wrong.remedy());
        } finally {
            executor.shutdownNow();
        }
    }

    private void point(LoadedRun run, Path unfinished, Path target) throws IOException {
        FactorProblem problem = problem(run);
        long start = console.clock().getAsLong();
        try (Workplace place = Workplace.open(unfinished, target, target.toString(), true)) {
            // The model says how large the noise is.
            RankTable table = scan(run, problem, true);
            AtomicFile.write(place.directory().resolve("ranks.csv"), table.csv());
            AtomicFile.write(place.directory().resolve("summary.txt"), RanksCommand.text(table));
            place.finish();
        }
        SummaryCommand.print(target, console.out());
        console.out()
                .printf("finished in %s; result in %s%n", StatusLine.duration(console.secondsSince(start)), target);
    }
}
