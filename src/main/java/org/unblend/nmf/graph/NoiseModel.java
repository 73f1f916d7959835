package org.unblend.nmf.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.infer.InvalidRequest;
import org.unblend.model.Arg;
import org.unblend.model.Constant;
import org.unblend.model.Independent;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.family.GammaMean;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.nmf.Loss;

/**
 * The likelihood of an observation as a loss with weights.
 *
 * @param mean name of the node that is the mean
 * @param loss the divergence
 * @param weights {@code [entries of the observation]}: {@code weight / sd^2} for Normal data, {@code weight * shape} for
 *     Gamma data, the weight itself for Poisson data; empty if the data are sparse and all have {@code even}
 * @param even the weight of every entry where there are no weights, else 1
 */
record NoiseModel(String mean, Loss loss, Optional<double[]> weights, double even) {

    static NoiseModel of(ModelGraph graph, Observation x) {
        Independent likelihood = (Independent) x.likelihood();
        Optional<NoiseModel> sparse = x.sparse().flatMap(s -> ofSparse(x, likelihood));
        if (sparse.isPresent()) {
            return sparse.get();
        }
        double[] weights = x.weights();
        if (likelihood.family() instanceof Normal) {
            double[] sd = fixed(graph, x, likelihood, 1);
            Arrays.setAll(weights, e -> weights[e] > 0 ? computable(weights[e] / sd[e] / sd[e], x, e) : 0);
            return new NoiseModel(mean(x, likelihood.args().get(0)), Loss.NORMAL, Optional.of(weights), 1);
        }
        if (likelihood.family() instanceof Poisson) {
            return new NoiseModel(mean(x, likelihood.args().get(0)), Loss.POISSON, Optional.of(weights), 1);
        }
        if (likelihood.family() instanceof GammaMean) {
            double[] shape = fixed(graph, x, likelihood, 0);
            Arrays.setAll(weights, e -> weights[e] > 0 ? computable(weights[e] * shape[e], x, e) : 0);
            return new NoiseModel(mean(x, likelihood.args().get(1)), Loss.gamma(1), Optional.of(weights), 1);
        }
        throw new InvalidRequest(
                "N002",
                x.name() + " is " + likelihood,
                "a factorisation takes normal(mean, sd), poisson(mean) or gamma(shape, mean) data");
    }

    /** The noise of sparse data, if all entries have the same. */
    private static Optional<NoiseModel> ofSparse(Observation x, Independent likelihood) {
        List<Arg> args = likelihood.args();
        if (likelihood.family() instanceof Poisson) {
            return Optional.of(new NoiseModel(mean(x, args.get(0)), Loss.POISSON, Optional.empty(), 1));
        }
        if (likelihood.family() instanceof Normal && args.get(1) instanceof Arg.Value sd) {
            double even = computable(1 / sd.value() / sd.value(), x, 0);
            return Optional.of(new NoiseModel(mean(x, args.get(0)), Loss.NORMAL, Optional.empty(), even));
        }
        if (likelihood.family() instanceof GammaMean && args.get(0) instanceof Arg.Value shape) {
            return Optional.of(new NoiseModel(
                    mean(x, args.get(1)), Loss.gamma(1), Optional.empty(), computable(shape.value(), x, 0)));
        }
        return Optional.empty();
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

    private static String mean(Observation x, Arg mean) {
        if (mean instanceof Arg.Ref ref) {
            return ref.node();
        }
        throw new InvalidRequest("N002", "the mean of " + x.name() + " is a number", "make it the product of W and H");
    }

    /** The values of an argument that must be known, per entry of the observation. */
    private static double[] fixed(ModelGraph graph, Observation x, Independent likelihood, int argument) {
        double[] values = new double[x.dims().size()];
        if (likelihood.args().get(argument) instanceof Arg.Value v) {
            Arrays.fill(values, v.value());
            return values;
        }
        Node node =
                graph.node(((Arg.Ref) likelihood.args().get(argument)).node()).orElseThrow();
        if (node instanceof Constant c) {
            int[] source = x.dims().spread(c.dims());
            double[] given = c.values();
            Arrays.setAll(values, e -> given[source[e]]);
            return values;
        }
        throw new InvalidRequest(
                "N003",
                "the " + likelihood.argumentNames().get(argument) + " of " + x.name() + ", " + node.name()
                        + ", is not known",
                "fix it, or ask for the posterior");
    }
}
