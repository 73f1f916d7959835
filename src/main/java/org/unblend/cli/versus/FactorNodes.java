package org.unblend.cli.versus;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.density.Layout;
import org.unblend.density.MatrixProduct;
import org.unblend.infer.InvalidRequest;
import org.unblend.math.Dense;
import org.unblend.model.Constant;
import org.unblend.model.Deterministic;
import org.unblend.model.Node;
import org.unblend.nmf.Factors;

/**
 * The two factors of the one matrix product of a graph.
 *
 * @param w {@code [features x components]}, a parameter or a constant
 * @param h {@code [components x samples]}, alike
 * @param ofW where W lies in θ; empty if it is given
 * @param ofH where H lies in θ; empty if it is given
 */
public record FactorNodes(Node w, Node h, Optional<Layout.Slot> ofW, Optional<Layout.Slot> ofH) {

    /**
     * Finds them.
     *
     * @throws InvalidRequest R020 if the graph has no product of two such nodes, or several
     */
    public static FactorNodes of(CompiledModel model) {
        List<MatrixProduct> products = MatrixProduct.all(model.graph());
        if (products.size() != 1) {
            throw refused("it has " + (products.isEmpty() ? "none" : "several"));
        }
        MatrixProduct product = products.get(0);
        FactorNodes nodes = new FactorNodes(
                product.w(),
                product.h(),
                slot(model, product.w().name()),
                slot(model, product.h().name()));
        for (Node node : List.of(nodes.w, nodes.h)) {
            if (node instanceof Deterministic) {
                throw refused(node.name() + " follows from other nodes");
            }
        }
        if (nodes.ofW.isEmpty() && nodes.ofH.isEmpty()) {
            throw refused("both of its factors are given");
        }
        return nodes;
    }

    private static InvalidRequest refused(String why) {
        return new InvalidRequest(
                "R020",
                "point and posterior are compared for models of one matrix product of parameters or constants, but "
                        + why,
                "ask for one of the two, or change the model");
    }

    private static Optional<Layout.Slot> slot(CompiledModel model, String name) {
        return model.layout().slots().stream()
                .filter(s -> s.parameter().name().equals(name))
                .findFirst();
    }

    /** Names of the features, {@code [features]}. */
    public List<String> features() {
        return w.dims().axes().get(0).labels();
    }

    /** Names of the components, {@code [components]}. */
    public List<String> components() {
        return w.dims().axes().get(1).labels();
    }

    /** Names of the samples, {@code [samples]}. */
    public List<String> samples() {
        return h.dims().axes().get(1).labels();
    }

    /** True if both factors are unknown, so that each component has a scale that the data leave free. */
    public boolean scaleIsFree() {
        return ofW.isPresent() && ofH.isPresent();
    }

    /** The factors at the θ that begins at {@code at}. */
    Factors at(double[] theta, int at) {
        return new Factors(values(w, ofW, theta, at), values(h, ofH, theta, at));
    }

    /** The factors with these values of parameters, by name; empty if an unknown factor is not among them. */
    Optional<Factors> of(Map<String, double[]> values) {
        boolean whole =
                (ofW.isEmpty() || values.containsKey(w.name())) && (ofH.isEmpty() || values.containsKey(h.name()));
        return whole ? Optional.of(new Factors(of(w, values), of(h, values))) : Optional.empty();
    }

    private static Dense of(Node node, Map<String, double[]> values) {
        return folded(node, node instanceof Constant c ? c.values() : values.get(node.name()), 0);
    }

    private static Dense values(Node node, Optional<Layout.Slot> slot, double[] theta, int at) {
        return slot.isPresent()
                ? folded(node, theta, at + slot.get().offset())
                : folded(node, ((Constant) node).values(), 0);
    }

    private static Dense folded(Node node, double[] values, int from) {
        int columns = node.dims().axes().get(1).length();
        double[][] rows = new double[node.dims().axes().get(0).length()][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, from + i * columns, from + (i + 1) * columns));
        return Dense.of(rows);
    }
}
