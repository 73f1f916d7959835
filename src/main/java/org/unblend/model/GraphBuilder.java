package org.unblend.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.unblend.model.op.Add;
import org.unblend.model.op.Forward;
import org.unblend.model.op.Product;
import org.unblend.model.op.Scale;

/**
 * Collects declarations in any order and builds a {@link ModelGraph}. Nothing is checked before {@link #build}, which
 * reports all flaws at once. Used once, from one thread.
 */
public final class GraphBuilder {

    /** A node that waits for the nodes it depends on. */
    private record Draft(String name, List<String> needs, Function<Map<String, Node>, Node> make) {}

    private final String name;
    private final List<Draft> drafts = new ArrayList<>();

    GraphBuilder(String name) {
        this.name = name;
    }

    /** A scalar parameter without unit. */
    public GraphBuilder parameter(String node, Distribution prior) {
        return parameter(node, Dims.SCALAR, prior);
    }

    /** A parameter without unit. */
    public GraphBuilder parameter(String node, Dims dims, Distribution prior) {
        return parameter(node, dims, "", "", prior);
    }

    /** A parameter with unit and symbol; either may be empty. */
    public GraphBuilder parameter(String node, Dims dims, String unit, String latex, Distribution prior) {
        return draft(node, ModelGraph.references(prior), known -> new Parameter(node, dims, unit, latex, prior));
    }

    /** A node of another graph, with its operation bound anew. */
    public GraphBuilder add(Node node) {
        if (node instanceof Parameter p) {
            return parameter(p.name(), p.dims(), p.unit(), p.latex(), p.prior());
        }
        if (node instanceof Constant c) {
            return constant(c.name(), c.dims(), c.unit(), c.values());
        }
        if (node instanceof Observation o) {
            return observe(o.name(), o.dims(), o.unit(), o.likelihood(), o.entries());
        }
        return deterministic(node.name(), ((Deterministic) node).op());
    }

    /** Fixed numbers. */
    public GraphBuilder constant(String node, Dims dims, String unit, double... values) {
        return draft(node, List.of(), known -> new Constant(node, dims, unit, values));
    }

    /** A node that follows from others. */
    public GraphBuilder deterministic(String node, Op op) {
        return draft(node, op.inputs(), known -> {
            List<Node> inputs = op.inputs().stream().map(known::get).toList();
            Kernel kernel = op.bind(inputs.stream().map(Node::dims).toList());
            return new Deterministic(
                    node, op.unit(inputs.stream().map(Node::unit).toList()), op, kernel);
        });
    }

    /** The matrix product of two nodes. */
    public GraphBuilder product(String node, String left, String right) {
        return deterministic(node, new Product(left, right));
    }

    /** The sum of nodes, entry by entry. */
    public GraphBuilder sum(String node, String... terms) {
        return deterministic(node, new Add(List.of(terms)));
    }

    /** The product of nodes, entry by entry. */
    public GraphBuilder scale(String node, String... factors) {
        return deterministic(node, new Scale(List.of(factors)));
    }

    /** A forward model, with one node per port in the order of its ports. */
    public GraphBuilder forward(String node, ForwardModel model, String... inputs) {
        return deterministic(node, new Forward(model, List.of(inputs)));
    }

    /** Data without missing entries. */
    public GraphBuilder observe(String node, Dims dims, Distribution likelihood, double[] data) {
        double[] weights = new double[data.length];
        Arrays.fill(weights, 1);
        return observe(node, dims, "", likelihood, data, weights);
    }

    /** Data with weights; see {@link Observation}. */
    public GraphBuilder observe(
            String node, Dims dims, String unit, Distribution likelihood, double[] data, double[] weights) {
        return observe(node, dims, unit, likelihood, new Entries.Each(data, weights));
    }

    /** Data in either form. */
    public GraphBuilder observe(String node, Dims dims, String unit, Distribution likelihood, Entries entries) {
        return draft(
                node,
                ModelGraph.references(likelihood),
                known -> new Observation(node, dims, unit, likelihood, entries));
    }

    /**
     * The graph.
     *
     * @throws InvalidModel with every flaw that could be found
     */
    public ModelGraph build() {
        List<Flaw> flaws = new ArrayList<>();
        checkNames(flaws);
        checkCircles(flaws);
        Map<String, Node> known = new LinkedHashMap<>();
        List<Draft> waiting = new ArrayList<>(drafts);
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Draft draft : List.copyOf(waiting)) {
                if (known.keySet().containsAll(draft.needs())) {
                    waiting.remove(draft);
                    progress |= make(draft, known, flaws);
                }
            }
        }
        if (!flaws.isEmpty()) {
            throw new InvalidModel(flaws);
        }
        return new ModelGraph(name, List.copyOf(known.values()));
    }

    private GraphBuilder draft(String node, List<String> needs, Function<Map<String, Node>, Node> make) {
        drafts.add(new Draft(node, needs, make));
        return this;
    }

    private void checkNames(List<Flaw> flaws) {
        List<String> names = drafts.stream().map(Draft::name).toList();
        for (Draft draft : drafts) {
            if (names.indexOf(draft.name()) != drafts.indexOf(draft)) {
                flaws.add(new Flaw(
                        "M040", draft.name(), "two nodes are called '" + draft.name() + "'", "rename one of them"));
            }
            draft.needs().stream().filter(n -> !names.contains(n)).forEach(n -> {
                String hint = Nearest.hint(n, names);
                flaws.add(new Flaw("M012", draft.name(), "no node is called '" + n + "'", hint));
            });
        }
    }

    /** Reports one circle, if there is any. Names that nobody declares are flaws of their own and close no circle. */
    private void checkCircles(List<Flaw> flaws) {
        Map<String, Draft> open = new LinkedHashMap<>();
        drafts.forEach(d -> open.putIfAbsent(d.name(), d));
        boolean shrinks = true;
        while (shrinks) {
            shrinks = open.values().removeIf(d -> d.needs().stream().noneMatch(open::containsKey));
        }
        if (open.isEmpty()) {
            return;
        }
        // Each open node needs an open one, so a walk along the needs must come back to where it has been.
        List<String> walk = new ArrayList<>();
        String at = open.keySet().iterator().next();
        while (!walk.contains(at)) {
            walk.add(at);
            at = open.get(at).needs().stream()
                    .filter(open::containsKey)
                    .findFirst()
                    .orElseThrow();
        }
        List<String> circle = walk.subList(walk.indexOf(at), walk.size());
        flaws.add(new Flaw(
                "M041",
                at,
                "these nodes depend on each other in a circle: " + String.join(", ", circle),
                "break the circle"));
    }

    private static boolean make(Draft draft, Map<String, Node> known, List<Flaw> flaws) {
        try {
            Node node = draft.make().apply(known);
            GraphRules.node(node, known);
            known.putIfAbsent(draft.name(), node);
            return true;
        } catch (InvalidModel e) {
            e.flaws()
                    .forEach(f -> flaws.add(
                            f.node().isEmpty() ? new Flaw(f.code(), draft.name(), f.reason(), f.remedy()) : f));
            return false;
        }
    }
}
