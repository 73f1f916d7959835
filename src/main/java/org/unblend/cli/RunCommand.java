package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.unblend.infer.Budget;
import org.unblend.infer.Finding;
import org.unblend.infer.Provenance;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.io.AtomicFile;
import org.unblend.io.ResultRecord;
import org.unblend.io.Workplace;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunFile;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: answers a run file and writes a result directory. */
@Command(
        name = "run",
        description = "Runs an inference and writes its result: tables, figures, exports.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "An interrupted run goes on where it stopped when it is started again.",
            "Example: unblend run runs/ngc1068.json"
        })
final class RunCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HHmmss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Mixin
    private final Options options = new Options();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "directory of the result (default: results/<run>/<time>, with a link 'latest')")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "seed of all random numbers (default: that of the run file, or 1)")
    private Long seed;

    @Option(names = "--fresh", description = "discard what an interrupted run left and start over")
    private boolean fresh;

    private final Console console;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Setup setup = Setup.of(options);
        RunFile file = setup.run().file();
        long chosen = seed != null ? seed : file.seed().orElse(1);
        Path home = Path.of("results").resolve(file.name());
        Instant started = Instant.now();
        Path result = out != null ? out : home.resolve(STAMP.format(started));
        Path unfinished = out != null ? beside(out) : home.resolve("unfinished");
        try (Workplace place = Workplace.open(unfinished, result, key(setup, chosen), fresh)) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%s: %d parameters, %d data; engine %s: %s%n",
                            file.name(),
                            setup.run().model().dimension(),
                            setup.run().model().observedEntries(),
                            setup.plan().engine().name(),
                            setup.plan().reason());
            if (place.journal().resumed()) {
                console.out().println("resuming the interrupted run in " + unfinished);
            }
            ExecutorService executor = Machine.workers(options.threads);
            try {
                Finding.Severity verdict = execute(setup, chosen, place, result, started, new Parallel(executor));
                return verdict == Finding.Severity.DO_NOT_USE ? ExitCode.NOT_USABLE : ExitCode.OK;
            } finally {
                executor.shutdownNow();
            }
        }
    }

    /** Where a result works that is to lie in a place of the user's choice. */
    static Path beside(Path out) {
        Path full = out.toAbsolutePath().normalize();
        return full.resolveSibling(full.getFileName() + ".unfinished");
    }

    private Finding.Severity execute(
            Setup setup, long chosen, Workplace place, Path target, Instant started, Parallel parallel)
            throws IOException {
        long start = console.clock().getAsLong();
        RandomStream random = RandomStream.of(chosen);
        StatusLine status = new StatusLine(console);
        Thread notice = new Thread(() -> {
            status.clear();
            console.err().println("interrupted; the same command goes on from here");
        });
        Runtime.getRuntime().addShutdownHook(notice);
        Result result;
        Provenance provenance;
        List<String> figures;
        try {
            RunContext context =
                    new RunContext(random.split("engine"), parallel, status, budget(setup, start), place.journal());
            result = setup.plan().engine().run(setup.problem(), context);
            status.clear();
            ResultFiles files = new ResultFiles(
                    place.directory(),
                    setup.run().file().name(),
                    reported(setup.run()),
                    result,
                    random.split("report"),
                    parallel);
            provenance = Machine.provenance(
                    options.threads,
                    chosen,
                    started,
                    console.secondsSince(start),
                    place.journal().resumed(),
                    setup.run().sources().stream()
                            .map(LoadedRun.Source::toString)
                            .toList());
            figures = files.write(provenance);
            AtomicFile.write(
                    place.directory().resolve("result.json"),
                    ResultRecord.json(setup.run(), setup.plan(), setup.problem(), result, provenance));
            place.finish();
        } finally {
            Runtime.getRuntime().removeShutdownHook(notice);
        }
        if (out == null) {
            Workplace.link(target.resolveSibling("latest"), target);
        }
        tell(result, target, figures, provenance.seconds());
        return result.verdict();
    }

    private static Reported reported(LoadedRun run) {
        Map<String, String> units = new LinkedHashMap<>();
        run.file().report().forEach((node, report) -> units.put(node, report.unit()));
        return new Reported(run.model(), units);
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

    private Budget budget(Setup setup, long start) {
        Optional<Double> minutes = setup.run().file().minutes();
        return () -> minutes.filter(m -> console.secondsSince(start) > 60 * m)
                .map(m -> "the limit of " + m + " minutes was reached; how far the run came depends on the machine");
    }

    /** Everything that the recorded evaluations of a run depend on. */
    static String key(Setup setup, long seed) {
        return String.join(
                "|",
                Version.text(),
                setup.run().model().fingerprint(),
                Long.toString(seed),
                setup.plan().engine().name(),
                new TreeMap<>(setup.problem().knobs()).toString(),
                setup.problem().precision().toString());
    }
}
