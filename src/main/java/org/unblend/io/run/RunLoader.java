package org.unblend.io.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Deterministic;
import org.unblend.model.ModelGraph;
import org.unblend.model.Nearest;
import org.unblend.model.Node;

/** Loads a run file and all that it names. */
public final class RunLoader {
    private RunLoader() {}

    /**
     * The run, compiled.
     *
     * @param lamda directory of LAMDA files to use instead of the built-in molecules, if any
     * @throws BadInput with every mistake in the run file and, unless that is broken, in the priors, the data and the
     *     model
     */
    public static LoadedRun load(Path file, Optional<Path> lamda) {
        Mistakes mistakes = new Mistakes();
        RunFile run = RunReader.read(file, mistakes);
        mistakes.throwIfAny();
        Optional<Map<String, Prior>> priors = run.priors().isEmpty()
                ? Optional.of(Map.of())
                : mistakes.attempt(() -> PriorsReader.read(run.priors().get(), mistakes));
        if (priors.isEmpty()) {
            // Without the file every parameter would lack its prior, which is no news.
            mistakes.throwIfAny();
        }
        ModelReader reader = new ModelReader(priors.orElseThrow(), run, lamda, mistakes);
        Optional<ModelGraph> graph = mistakes.attempt(() -> reader.read(run.model(), new ForwardReaders(lamda)))
                .flatMap(g -> g);
        graph.ifPresent(g -> checkReport(run, g, mistakes));
        Map<String, double[]> truth =
                graph.map(g -> CompareReader.truth(run, g, mistakes)).orElse(Map.of());
        Map<String, double[]> start = graph.flatMap(g -> run.init()
                        .map(i -> new FactorTables("R017", "'init'", i.place()).read(i.tables(), g, mistakes)))
                .orElse(Map.of());
        mistakes.throwIfAny();
        List<LoadedRun.Source> sources = new ArrayList<>();
        List<Path> files = new ArrayList<>(List.of(file, run.model()));
        run.priors().ifPresent(files::add);
        run.data().values().stream()
                .flatMap(d -> d.sources().stream())
                .distinct()
                .forEach(files::add);
        run.compare().ifPresent(c -> files.addAll(c.truth().values()));
        run.init().ifPresent(i -> files.addAll(i.tables().values()));
        run.start()
                .map(s -> s.directory().resolve("nested").resolve("points.csv"))
                .filter(Files::isRegularFile)
                .ifPresent(files::add);
        files.forEach(f -> sources.add(LoadedRun.Source.of(f)));
        return new LoadedRun(
                run, new CompiledModel(graph.orElseThrow()), truth, start, reader.maps(), List.copyOf(sources));
    }

    private static void checkReport(RunFile run, ModelGraph graph, Mistakes mistakes) {
        List<String> known = graph.nodes().stream()
                .filter(Deterministic.class::isInstance)
                .map(Node::name)
                .toList();
        run.report().forEach((node, report) -> {
            if (!known.contains(node)) {
                mistakes.add(
                        "R013",
                        report.place(),
                        "'" + node + "' is no node of the model that follows from others",
                        known.isEmpty() ? "the model has none: leave the report out" : Nearest.hint(node, known));
            }
        });
    }
}
