package org.unblend.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.math.Sparse;
import org.unblend.model.Arg;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.Entries;
import org.unblend.model.GraphBuilder;
import org.unblend.model.Independent;
import org.unblend.model.InvalidModel;
import org.unblend.model.ModelGraph;
import org.unblend.model.Nearest;
import org.unblend.model.family.Families;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/** Builds the graph {@code X ~ noise(mean = W H)} that a command line describes. */
final class FactorModel {
    private static final String COMPONENT = "component";
    /** Priors of the command line with the arguments that they take, in order. */
    private static final Map<String, List<String>> PRIORS = Map.of(
            "flat", List.of(),
            "exponential", List.of("rate"),
            "half_normal", List.of("scale"),
            "gamma", List.of("shape", "rate"),
            "truncated_normal", List.of("mean", "sd"));

    private FactorModel() {}

    /** The noise of the data. */
    enum Noise {
        NORMAL,
        POISSON,
        GAMMA
    }

    /**
     * A graph in which both factors are unknown.
     *
     * @throws InvalidModel if the data do not fit the noise
     */
    static ModelGraph free(MatrixData data, int rank, Noise noise, double shape, String priorOfW, String priorOfH) {
        Axis features = features(data);
        Axis components = components(rank);
        GraphBuilder graph =
                ModelGraph.named("factorisation").parameter("W", Dims.of(features, components), prior(priorOfW));
        return observed(graph, data, features, components, noise, shape, priorOfH);
    }

    /** A graph in which W is given. */
    static ModelGraph given(MatrixData data, LabelledMatrix w, Noise noise, double shape, String priorOfH) {
        Axis features = new Axis("feature", w.rowNames("row"));
        Axis components = new Axis(COMPONENT, w.columnNames(COMPONENT));
        GraphBuilder graph = ModelGraph.named("transformation")
                .constant(
                        "W",
                        Dims.of(features, components),
                        "",
                        MatrixData.flat(w.values().dense()));
        return observed(graph, data, features, components, noise, shape, priorOfH);
    }

    private static ModelGraph observed(
            GraphBuilder graph,
            MatrixData data,
            Axis features,
            Axis components,
            Noise noise,
            double shape,
            String priorOfH) {
        Axis samples = new Axis("sample", data.x().columnNames("column"));
        graph.parameter("H", Dims.of(components, samples), prior(priorOfH));
        return observed(graph, data, features, samples, noise, Arg.of(shape), Arg.of(1));
    }

    /**
     * Adds the product and the data.
     *
     * @param shape of Gamma noise
     * @param sd of Normal noise where the data do not come with their own
     */
    static ModelGraph observed(
            GraphBuilder graph, MatrixData data, Axis features, Axis samples, Noise noise, Arg shape, Arg sd) {
        Dims dims = Dims.of(features, samples);
        graph.product("mean", "W", "H");
        data.sd().ifPresent(s -> graph.constant("sd", dims, "", MatrixData.flat(s)));
        Distribution likelihood = switch (noise) {
            case NORMAL -> Normal.mean("mean").sd(data.sd().isPresent() ? Arg.of("sd") : sd);
            case POISSON -> Poisson.mean("mean");
            case GAMMA -> Gamma.shape(shape).mean("mean");
        };
        return graph.observe("X", dims, "", likelihood, entries(data)).build();
    }

    private static Entries entries(MatrixData data) {
        return data.x().values() instanceof Sparse stored
                ? new Entries.Stored(stored)
                : new Entries.Each(
                        MatrixData.flat(data.x().values().dense()),
                        MatrixData.flat(data.weights().orElseThrow()));
    }

    /** The axes of the features and of this many components. */
    static Axis features(MatrixData data) {
        return new Axis("feature", data.x().rowNames("row"));
    }

    static Axis components(int rank) {
        return new Axis(
                COMPONENT,
                IntStream.rangeClosed(1, rank).mapToObj(k -> COMPONENT + k).toList());
    }

    /**
     * A prior as the command line writes it: {@code exponential:2}, {@code gamma:2,1}, {@code flat}.
     *
     * @throws InvalidModel if there is no such prior or its arguments are wrong
     */
    static Independent prior(String text) {
        String[] parts = text.split(":", 2);
        String name = parts[0].strip().replace('-', '_');
        if (!PRIORS.containsKey(name)) {
            throw new InvalidModel(
                    "M014",
                    "",
                    "no prior of a factor is called '" + name + "'",
                    Nearest.hint(name, new TreeSet<>(PRIORS.keySet())));
        }
        if (name.equals("flat") && parts.length == 1) {
            return Flat.nonNegative();
        }
        List<String> names = PRIORS.get(name);
        String[] given = parts.length == 1 ? new String[0] : parts[1].split(",", -1);
        Map<String, Arg> arguments = new HashMap<>();
        try {
            for (int i = 0; i < Math.min(given.length, names.size()); i++) {
                arguments.put(names.get(i), Arg.of(Double.parseDouble(given[i].strip())));
            }
        } catch (NumberFormatException e) {
            arguments.clear();
        }
        if (arguments.size() != names.size() || given.length != names.size()) {
            throw new InvalidModel(
                    "M015", "", "'" + text + "' does not give the numbers of " + name, "write " + form(name, names));
        }
        if (name.equals("truncated_normal")) {
            arguments.put("low", Arg.of(0));
        }
        return Families.distribution(name, arguments);
    }

    private static String form(String name, List<String> arguments) {
        return arguments.isEmpty()
                ? name
                : name + ":" + String.join(",", arguments).toUpperCase(Locale.ROOT);
    }
}
