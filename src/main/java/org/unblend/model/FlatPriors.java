package org.unblend.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.unblend.model.family.Flat;
import org.unblend.model.family.TruncatedNormal;
import org.unblend.model.family.Uniform;

/** A graph with every prior replaced by the flat one on the same support; see {@link ModelGraph#withFlatPriors}. */
final class FlatPriors {
    private FlatPriors() {}

    static ModelGraph of(ModelGraph graph) {
        List<Node> flat = new ArrayList<>();
        for (Node node : graph.nodes()) {
            flat.add(
                    node instanceof Parameter p
                            ? new Parameter(p.name(), p.dims(), p.unit(), p.latex(), flat(p.prior()))
                            : node);
        }
        return new ModelGraph(graph.name(), observed(flat));
    }

    /** The nodes that some observation depends on, and the observations. */
    private static List<Node> observed(List<Node> nodes) {
        Set<String> needed = new HashSet<>();
        List<Node> kept = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node instanceof Observation || needed.contains(node.name())) {
                needed.addAll(ModelGraph.dependencies(node));
                kept.add(node);
            }
        }
        Collections.reverse(kept);
        return kept;
    }

    private static Distribution flat(Distribution prior) {
        if (prior instanceof Dirichlet d) {
            return new Dirichlet(Arg.of(1), d.axis());
        }
        Independent p = (Independent) prior;
        if (p.family() instanceof Uniform || p.family() instanceof Flat) {
            return p;
        }
        if (p.family() instanceof TruncatedNormal) {
            return between(p.args().get(2), p.args().get(3));
        }
        double[] arguments = p.numbers().orElse(new double[p.args().size()]);
        if (p.numbers().isEmpty() && !p.family().fixedSupport()) {
            throw new InvalidModel(
                    "M060",
                    "",
                    "the support of the prior " + p + " depends on other nodes, so it has no flat counterpart",
                    "give its ends as numbers");
        }
        Support support = p.family().support(arguments);
        return between(Arg.of(support.low()), Arg.of(support.high()));
    }

    private static Independent between(Arg low, Arg high) {
        return infinite(low) || infinite(high)
                ? Independent.of(Flat.FAMILY, low, high)
                : Independent.of(Uniform.FAMILY, low, high);
    }

    private static boolean infinite(Arg end) {
        return end instanceof Arg.Value v && Double.isInfinite(v.value());
    }
}
