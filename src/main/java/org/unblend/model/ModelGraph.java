package org.unblend.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was measured, what is unknown, and how the two hang together. Immutable and valid: names are distinct, every
 * reference resolves, there are no cycles, shapes and units fit, and there is at least one parameter and one observation.
 *
 * @param name name of the model
 * @param nodes all nodes in topological order: each comes after what it depends on
 */
public record ModelGraph(String name, List<Node> nodes) {

    /** For {@link GraphBuilder#build}, which checks what must hold. */
    public ModelGraph {
        nodes = List.copyOf(nodes);
        GraphRules.check(nodes);
    }

    /** Starts a graph. */
    public static GraphBuilder named(String name) {
        return new GraphBuilder(name);
    }

    /** The node with this name, if there is one. */
    public Optional<Node> node(String name) {
        return nodes.stream().filter(n -> n.name().equals(name)).findFirst();
    }

    /** The parameters, in topological order. */
    public List<Parameter> parameters() {
        return only(Parameter.class);
    }

    /** The first parameter whose prior mixes a point mass with a density, if there is one. */
    public Optional<Parameter> mixed() {
        return parameters().stream().filter(p -> p.prior().mixed()).findFirst();
    }

    /** The observations. */
    public List<Observation> observations() {
        return only(Observation.class);
    }

    /** The deterministic nodes, in topological order. */
    public List<Deterministic> deterministics() {
        return only(Deterministic.class);
    }

    /** Names of the nodes that a node reads directly. */
    public static List<String> dependencies(Node node) {
        if (node instanceof Parameter p) {
            return references(p.prior());
        }
        if (node instanceof Observation o) {
            return references(o.likelihood());
        }
        return node instanceof Deterministic d ? d.op().inputs() : List.of();
    }

    /** Names of the nodes that a distribution reads. */
    static List<String> references(Distribution distribution) {
        return distribution.args().stream()
                .filter(Arg.Ref.class::isInstance)
                .map(a -> ((Arg.Ref) a).node())
                .toList();
    }

    private <T extends Node> List<T> only(Class<T> kind) {
        List<T> found = new ArrayList<>();
        nodes.stream().filter(kind::isInstance).forEach(n -> found.add(kind.cast(n)));
        return List.copyOf(found);
    }

    /**
     * The same graph with every prior replaced by the flat one on its support, so that the posterior has the shape of the
     * likelihood. Nodes that only priors depended on are left out.
     *
     * @throws InvalidModel M060 if the support of a prior depends on other nodes in a way that no flat prior can follow
     */
    public ModelGraph withFlatPriors() {
        return FlatPriors.of(this);
    }

    /**
     * The same graph with the first entries of an axis alone, such as a factorisation of a smaller rank.
     *
     * @param axis an axis along which there are no data
     * @param length how many entries stay, from 1 to its length
     * @throws InvalidModel if an operation needs the entries that are gone
     */
    public ModelGraph shortened(String axis, int length) {
        return Shortened.of(this, axis, length);
    }

    /** Number of data entries that count (weight above 0), over all observations. */
    public long observedEntries() {
        return observations().stream().mapToLong(o -> o.entries().observed()).sum();
    }
}
