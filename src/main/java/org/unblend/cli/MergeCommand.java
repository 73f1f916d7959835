package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unblend.infer.Plan;
import org.unblend.infer.Problem;
import org.unblend.infer.Task;
import org.unblend.io.NestedRecord;
import org.unblend.io.Workplace;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code merge}: results of one run with different seeds as one result. */
@Command(
        name = "merge",
        description = {
            "Merges results of nested sampling of one model, with the same priors and data and different seeds:",
            "one result with the live points of all, and an evidence with a smaller error."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Refined evidences are not merged: the merged one is that of nested sampling, with its error.",
            "Example: unblend merge results/a results/b --out results/ab"
        })
final class MergeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", arity = "2..*", description = "result directories of 'unblend run'")
    private List<Path> directories;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "directory of the merged result")
    private Path out;

    @Option(
            names = "--lamda",
            paramLabel = "DIR",
            description = "LAMDA files of the molecules, if the results were made with --lamda")
    private Path lamda;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads; no result depends on it (default: all cores)")
    private int threads = Runtime.getRuntime().availableProcessors();

    private final Console console;

    MergeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (threads < 1) {
            throw new BadInput("C001", Place.of(out), "--threads is " + threads, "give at least one thread");
        }
        List<NestedRecord> heads = heads();
        LoadedRun run = load(heads.get(0));
        Mistakes mistakes = new Mistakes();
        List<NestedRecord> records = new ArrayList<>();
        heads.forEach(h -> mistakes.attempt(
                        () -> NestedRecord.read(h.directory(), run.model().names()))
                .ifPresent(records::add));
        mistakes.throwIfAny();
        MergedEngine engine = new MergedEngine(records);
        Set<Task> tasks = Set.of(Task.POSTERIOR, Task.EVIDENCE);
        Problem problem = new Problem(run.model(), tasks, run.file().precision(), Map.of());
        Inference inference = new Inference(
                console,
                run.file().name(),
                Map.of(
                        NestedRecord.MERGED,
                        records.stream().map(r -> r.directory().toString()).collect(Collectors.joining(" ")),
                        "seeds",
                        records.stream().map(r -> Long.toString(r.seed())).collect(Collectors.joining(" "))),
                new Plan(engine, engine.match(run.model(), tasks).reason(), List.of()),
                problem,
                threads,
                records.get(0).seed(),
                Optional.empty());
        List<String> sources = Stream.concat(
                        run.sources().stream(),
                        records.stream()
                                .map(r -> LoadedRun.Source.of(
                                        r.directory().resolve("nested").resolve("points.csv"))))
                .map(LoadedRun.Source::toString)
                .toList();
        try (Workplace place = Workplace.open(
                RunCommand.beside(out), out, "merge|" + run.model().fingerprint(), true)) {
            inference.announce(run.file().name(), List.of());
            return inference.answer(place, out, sources, false, RunCommand.drawFiles(run));
        }
    }

    /** What the directories say, if they are of one problem and independent. */
    private List<NestedRecord> heads() {
        Mistakes mistakes = new Mistakes();
        List<NestedRecord> heads = new ArrayList<>();
        Set<Path> named = new HashSet<>();
        for (Path directory : directories) {
            if (!named.add(directory.toAbsolutePath().normalize())) {
                mistakes.add("W009", Place.of(directory), "is named twice", "name each result once");
            } else {
                mistakes.attempt(() -> NestedRecord.head(directory)).ifPresent(heads::add);
            }
        }
        Map<Long, Path> seeds = new HashMap<>();
        for (NestedRecord h : heads) {
            if (h.merged()) {
                mistakes.add(
                        "W014",
                        Place.of(h.directory()),
                        "is itself merged, and its parts could count twice",
                        "name the results that it was made of");
            } else if (!h.modelHash().equals(heads.get(0).modelHash())) {
                mistakes.add(
                        "W014",
                        Place.of(h.directory()),
                        "its model, priors or data are not those of "
                                + heads.get(0).directory(),
                        "merge results of one run file, made with different seeds; 'compare' sets others side by side");
            } else if (seeds.putIfAbsent(h.seed(), h.directory()) != null) {
                mistakes.add(
                        "W014",
                        Place.of(h.directory()),
                        "has the seed " + h.seed() + ", as has " + seeds.get(h.seed())
                                + ", so they are not independent",
                        "run it again with --seed and another number");
            }
        }
        mistakes.throwIfAny();
        return heads;
    }

    /** The run file behind a result, as it was then. */
    private LoadedRun load(NestedRecord head) {
        Optional<Path> file = head.sources().stream().findFirst();
        if (file.isEmpty() || !Files.isRegularFile(file.get())) {
            throw new BadInput(
                    "W014",
                    Place.of(head.directory()),
                    "its run file " + file.map(f -> "'" + f + "' ").orElse("") + "is not there",
                    "merge where it was run: names of its files are relative to that directory");
        }
        LoadedRun run = RunLoader.load(file.get(), Optional.ofNullable(lamda));
        if (!run.model().fingerprint().equals(head.modelHash())) {
            throw new BadInput(
                    "W014",
                    Place.of(file.get()),
                    "its model, priors or data have changed since " + head.directory() + " was made",
                    "merge with the files as they were, or run again");
        }
        return run;
    }
}
