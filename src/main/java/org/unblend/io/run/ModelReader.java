package org.unblend.io.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.io.maps.MapStack;
import org.unblend.model.Axis;
import org.unblend.model.Flaw;
import org.unblend.model.GraphBuilder;
import org.unblend.model.InvalidModel;
import org.unblend.model.ModelGraph;
import org.unblend.model.Nearest;

/**
 * Reads a model file, format {@code model/1}, and builds the graph with the priors and data of a run. A node's kind is
 * its first key, whose value is its name: {@code { "parameter": "T_kin", "unit": "K" }}.
 */
final class ModelReader {
    private final Mistakes mistakes;
    private final Map<String, Prior> priors;
    private final Map<String, DataEntry> data;
    private final Map<String, RunFile.GivenAxis> axes;
    private final Optional<Path> lamda;
    private final Map<String, Place> places = new HashMap<>();
    private Optional<MapStack> maps = Optional.empty();

    /**
     * @param priors the priors of the run, which come before those of the model file
     * @param lamda directory of LAMDA files, or empty for the built-in molecules
     */
    ModelReader(Map<String, Prior> priors, RunFile run, Optional<Path> lamda, Mistakes mistakes) {
        this.priors = new LinkedHashMap<>(priors);
        this.data = run.data();
        this.axes = run.axes();
        this.lamda = lamda;
        this.mistakes = mistakes;
    }

    /** The graph, or empty with notes in the mistakes. */
    Optional<ModelGraph> read(Path file, ForwardReader forward) {
        Fields fields = Fields.ofFile(file, "model/1", mistakes);
        String name = fields.text("name", "");
        fields.text("about", "");
        PriorsReader.priors(fields.objectOrEmpty("priors"), mistakes).forEach(priors::putIfAbsent);
        Matrices matrices = Matrices.read(data.values(), mistakes);
        maps = matrices.maps().values().stream().findFirst();
        Optional<Map<String, Axis>> filled =
                new AxisReader(axes, matrices.tables(), mistakes).read(fields.objectOrEmpty("axes"));
        if (filled.isEmpty()) {
            // Nodes along an axis that is not there would each be told to lack it.
            return Optional.empty();
        }
        GraphBuilder builder = ModelGraph.named(name);
        NodeReader nodes = new NodeReader(builder, filled.get(), priors, data, matrices, forward, lamda, mistakes);
        for (Json item : fields.items("nodes")) {
            Fields node = Fields.of(item, mistakes);
            nodes.read(node).forEach(n -> places.putIfAbsent(n, node.place()));
        }
        fields.done();
        unused("prior", priors.keySet(), nodes.usedPriors(), n -> priors.get(n).place());
        unused("data", data.keySet(), nodes.usedData(), n -> data.get(n).place());
        if (!mistakes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(builder.build());
        } catch (InvalidModel e) {
            e.flaws().forEach(f -> mistakes.add(f.code(), place(f, file), f.reason(), f.remedy()));
            return Optional.empty();
        }
    }

    /** The maps of the run that were read, the first ones if there are several. */
    Optional<MapStack> maps() {
        return maps;
    }

    private void unused(String what, Iterable<String> given, List<String> used, Function<String, Place> where) {
        for (String name : given) {
            if (!used.contains(name)) {
                mistakes.add(
                        "M046",
                        where.apply(name),
                        "the model has no node '" + name + "' that takes " + (what.equals("data") ? "data" : "a prior"),
                        Nearest.hint(name, used));
            }
        }
    }

    /** What concerns a prior is shown where the prior stands; the rest at the node. */
    private Place place(Flaw flaw, Path file) {
        if (List.of("M010", "M011", "M029", "M032").contains(flaw.code()) && priors.containsKey(flaw.node())) {
            return priors.get(flaw.node()).place();
        }
        if (List.of("M013", "M030", "M033", "M034", "M035", "M037").contains(flaw.code())
                && data.containsKey(flaw.node())) {
            return data.get(flaw.node()).place();
        }
        return places.getOrDefault(flaw.node(), Place.of(file));
    }
}
