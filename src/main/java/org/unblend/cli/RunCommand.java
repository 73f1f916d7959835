package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.unblend.cli.versus.ComparisonFiles;
import org.unblend.cli.versus.PointSide;
import org.unblend.infer.Task;
import org.unblend.io.AtomicFile;
import org.unblend.io.ResultRecord;
import org.unblend.io.Workplace;
import org.unblend.io.maps.MapStack;
import org.unblend.io.maps.PixelGrid;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunFile;
import org.unblend.nmf.graph.FactorPattern;
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
        LoadedRun loaded = Setup.load(options);
        RunFile file = loaded.file();
        long chosen = seed != null ? seed : file.seed().orElse(1);
        Path home = Path.of("results").resolve(file.name());
        Instant started = Instant.now();
        Path result = out != null ? out : home.resolve(STAMP.format(started));
        Path unfinished = out != null ? beside(out) : home.resolve("unfinished");
        if (RankRun.wanted(loaded)) {
            new RankRun(console, options.threads, chosen)
                    .run(PreparedRun.of(loaded).run(), unfinished, result, fresh);
            if (out == null) {
                Workplace.link(result.resolveSibling("latest"), result);
            }
            return ExitCode.OK;
        }
        Setup setup = Setup.of(loaded);
        boolean point = setup.problem().tasks().equals(Set.of(Task.POINT));
        // A point fit is quick: it starts over.
        try (Workplace place = Workplace.open(unfinished, result, key(setup, chosen), fresh || point)) {
            Inference inference = new Inference(
                    console,
                    file.name(),
                    setup.prepared().isPresent() ? new PreparedRun(setup.run(), setup.prepared()).request() : Map.of(),
                    setup.plan(),
                    setup.problem(),
                    options.threads,
                    chosen,
                    file.minutes());
            inference.announce(file.name(), remarks(loaded));
            if (place.journal().resumed()) {
                console.out().println("resuming the interrupted run in " + unfinished);
            }
            List<String> sources = setup.run().sources().stream()
                    .map(LoadedRun.Source::toString)
                    .toList();
            Inference.Files files = point
                    ? pointFiles(setup)
                    : setup.beside().isPresent() ? comparedFiles(setup) : drawFiles(setup.run());
            int code = inference.answer(place, result, sources, !point, files);
            if (out == null) {
                Workplace.link(result.resolveSibling("latest"), result);
            }
            return code;
        }
    }

    /** Where a result works that is to lie in a place of the user's choice. */
    static Path beside(Path out) {
        Path full = out.toAbsolutePath().normalize();
        return full.resolveSibling(full.getFileName() + ".unfinished");
    }

    private static Inference.Files pointFiles(Setup setup) {
        FactorPattern pattern = FactorPattern.of(setup.run().model().graph());
        Optional<PixelGrid> grid =
                setup.run().maps().map(MapStack::grid).filter(g -> g.names().equals(pattern.samples()));
        return (directory, result, provenance, random, parallel) -> new PointFiles(
                        directory, pattern, setup.plan(), setup.problem(), result, remarks(setup.run()), grid)
                .write(Optional.empty(), setup.prepared(), Optional.empty());
    }

    /** What was left out of maps. */
    private static List<String> remarks(LoadedRun run) {
        return run.maps().map(MapStack::remarks).orElse(List.of());
    }

    /** Those of a posterior. */
    static Inference.Files drawFiles(LoadedRun run) {
        return (directory, result, provenance, random, parallel) -> new ResultFiles(
                        directory, run.file().name(), reported(run), result, random, parallel)
                .write(provenance);
    }

    /** Those of the posterior, the point estimate in a directory of its own, and what the two say together. */
    private static Inference.Files comparedFiles(Setup setup) {
        PointSide planned = setup.beside().orElseThrow();
        return (directory, result, provenance, random, parallel) -> {
            List<String> figures = new ArrayList<>();
            ComparisonFiles.Point point = new ComparisonFiles(
                            setup.run().model(),
                            planned,
                            Setup.PLANNER,
                            setup.run().truth())
                    .write(directory, result, random.split("point"), parallel, figures);
            PointSide side = point.side();
            Path own = directory.resolve("point");
            new PointFiles(
                            own,
                            side.pattern(),
                            side.plan(),
                            side.problem(),
                            point.result(),
                            side.why().stream()
                                    .map(w -> "flat priors, since " + w)
                                    .toList(),
                            Optional.empty())
                    .write(Optional.empty(), Optional.empty(), Optional.empty());
            AtomicFile.write(
                    own.resolve("result.json"),
                    ResultRecord.json(
                            setup.run().file().name(),
                            Map.of(),
                            side.plan(),
                            side.problem(),
                            point.result(),
                            provenance));
            figures.addAll(drawFiles(setup.run()).write(directory, result, provenance, random, parallel));
            return figures;
        };
    }

    private static Reported reported(LoadedRun run) {
        Map<String, String> units = new LinkedHashMap<>();
        run.file().report().forEach((node, report) -> units.put(node, report.unit()));
        return new Reported(run.model(), units);
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
                setup.problem().precision().toString()
                        + setup.run()
                                .file()
                                .start()
                                .map(s -> "|start " + WarmDraws.hash(s))
                                .orElse(""));
    }
}
