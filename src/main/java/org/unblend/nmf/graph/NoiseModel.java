package org.unblend.nmf.graph;

import java.util.List;
import java.util.Optional;
import org.unblend.density.Factorisation;
import org.unblend.density.Factorisation.Noise;
import org.unblend.infer.InvalidRequest;
import org.unblend.model.Observation;
import org.unblend.nmf.Loss;

/**
 * The likelihood of an observation as a loss with weights.
 *
 * @param loss the divergence
 * @param weights {@code [entries of the observation]}: {@code weight / sd^2} for Normal data, {@code weight * shape} for
 *     Gamma data, the weight itself for Poisson data; empty if the data are sparse and all have {@code even}
 * @param even the weight of every entry where there are no weights, else 1
 */
record NoiseModel(Loss loss, Optional<double[]> weights, double even) {

    static NoiseModel of(Factorisation graph) {
        Loss loss = switch (graph.noise()) {
            case NORMAL -> Loss.NORMAL;
            case POISSON -> Loss.POISSON;
            case GAMMA -> Loss.gamma(1);
        };
        Observation x = graph.x();
        if (x.sparse().isPresent() && graph.scale().flatMap(s -> s.node()).isEmpty()) {
            return new NoiseModel(loss, Optional.empty(), even(graph));
        }
        double[] size = graph.knownScale().orElseThrow(() -> {
            Factorisation.Scale scale = graph.scale().orElseThrow();
            return new InvalidRequest(
                    "N003",
                    "the " + scale.argument() + " of " + x.name() + ", "
                            + scale.node().orElseThrow().name() + ", is not known",
                    "fix it, or ask for the posterior");
        });
        double[] observed = x.weights();
        double[] weights = graph.weights(size);
        if (graph.noise() != Noise.POISSON) {
            for (int e = 0; e < weights.length; e++) {
                if (observed[e] > 0) {
                    computable(weights[e], x, e);
                }
            }
        }
        return new NoiseModel(loss, Optional.of(weights), 1);
    }

    /** The weight that all entries share. */
    private static double even(Factorisation graph) {
        if (graph.noise() == Noise.POISSON) {
            return 1;
        }
        double size = graph.scale().orElseThrow().even().orElseThrow();
        return computable(graph.noise() == Noise.NORMAL ? 1 / size / size : size, graph.x(), 0);
    }

    /** A weight, refused if it vanishes or overflows: an entry that counts would be missing. */
    private static double computable(double weight, Observation x, int entry) {
        if (weight > 0 && weight < Double.POSITIVE_INFINITY) {
            return weight;
        }
        throw new InvalidRequest(
                "N007",
                "the weight of " + x.name() + " at " + label(x, entry) + " comes out as " + weight,
                "rescale the data and their errors");
    }

    private static String label(Observation x, int entry) {
        StringBuilder label = new StringBuilder();
        int[] strides = x.dims().strides();
        for (int a = 0; a < strides.length; a++) {
            List<String> labels = x.dims().axes().get(a).labels();
            label.append(a == 0 ? "" : ",").append(labels.get(entry / strides[a] % labels.size()));
        }
        return label.toString();
    }
}
