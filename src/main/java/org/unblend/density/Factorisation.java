package org.unblend.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unblend.math.Dense;
import org.unblend.math.Sparse;
import org.unblend.model.Arg;
import org.unblend.model.Complaint;
import org.unblend.model.Constant;
import org.unblend.model.Deterministic;
import org.unblend.model.Independent;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.family.GammaMean;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.model.op.Add;

/**
 * The structure of a graph that is a factorisation: one observation {@code X ~ Normal | Poisson | Gamma(mean)}, each entry
 * of whose mean it observes once, and a mean that is a matrix product or a sum of products with factors of their own.
 * What the factors are, parameters or constants and with which priors, is left to those that fit them.
 *
 * @param x the observation; its axes may stand in another order than those of the mean
 * @param noise the family of its likelihood
 * @param scale the other argument of the likelihood: the standard deviation or the shape; none for Poisson noise
 * @param mean the mean, {@code [features x samples]}
 * @param products the products whose sum is the mean, at least one, each with the axes of the mean
 */
public record Factorisation(
        Observation x, Noise noise, Optional<Scale> scale, Node mean, List<MatrixProduct> products) {

    /** The families of likelihoods that a factorisation can have. */
    public enum Noise {
        /** {@code X ~ N(mean, sd^2 / weight)}. */
        NORMAL,
        /** {@code X ~ Poisson(mean)}. */
        POISSON,
        /** {@code X ~ Gamma(shape, mean)}. */
        GAMMA
    }

    /**
     * The size of the noise.
     *
     * @param argument its name in the likelihood
     * @param even the size for all entries, if it is one number
     * @param node the node that gives it, if it is none
     */
    public record Scale(String argument, Optional<Double> even, Optional<Node> node) {}

    /** Thrown where a graph is no factorisation: {@code reason; remedy}. */
    public static final class Unlike extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final boolean observations;

        private Unlike(boolean observations, String reason, String remedy) {
            super(reason + "; " + remedy);
            this.observations = observations;
        }

        /** True if the number of observations is what is wrong. */
        public boolean ofObservations() {
            return observations;
        }

        /** What is wrong and what to do. */
        public Complaint complaint() {
            return Complaint.of(this);
        }
    }

    /**
     * Recognises a factorisation.
     *
     * @throws Unlike with the reason, if the graph is none
     */
    public static Factorisation of(ModelGraph graph) {
        if (graph.observations().size() != 1) {
            throw new Unlike(
                    true,
                    "a factorisation has one observation, this graph has "
                            + graph.observations().size(),
                    "put all data into one matrix");
        }
        Observation x = graph.observations().get(0);
        Independent likelihood = (Independent) x.likelihood();
        Noise noise = noise(x, likelihood);
        int meanAt = noise == Noise.GAMMA ? 1 : 0;
        if (!(likelihood.args().get(meanAt) instanceof Arg.Ref ref)) {
            throw unlike("the mean of " + x.name() + " is a number", "make it the product of W and H");
        }
        Node mean = graph.node(ref.node()).orElseThrow();
        List<MatrixProduct> products = products(graph, x, mean);
        if (!Set.copyOf(x.dims().axes()).equals(Set.copyOf(mean.dims().axes()))) {
            throw unlike(
                    x.name() + " has axes " + x.dims() + ", its mean " + mean.dims(),
                    "observe each entry of the product once");
        }
        Optional<Scale> scale =
                noise == Noise.POISSON ? Optional.empty() : Optional.of(scale(graph, likelihood, 1 - meanAt));
        return new Factorisation(x, noise, scale, mean, products);
    }

    private static Noise noise(Observation x, Independent likelihood) {
        if (likelihood.family() instanceof Normal) {
            return Noise.NORMAL;
        }
        if (likelihood.family() instanceof Poisson) {
            return Noise.POISSON;
        }
        if (likelihood.family() instanceof GammaMean) {
            return Noise.GAMMA;
        }
        throw unlike(
                x.name() + " is " + likelihood,
                "a factorisation takes normal(mean, sd), poisson(mean) or gamma(shape, mean) data");
    }

    private static Scale scale(ModelGraph graph, Independent likelihood, int argument) {
        String name = likelihood.argumentNames().get(argument);
        return likelihood.args().get(argument) instanceof Arg.Ref ref
                ? new Scale(name, Optional.empty(), graph.node(ref.node()))
                : new Scale(name, Optional.of(((Arg.Value) likelihood.args().get(argument)).value()), Optional.empty());
    }

    /** The products whose sum is the mean. */
    private static List<MatrixProduct> products(ModelGraph graph, Observation x, Node mean) {
        List<MatrixProduct> products = new ArrayList<>();
        Set<Node> factors = new HashSet<>();
        for (Node term : terms(graph, mean)) {
            MatrixProduct product = MatrixProduct.of(graph, term)
                    .orElseThrow(() -> unlike(
                            "the mean of " + x.name() + ", " + mean.name()
                                    + ", is not the matrix product of two nodes"
                                    + (term == mean ? "" : ", nor a sum of such: " + term.name() + " is none"),
                            "make it the product of W and H"));
            if (!term.dims().axes().equals(mean.dims().axes())) {
                throw unlike(
                        "the product " + term.name() + " has axes " + term.dims() + ", the mean " + mean.dims(),
                        "multiply in the same order in all terms");
            }
            if (!factors.add(product.w()) || !factors.add(product.h())) {
                throw unlike(
                        "the mean of " + x.name() + ", " + mean.name()
                                + ", is not the matrix product of two nodes: a factor enters it twice",
                        "give each product factors of its own");
            }
            products.add(product);
        }
        return List.copyOf(products);
    }

    private static List<Node> terms(ModelGraph graph, Node mean) {
        return mean instanceof Deterministic d && d.op() instanceof Add sum
                ? sum.inputs().stream()
                        .flatMap(n -> terms(graph, graph.node(n).orElseThrow()).stream())
                        .toList()
                : List.of(mean);
    }

    private static Unlike unlike(String reason, String remedy) {
        return new Unlike(false, reason, remedy);
    }

    /** The size of the noise of each entry of the observation, if it is known; 1 for Poisson noise. */
    public Optional<double[]> knownScale() {
        double[] values = new double[x.dims().size()];
        double even = scale.isEmpty() ? 1 : scale.get().even().orElse(Double.NaN);
        Arrays.fill(values, even);
        if (scale.isEmpty() || scale.get().even().isPresent()) {
            return Optional.of(values);
        }
        if (scale.get().node().orElseThrow() instanceof Constant c) {
            int[] source = x.dims().spread(c.dims());
            double[] given = c.values();
            Arrays.setAll(values, e -> given[source[e]]);
            return Optional.of(values);
        }
        return Optional.empty();
    }

    /**
     * What multiplies the log likelihood of each entry of the observation: {@code weight / sd^2} for Normal noise,
     * {@code weight * shape} for Gamma noise, the weight for Poisson noise; 0 where the weight is 0.
     *
     * @param size of the noise of each entry, {@code [entries of the observation]}
     */
    public double[] weights(double[] size) {
        double[] weights = x.weights();
        if (noise != Noise.POISSON) {
            boolean normal = noise == Noise.NORMAL;
            Arrays.setAll(
                    weights, e -> weights[e] > 0 ? normal ? weights[e] / size[e] / size[e] : weights[e] * size[e] : 0);
        }
        return weights;
    }

    /** Values per entry of the observation as a matrix, {@code [features x samples]}. */
    public Dense matrix(double[] values) {
        int[] place = x.dims().spread(mean.dims());
        Dense matrix = Dense.zeros(
                mean.dims().axes().get(0).length(), mean.dims().axes().get(1).length());
        for (int e = 0; e < values.length; e++) {
            matrix.row(place[e] / matrix.columns())[place[e] % matrix.columns()] = values[e];
        }
        return matrix;
    }

    /** The data {@code [features x samples]}, if they are held sparse. */
    public Optional<Sparse> sparse() {
        boolean straight = x.dims().axes().get(0).equals(mean.dims().axes().get(0));
        return x.sparse().map(s -> straight ? s : s.transpose());
    }
}
