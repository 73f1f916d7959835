package org.unblend.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
    /** Name of the node that the data scatter around. */
    static final String MEAN = "mean";

    /** Priors of the command line with the arguments that they take, in order. */
    private static final Map<String, List<String>> PRIORS = Map.of(
            "flat", List.of(),
            "exponential", List.of("rate"),
            "half_normal", List.of("scale"),
            "gamma", List.of("shape", "rate"),
            "log_normal", List.of("mu", "sigma"),
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
        return FactorBlocks.of(KnownComponent.free(rank, priorOfW, priorOfH))
                .graph("factorisation", data, noise, shape);
    }

    /**
     * Adds the product and the data.
     *
     * @param shape of Gamma noise
     * @param sd of Normal noise where the data do not come with their own
     */
    static ModelGraph observed(
            GraphBuilder graph, MatrixData data, Axis features, Axis samples, Noise noise, Arg shape, Arg sd) {
        return noisy(graph.product(MEAN, "W", "H"), data, features, samples, noise, shape, sd);
    }

    /** Adds the data, which scatter around the node {@link #MEAN}; see {@link #observed}. */
    static ModelGraph noisy(
            GraphBuilder graph, MatrixData data, Axis features, Axis samples, Noise noise, Arg shape, Arg sd) {
        Dims dims = Dims.of(features, samples);
        data.sd().ifPresent(s -> graph.constant("sd", dims, "", MatrixData.flat(s)));
        Distribution likelihood = switch (noise) {
            case NORMAL -> Normal.mean(MEAN).sd(data.sd().isPresent() ? Arg.of("sd") : sd);
            case POISSON -> Poisson.mean(MEAN);
            case GAMMA -> Gamma.shape(shape).mean(MEAN);
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

    /** The axis of the samples. */
    static Axis samples(MatrixData data) {
        return new Axis("sample", data.x().columnNames("column"));
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
        if (PriorList.split(text).size() > 1) {
            throw new InvalidModel(
                    "M015",
                    "",
                    "'" + text + "' is a list of priors, and here all components share one",
                    "give one prior");
        }
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
