package org.unblend.density;

import java.util.List;
import java.util.Optional;
import org.unblend.model.Axis;
import org.unblend.model.Deterministic;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.op.Product;

/**
 * A node of a graph that is a matrix product W H.
 *
 * @param node the product, {@code [features x samples]}
 * @param w the left factor, {@code [features x components]}
 * @param h the right factor, {@code [components x samples]}
 */
public record MatrixProduct(Deterministic node, Node w, Node h) {

    /** The node as a product, if it is one. */
    public static Optional<MatrixProduct> of(ModelGraph graph, Node node) {
        return node instanceof Deterministic d && d.op() instanceof Product product
                ? Optional.of(new MatrixProduct(
                        d,
                        graph.node(product.left()).orElseThrow(),
                        graph.node(product.right()).orElseThrow()))
                : Optional.empty();
    }

    /** All products of a graph, in its order. */
    public static List<MatrixProduct> all(ModelGraph graph) {
        return graph.deterministics().stream()
                .flatMap(d -> of(graph, d).stream())
                .toList();
    }

    /** The axis that both factors share. */
    public Axis component() {
        return w.dims().axes().get(1);
    }

    /** The axis of the rows of the product. */
    public Axis feature() {
        return w.dims().axes().get(0);
    }
}
