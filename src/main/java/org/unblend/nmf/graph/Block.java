package org.unblend.nmf.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.infer.InvalidRequest;
import org.unblend.math.Dense;
import org.unblend.model.Axis;
import org.unblend.model.Constant;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Parameter;
import org.unblend.nmf.Component;

/**
 * One matrix product among the terms of the mean: neighbouring components that share the nodes of their factors.
 *
 * @param w the node of these columns of W, {@code [features x components of the block]}: a parameter or a constant
 * @param h the node of these rows of H, {@code [components of the block x samples]}, alike
 * @param from first component of the block, from 0
 */
public record Block(Node w, Node h, int from) {

    Axis axis() {
        return w.dims().axes().get(1);
    }

    int size() {
        return axis().length();
    }

    /** The component after the last one of the block. */
    int to() {
        return from + size();
    }

    /** True if a factor is given, so that the block is linear in what is sought. */
    boolean linear() {
        return w instanceof Constant || h instanceof Constant;
    }

    /**
     * What is known of its columns of W.
     *
     * @param scale see {@link PriorPenalties}
     */
    List<Component> componentsOfW(ModelGraph graph, double scale) {
        return components(graph, w, scale);
    }

    /** What is known of its rows of H. */
    List<Component> componentsOfH(ModelGraph graph, double scale) {
        return components(graph, h, scale);
    }

    private List<Component> components(ModelGraph graph, Node factor, double scale) {
        if (factor instanceof Parameter p) {
            return PriorPenalties.of(graph, p, axis(), scale);
        }
        if (factor instanceof Constant c) {
            if (Arrays.stream(c.values()).anyMatch(v -> v < 0)) {
                throw new InvalidRequest(
                        "N004", "the factor " + c.name() + " has negative entries", "fix a factor to values from 0");
            }
            return Component.fixed(size());
        }
        throw new InvalidRequest(
                "N004",
                "the factor " + factor.name() + " follows from other nodes",
                "make it a parameter or a constant, or ask for the posterior");
    }

    /** Puts the values of its columns of W into those of all components, {@code [features x components]}. */
    void putW(double[] values, Dense all) {
        for (int i = 0; i < all.rows(); i++) {
            System.arraycopy(values, i * size(), all.row(i), from, size());
        }
    }

    /** Puts the values of its rows of H into those of all components, {@code [components x samples]}. */
    void putH(double[] values, Dense all) {
        for (int k = 0; k < size(); k++) {
            System.arraycopy(values, k * all.columns(), all.row(from + k), 0, all.columns());
        }
    }

    /** The values of the node with this name at these factors of all components; empty if it is none of the block. */
    Optional<double[]> values(String name, Dense allW, Dense allH) {
        double[] values;
        if (name.equals(w.name())) {
            values = new double[allW.rows() * size()];
            for (int i = 0; i < allW.rows(); i++) {
                System.arraycopy(allW.row(i), from, values, i * size(), size());
            }
            return Optional.of(values);
        }
        if (name.equals(h.name())) {
            values = new double[size() * allH.columns()];
            for (int k = 0; k < size(); k++) {
                System.arraycopy(allH.row(from + k), 0, values, k * allH.columns(), allH.columns());
            }
            return Optional.of(values);
        }
        return Optional.empty();
    }
}
