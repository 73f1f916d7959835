package org.unblend.io.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Sparse;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.Entries;
import org.unblend.model.GraphBuilder;
import org.unblend.model.InvalidModel;
import org.unblend.model.Nearest;
import org.unblend.model.Op;
import org.unblend.nmf.prepare.Preparation;
import org.unblend.radiative.LineUnit;

/** Reads the nodes of a model file into a graph builder. */
final class NodeReader {
    private static final List<String> KINDS = Stream.concat(
                    Stream.of("parameter", "data", "constant", "observe"), OpReader.KINDS.stream())
            .toList();

    private final GraphBuilder builder;
    private final Map<String, Axis> axes;
    private final Map<String, Prior> priors;
    private final Map<String, DataEntry> data;
    private final Matrices matrices;
    private final Optional<Path> lamda;
    private final OpReader ops;
    private final Mistakes mistakes;
    private final List<String> usedPriors = new ArrayList<>();
    private final List<String> usedData = new ArrayList<>();

    NodeReader(
            GraphBuilder builder,
            Map<String, Axis> axes,
            Map<String, Prior> priors,
            Map<String, DataEntry> data,
            Matrices matrices,
            ForwardReader forward,
            Optional<Path> lamda,
            Mistakes mistakes) {
        this.builder = builder;
        this.axes = axes;
        this.priors = priors;
        this.data = data;
        this.matrices = matrices;
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
        Optional<double[]> values = values(name, node);
        if (data.get(name) instanceof MatrixEntry m && m.weights().isPresent()) {
            mistakes.add("R015", m.place(), "'" + name + "' is no observation, so it has no weights", "take them out");
        }
        if (data.get(name) instanceof MatrixEntry m && !m.preparation().equals(Preparation.NONE)) {
            mistakes.add(
                    "R015",
                    m.place(),
                    "'" + name + "' is no observation, so it cannot be prepared",
                    "take out negatives, scale_rows and transform");
        }
        values.ifPresent(v -> builder.constant(name, dims(node).orElseThrow(), unit, v));
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
        Optional<Entries> sparse = sparse(name, node);
        if (sparse.isPresent() && likelihood.isPresent()) {
            usedData.add(name);
            builder.observe(name, dims(node).orElseThrow(), unit, likelihood.get(), sparse.get());
            return;
        }
        Optional<double[]> values = values(name, node);
        if (values.isEmpty() || likelihood.isEmpty()) {
            return;
        }
        Dims dims = dims(node).orElseThrow();
        weights(data.get(name), values.get(), dims)
                .ifPresent(w -> builder.observe(name, dims, unit, likelihood.get(), values.get(), w));
    }

    /** Data that stay sparse. */
    private Optional<Entries> sparse(String name, Fields node) {
        if (!(data.get(name) instanceof MatrixEntry entry)
                || !matrices.tables()
                        .get(entry)
                        .map(LabelledMatrix::values)
                        .map(Sparse.class::isInstance)
                        .orElse(false)) {
            return Optional.empty();
        }
        Optional<Dims> dims = dims(node).filter(d -> fills(entry, d));
        return dims.flatMap(d -> matrices.tables().get(entry).flatMap(m -> MatrixValues.stored(entry, m, d)));
    }

    /** Weights of an observation: those of their own file, otherwise 1; 0 where a value is missing. */
    private Optional<double[]> weights(DataEntry entry, double[] values, Dims dims) {
        double[] weights = new double[values.length];
        Arrays.fill(weights, 1);
        boolean skip = true;
        if (entry instanceof MatrixEntry m && m.weights().isPresent()) {
            Path file = m.weights().get();
            Optional<double[]> given = mistakes.attempt(() -> MatrixReader.read(file, false))
                    .flatMap(w -> MatrixValues.of(m, file, w, dims, mistakes));
            if (given.isEmpty()) {
                return given;
            }
            weights = given.get();
            skip = matrices.skips(m);
        }
        for (int i = 0; i < values.length && skip; i++) {
            weights[i] = Double.isNaN(values[i]) ? 0 : weights[i];
        }
        return Optional.of(weights);
    }

    /** The data of a node, in the order of its axes; NaN where one is missing. */
    private Optional<double[]> values(String name, Fields node) {
        usedData.add(name);
        Optional<Dims> dims = dims(node);
        DataEntry entry = data.get(name);
        if (entry == null) {
            mistakes.add(
                    "M050",
                    node.place(),
                    "the run gives no data for '" + name + "'",
                    "add it under \"data\" in the run file; " + Nearest.hint(name, data.keySet()));
            return Optional.empty();
        }
        if (entry instanceof Column column) {
            return column(name, node, column, dims);
        }
        return entry instanceof ErrorsEntry errors
                ? dims.flatMap(d -> errors(name, errors, d))
                : dims.flatMap(d -> matrix(name, (MatrixEntry) entry, d));
    }

    /** The standard deviations that came with the maps of another node. */
    private Optional<double[]> errors(String name, ErrorsEntry entry, Dims dims) {
        if (!(data.get(entry.of()) instanceof MatrixEntry m) || m.errors().isEmpty()) {
            mistakes.add(
                    "R021",
                    entry.place(),
                    "'" + entry.of() + "' has no maps of standard deviations",
                    "name them beside its maps, as in \"sd\": [\"co-sd.fits\", \"cs-sd.fits\"]");
            return Optional.empty();
        }
        return Optional.ofNullable(matrices.maps().get(m))
                .filter(s -> named(name, m, dims))
                .flatMap(s -> MatrixValues.of(
                        m,
                        m.errors().get(0),
                        new LabelledMatrix(s.sd().orElseThrow(), s.x().rows(), s.x().columns()),
                        dims,
                        mistakes));
    }

    private Optional<double[]> matrix(String name, MatrixEntry entry, Dims dims) {
        return named(name, entry, dims)
                ? matrices.tables().get(entry).flatMap(m -> MatrixValues.of(entry, entry.matrix(), m, dims, mistakes))
                : Optional.empty();
    }

    private static boolean fills(MatrixEntry entry, Dims dims) {
        List<String> named = List.of(entry.rows().axis(), entry.columns().axis());
        List<String> axes = dims.axes().stream().map(Axis::name).toList();
        return axes.size() == 2 && axes.containsAll(named) && named.containsAll(axes);
    }

    /** True if the matrix names the axes of the node; otherwise there is a note. */
    private boolean named(String name, MatrixEntry entry, Dims dims) {
        boolean named = fills(entry, dims);
        if (!named) {
            List<String> axes = dims.axes().stream().map(Axis::name).toList();
            mistakes.add(
                    "M051",
                    entry.place(),
                    "'" + name + "' has " + dims + " in the model, its matrix "
                            + List.of(entry.rows().axis(), entry.columns().axis()),
                    axes.size() == 2
                            ? "write \"rows\": \"" + axes.get(0) + "\", \"columns\": \"" + axes.get(1)
                                    + "\", or exchange them"
                            : "give the node two axes, or take a column of a table");
        }
        return named;
    }

    private Optional<double[]> column(String name, Fields node, Column column, Optional<Dims> dims) {
        if (dims.isPresent() && dims.get().axes().size() != 1) {
            mistakes.add(
                    "M051",
                    node.place(),
                    "'" + name + "' has " + dims.get() + ", but a column of a table fills one axis",
                    "give it one axis, or take a \"matrix\" with \"rows\" and \"columns\"");
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
