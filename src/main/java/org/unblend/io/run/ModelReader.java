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
    private final Map<String, Column> data;
    private final Optional<Path> lamda;
    private final Map<String, Place> places = new HashMap<>();

    /** @param lamda directory of LAMDA files, or empty for the built-in molecules */
    ModelReader(Map<String, Prior> priors, Map<String, Column> data, Optional<Path> lamda, Mistakes mistakes) {
        this.priors = priors;
        this.data = data;
        this.lamda = lamda;
        this.mistakes = mistakes;
    }

    /** The graph, or empty with notes in the mistakes. */
    Optional<ModelGraph> read(Path file, ForwardReader forward) {
        Fields fields = Fields.ofFile(file, "model/1", mistakes);
        String name = fields.text("name", "");
        fields.text("about", "");
        Map<String, Axis> axes = axes(fields.objectOrEmpty("axes"));
        GraphBuilder builder = ModelGraph.named(name);
        NodeReader nodes = new NodeReader(builder, axes, priors, data, forward, lamda, mistakes);
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

    private Map<String, Axis> axes(Fields fields) {
        Map<String, Axis> axes = new LinkedHashMap<>();
        for (String name : fields.keys()) {
            Json value = fields.require(name).orElseThrow();
            try {
                if (value instanceof Json.Num n && n.value() >= 1 && n.value() == Math.rint(n.value())) {
                    axes.put(name, Axis.of(name, (int) n.value()));
                } else {
                    axes.put(name, new Axis(name, fields.texts(name)));
                }
            } catch (InvalidModel e) {
                e.flaws().forEach(f -> mistakes.add(f.code(), value.place(), f.reason(), f.remedy()));
            }
        }
        return axes;
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
        if (List.of("M013", "M033", "M034", "M035").contains(flaw.code()) && data.containsKey(flaw.node())) {
            return data.get(flaw.node()).place();
        }
        return places.getOrDefault(flaw.node(), Place.of(file));
    }
}
