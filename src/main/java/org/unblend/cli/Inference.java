package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.unblend.infer.Budget;
import org.unblend.infer.Finding;
import org.unblend.infer.Plan;
import org.unblend.infer.Problem;
import org.unblend.infer.Provenance;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.io.AtomicFile;
import org.unblend.io.ResultRecord;
import org.unblend.io.Workplace;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/**
 * A planned problem on its way to a result directory: what all verbs that infer have in common.
 *
 * @param name of the run, for its record
 * @param request what was asked for on the command line, for the record; empty for a run file
 * @param plan the engine and why
 * @param problem what it is asked
 * @param threads threads; no result depends on it
 * @param seed seed of all random numbers
 * @param minutes time limit, if there is one
 */
record Inference(
        Console console,
        String name,
        Map<String, String> request,
        Plan plan,
        Problem problem,
        int threads,
        long seed,
        Optional<Double> minutes) {

    /** Writes the files of a result beside its record; the names of the figures, in order of interest. */
    @FunctionalInterface
    interface Files {
        List<String> write(Path directory, Result result, Provenance provenance, RandomStream random, Parallel parallel)
                throws IOException;
    }

    /** Tells what is asked of which engine, and what was assumed. */
    void announce(Object what, List<String> remarks) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s: %d parameters, %d data; engine %s: %s%n",
                        what,
                        problem.model().dimension(),
                        problem.model().graph().observedEntries(),
                        plan.engine().name(),
                        plan.reason());
        remarks.forEach(r -> console.out().println("note: " + r));
    }

    /**
     * Answers, writes the result, puts it in its place and tells it.
     *
     * @param target where the workplace puts the result
     * @param sources hashes of the files that determined the result
     * @param resumes true if an interrupted answer goes on when it is asked for again
     * @return the exit code
     */
    int answer(Workplace place, Path target, List<String> sources, boolean resumes, Files files) throws IOException {
        Instant started = Instant.now();
        long start = console.clock().getAsLong();
        RandomStream random = RandomStream.of(seed);
        StatusLine status = new StatusLine(console);
        ExecutorService executor = Machine.workers(threads);
        Thread notice = new Thread(() -> {
            status.clear();
            console.err().println("interrupted" + (resumes ? "; the same command goes on from here" : ""));
        });
        Runtime.getRuntime().addShutdownHook(notice);
        Result result;
        Provenance provenance;
        List<String> figures;
        try {
            Parallel parallel = new Parallel(executor);
            result = plan.engine()
                    .run(
                            problem,
                            new RunContext(
                                    random.split("engine"),
                                    parallel,
                                    status,
                                    budget(start),
                                    place.journal(),
                                    () -> console.secondsSince(start)));
            status.clear();
            Optional<Finding> edge = EdgeCheck.of(problem.model(), result.samples(), parallel);
            result = edge.isPresent() ? result.with(edge.get()) : result;
            provenance = Machine.provenance(
                    threads,
                    seed,
                    started,
                    console.secondsSince(start),
                    place.journal().resumed(),
                    sources);
            figures = files.write(place.directory(), result, provenance, random.split("report"), parallel);
            AtomicFile.write(
                    place.directory().resolve("result.json"),
                    ResultRecord.json(name, request, plan, problem, result, provenance));
            place.finish();
        } finally {
            Runtime.getRuntime().removeShutdownHook(notice);
            status.clear();
            executor.shutdownNow();
        }
        tell(result, target, figures, console.secondsSince(start));
        return result.verdict() == Finding.Severity.DO_NOT_USE ? ExitCode.NOT_USABLE : ExitCode.OK;
    }

    private Budget budget(long start) {
        return () -> minutes.filter(m -> console.secondsSince(start) > 60 * m)
                .map(m -> "the limit of " + m + " minutes was reached; how far the run came depends on the machine");
    }

    private void tell(Result result, Path target, List<String> figures, double seconds) throws IOException {
        console.out().println();
        SummaryCommand.print(target, console.out());
        result.findings().stream()
                .filter(f -> f.severity() != Finding.Severity.OK)
                .forEach(f -> console.out().println("  " + f.check() + ": " + f.message() + "; " + f.remedy()));
        console.out().printf("finished in %s; result in %s%n", StatusLine.duration(seconds), target);
        figures.forEach(f -> console.out().println("  figure " + target.resolve(f)));
    }
}
