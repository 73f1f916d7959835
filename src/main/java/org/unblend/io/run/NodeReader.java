package org.unblend.io.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.GraphBuilder;
import org.unblend.model.InvalidModel;
import org.unblend.model.Nearest;
import org.unblend.model.Op;
import org.unblend.radiative.LineUnit;

/** Reads the nodes of a model file into a graph builder. */
final class NodeReader {
    private static final List<String> KINDS = Stream.concat(
                    Stream.of("parameter", "data", "constant", "observe"), OpReader.KINDS.stream())
            .toList();

    private final GraphBuilder builder;
    private final Map<String, Axis> axes;
    private final Map<String, Prior> priors;
    private final Map<String, Column> data;
    private final Optional<Path> lamda;
    private final OpReader ops;
    private final Mistakes mistakes;
    private final List<String> usedPriors = new ArrayList<>();
    private final List<String> usedData = new ArrayList<>();

    NodeReader(
            GraphBuilder builder,
            Map<String, Axis> axes,
            Map<String, Prior> priors,
            Map<String, Column> data,
            ForwardReader forward,
            Optional<Path> lamda,
            Mistakes mistakes) {
        this.builder = builder;
        this.axes = axes;
        this.priors = priors;
        this.data = data;
        this.lamda = lamda;
        this.ops = new OpReader(axes, forward, mistakes);
        this.mistakes = mistakes;
    }

    /** Names of the parameters, which take priors. */
    List<String> usedPriors() {
        return usedPriors;
    }

    /** Names of the nodes that take data. */
    List<String> usedData() {
        return usedData;
    }

    /** Reads one entry of the list of nodes; the names of the nodes that it makes. */
    List<String> read(Fields node) {
        Optional<String> kind = node.keys().stream().filter(KINDS::contains).findFirst();
        if (kind.isEmpty()) {
            String first = node.keys().isEmpty() ? "" : node.keys().get(0);
            mistakes.add(
                    "M047",
                    node.placeOf(first),
                    "no kind of node is called '" + first + "'",
                    Nearest.hint(first, KINDS));
            return List.of();
        }
        String name = node.text(kind.get());
        if (name.isBlank()) {
            return List.of();
        }
        List<String> names = List.of(name);
        try {
            switch (kind.get()) {
                case "parameter" -> parameter(name, node);
                case "data" -> data(name, node);
                case "constant" -> constant(name, node);
                case "observe" -> observe(name, node);
                default -> {
                    Optional<Op> op = ops.read(kind.get(), node);
                    if (op.isPresent()) {
                        names = ErrorNodes.add(builder, name, op.get(), node);
                    }
                }
            }
        } catch (InvalidModel e) {
            e.flaws().forEach(f -> mistakes.add(f.code(), node.place(), f.reason(), f.remedy()));
        }
        node.done();
        return names;
    }

    private void parameter(String name, Fields node) {
        usedPriors.add(name);
        String unit = node.text("unit", "");
        String latex = node.text("latex", "");
        Optional<Dims> dims = dims(node);
        Prior prior = priors.get(name);
        if (prior == null) {
            mistakes.add(
                    "M048",
                    node.place(),
                    "the parameter '" + name + "' has no prior",
                    "add it to the prior set; " + Nearest.hint(name, priors.keySet()));
        } else if (!prior.unit().isEmpty() && !unit.isEmpty() && !prior.unit().equals(unit)) {
            mistakes.add(
                    "M049",
                    prior.place(),
                    "the prior of '" + name + "' is in " + prior.unit() + ", the parameter in " + unit,
                    "give the prior in " + unit);
        } else {
            dims.ifPresent(d -> builder.parameter(name, d, unit, latex, prior.distribution()));
        }
    }

    private void data(String name, Fields node) {
        String unit = node.text("unit", "");
        column(name, node).ifPresent(values -> builder.constant(name, dims(node).orElseThrow(), unit, values));
    }

    private void constant(String name, Fields node) {
        String unit = node.text("unit", "");
        List<Json> items = node.find("value").map(List::of).orElseGet(() -> node.items("values"));
        double[] values = items.stream()
                .map(node::asNumber)
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .toArray();
        dims(node).ifPresent(d -> builder.constant(name, d, unit, values));
    }

    private void observe(String name, Fields node) {
        String unit = node.text("unit", "");
        Optional<Distribution> likelihood = DistributionReader.read(node, List.of("observe", "unit", "axes"), mistakes);
        column(name, node).ifPresent(values -> {
            double[] weights = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                weights[i] = Double.isNaN(values[i]) ? 0 : 1;
            }
            likelihood.ifPresent(l -> builder.observe(name, dims(node).orElseThrow(), unit, l, values, weights));
        });
    }

    /** The data of a node, in the order of its one axis. */
    private Optional<double[]> column(String name, Fields node) {
        usedData.add(name);
        Optional<Dims> dims = dims(node);
        Column column = data.get(name);
        if (column == null) {
            mistakes.add(
                    "M050",
                    node.place(),
                    "the run gives no data for '" + name + "'",
                    "add it under \"data\" in the run file; " + Nearest.hint(name, data.keySet()));
            return Optional.empty();
        }
        if (dims.isPresent() && dims.get().axes().size() != 1) {
            mistakes.add(
                    "M051",
                    node.place(),
                    "'" + name + "' has " + dims.get() + ", but a column of a table fills one axis",
                    "give it one axis");
            return Optional.empty();
        }
        Optional<double[]> values = dims.flatMap(
                d -> mistakes.attempt(() -> ColumnReader.read(column, d.axes().get(0))));
        if (column.lines().isPresent() && values.isPresent()) {
            LineData lines = column.lines().get();
            String unit = node.text("unit", "");
            if (!unit.equals(LineUnit.KELVIN.toString())) {
                mistakes.add(
                        "R009",
                        lines.place(),
                        "'" + name + "' has the unit '" + unit + "' in the model, but lines become " + LineUnit.KELVIN,
                        "give the node the unit " + LineUnit.KELVIN + ", or take the unit out of the run file");
            } else {
                lines.toKelvin(values.get(), dims.orElseThrow().axes().get(0).labels(), lamda, mistakes);
            }
        }
        return values;
    }

    private Optional<Dims> dims(Fields node) {
        List<String> names = node.texts("axes");
        Map<String, Axis> found = new HashMap<>();
        for (String name : names) {
            if (axes.containsKey(name)) {
                found.put(name, axes.get(name));
            } else {
                mistakes.add(
                        "M052",
                        node.placeOf("axes"),
                        "no axis is called '" + name + "'",
                        Nearest.hint(name, axes.keySet()));
            }
        }
        return found.size() == names.size()
                ? Optional.of(new Dims(names.stream().map(found::get).toList()))
                : Optional.empty();
    }
}
