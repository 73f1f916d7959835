package org.unblend.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.unblend.math.Dense;
import org.unblend.model.Arg;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;

/**
 * Components in blocks of neighbours of which the same kind of thing is known. A block is a matrix product, and the mean of
 * the data is the sum of the blocks: with one block, {@code W H}; with several, {@code W1 H1 + W2 H2 + ...}.
 *
 * @param blocks the components in order
 */
record FactorBlocks(List<List<KnownComponent>> blocks) {

    static FactorBlocks of(List<KnownComponent> components) {
        List<List<KnownComponent>> blocks = new ArrayList<>();
        for (KnownComponent c : components) {
            if (blocks.isEmpty() || !blocks.get(blocks.size() - 1).get(0).isLike(c)) {
                blocks.add(new ArrayList<>());
            }
            blocks.get(blocks.size() - 1).add(c);
        }
        return new FactorBlocks(blocks);
    }

    /** True if the mean is a sum of products. */
    boolean areSeveral() {
        return blocks.size() > 1;
    }

    /**
     * The graph of these components.
     *
     * @throws org.unblend.model.InvalidModel if the data do not fit the noise or a prior is none
     */
    ModelGraph graph(String name, MatrixData data, FactorModel.Noise noise, double shape) {
        Axis features = FactorModel.features(data);
        Axis samples = FactorModel.samples(data);
        GraphBuilder graph = ModelGraph.named(name);
        String[] products = new String[blocks.size()];
        for (int b = 0; b < products.length; b++) {
            List<KnownComponent> block = blocks.get(b);
            Axis components = new Axis(
                    KnownComponent.COMPONENT,
                    block.stream().map(KnownComponent::name).toList());
            products[b] = blocks.size() == 1 ? FactorModel.MEAN : "part" + (b + 1);
            factor(
                    graph,
                    node("W", b),
                    Dims.of(features, components),
                    block.get(0).priorOfW(),
                    values(block, KnownComponent::w).map(Dense::transpose));
            factor(
                    graph,
                    node("H", b),
                    Dims.of(components, samples),
                    block.get(0).priorOfH(),
                    values(block, KnownComponent::h));
            graph.product(products[b], node("W", b), node("H", b));
        }
        if (blocks.size() > 1) {
            graph.sum(FactorModel.MEAN, products);
        }
        return FactorModel.noisy(graph, data, features, samples, noise, Arg.of(shape), Arg.of(1));
    }

    private static void factor(GraphBuilder graph, String node, Dims dims, String prior, Optional<Dense> given) {
        if (given.isPresent()) {
            graph.constant(node, dims, "", MatrixData.flat(given.get()));
        } else {
            graph.parameter(node, dims, FactorModel.prior(prior));
        }
    }

    /** What is given of a block, {@code [components x entries]}. */
    private static Optional<Dense> values(
            List<KnownComponent> block, Function<KnownComponent, Optional<double[]>> given) {
        return given.apply(block.get(0)).isEmpty()
                ? Optional.empty()
                : Optional.of(Dense.of(
                        block.stream().map(c -> given.apply(c).orElseThrow()).toArray(double[][]::new)));
    }

    private String node(String factor, int block) {
        return blocks.size() == 1 ? factor : factor + (block + 1);
    }

    /**
     * Values of the parameters of the graph, by name, from factors of all components.
     *
     * @param w {@code [features x components]}
     * @param h {@code [components x samples]}
     */
    Map<String, double[]> values(Dense w, Dense h) {
        Map<String, double[]> values = new HashMap<>();
        double[][] columns = w.transpose().array();
        int from = 0;
        for (int b = 0; b < blocks.size(); b++) {
            int to = from + blocks.get(b).size();
            double[][] ofW = Arrays.copyOfRange(columns, from, to);
            double[][] ofH = Arrays.copyOfRange(h.array(), from, to);
            if (blocks.get(b).get(0).w().isEmpty()) {
                values.put(node("W", b), MatrixData.flat(Dense.of(ofW).transpose()));
            }
            if (blocks.get(b).get(0).h().isEmpty()) {
                values.put(node("H", b), MatrixData.flat(Dense.of(ofH)));
            }
            from = to;
        }
        return values;
    }
}
