package org.unblend.nmf.graph;

import java.util.Arrays;
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
 *     Gamma data, the weight itself for Poisson data
 */
record NoiseModel(String mean, Loss loss, double[] weights) {

    static NoiseModel of(ModelGraph graph, Observation x) {
        Independent likelihood = (Independent) x.likelihood();
        double[] weights = x.weights();
        if (likelihood.family() instanceof Normal) {
            double[] sd = fixed(graph, x, likelihood, 1);
            Arrays.setAll(weights, e -> weights[e] > 0 ? computable(weights[e] / sd[e] / sd[e], x, e) : 0);
            return new NoiseModel(mean(x, likelihood.args().get(0)), Loss.NORMAL, weights);
        }
        if (likelihood.family() instanceof Poisson) {
            return new NoiseModel(mean(x, likelihood.args().get(0)), Loss.POISSON, weights);
        }
        if (likelihood.family() instanceof GammaMean) {
            double[] shape = fixed(graph, x, likelihood, 0);
            Arrays.setAll(weights, e -> weights[e] > 0 ? computable(weights[e] * shape[e], x, e) : 0);
            return new NoiseModel(mean(x, likelihood.args().get(1)), Loss.gamma(1), weights);
        }
        throw new InvalidRequest(
                "N002",
                x.name() + " is " + likelihood,
                "a factorisation takes normal(mean, sd), poisson(mean) or gamma(shape, mean) data");
    }

    /** A weight, refused if it vanishes or overflows: an entry that counts would be missing. */
    private static double computable(double weight, Observation x, int entry) {
        if (weight > 0 && weight < Double.POSITIVE_INFINITY) {
            return weight;
        }
        throw new InvalidRequest(
                "N007",
                "the weight of " + x.name() + " at " + x.dims().entryLabels().get(entry) + " comes out as " + weight,
                "rescale the data and their errors");
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
