package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Task;
import org.unblend.io.AtomicFile;
import org.unblend.io.Workplace;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.io.run.LoadedRun;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.graph.FactorPattern;
import org.unblend.nmf.rank.RankScan;
import org.unblend.nmf.rank.RankSettings;
import org.unblend.nmf.rank.RankTable;

/**
 * Answers a run file that wants the rank: compares numbers of components from 1 to the length of the component axis by
 * point fits, as {@code ranks} does.
 */
record RankRun(Console console, int threads, long seed) {

    /** True if the rank, and nothing else, is wanted. */
    static boolean wanted(LoadedRun run) {
        return run.file().want().equals(Set.of(Task.RANK));
    }

    /**
     * The factorisation of the largest rank.
     *
     * @throws BadInput if the graph is none, or its components are not alike
     */
    static FactorProblem problem(LoadedRun run) {
        Path file = run.file().file();
        try {
            FactorPattern pattern = FactorPattern.of(run.model().graph());
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

    /** Compares, writes {@code ranks.csv} and {@code summary.txt}, and tells them. */
    void run(LoadedRun run, Path unfinished, Path target) throws IOException {
        FactorProblem problem = problem(run);
        long start = console.clock().getAsLong();
        ExecutorService executor = Machine.workers(threads);
        try (Workplace place = Workplace.open(unfinished, target, target.toString(), true)) {
            // The model says how large the noise is.
            RankTable table = RankScan.of(
                    problem,
                    RankSettings.of(1, problem.w().size(), true),
                    RandomStream.of(seed).split("ranks"),
                    new Parallel(executor));
            AtomicFile.write(place.directory().resolve("ranks.csv"), table.csv());
            AtomicFile.write(place.directory().resolve("summary.txt"), RanksCommand.text(table));
            place.finish();
        } finally {
            executor.shutdownNow();
        }
        SummaryCommand.print(target, console.out());
        console.out()
                .printf("finished in %s; result in %s%n", StatusLine.duration(console.secondsSince(start)), target);
    }
}
