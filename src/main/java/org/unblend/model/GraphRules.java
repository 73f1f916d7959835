package org.unblend.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unblend.model.op.Forward;

/** The rules that tie the nodes of a graph together. */
final class GraphRules {

    /** Arguments that have the unit of the variable itself. */
    private static final Set<String> SAME_UNIT = Set.of("mean", "sd", "location", "scale", "low", "high");

    private GraphRules() {}

    /** Checks a list of nodes that is to become a graph. */
    static void check(List<Node> nodes) {
        Map<String, Node> known = new HashMap<>();
        for (Node node : nodes) {
            if (!known.keySet().containsAll(ModelGraph.dependencies(node))) {
                throw new InvalidModel("M012", node.name(), "it comes before what it depends on", "use GraphBuilder");
            }
            if (known.put(node.name(), node) != null) {
                throw new InvalidModel("M040", node.name(), "the name is used twice", "rename one of the nodes");
            }
            node(node, known);
        }
        if (nodes.stream().noneMatch(Parameter.class::isInstance)) {
            throw new InvalidModel("M042", "", "the model has no parameter", "declare what is unknown");
        }
        if (nodes.stream().noneMatch(Observation.class::isInstance)) {
            throw new InvalidModel("M043", "", "the model has no observation", "declare what was measured");
        }
    }

    /** Checks a node against the nodes it depends on. */
    static void node(Node node, Map<String, Node> known) {
        for (String needed : ModelGraph.dependencies(node)) {
            if (known.get(needed) instanceof Observation) {
                throw new InvalidModel(
                        "M044",
                        node.name(),
                        "it depends on the observation '" + needed + "'",
                        "depend on what the observation depends on, or declare the data as a constant");
            }
        }
        if (node instanceof Parameter p) {
            distribution(p, p.prior(), known);
        } else if (node instanceof Observation o) {
            distribution(o, o.likelihood(), known);
        } else if (node instanceof Deterministic d && d.op() instanceof Forward f) {
            domain(f, known);
        }
    }

    private static void distribution(Node node, Distribution distribution, Map<String, Node> known) {
        List<Arg> args = distribution.args();
        if (distribution instanceof Dirichlet d) {
            if (node.dims().axis(d.axis()).isEmpty()) {
                throw new InvalidModel(
                        "M045",
                        node.name(),
                        "dirichlet runs along '" + d.axis() + "', which is no axis of " + node.dims(),
                        "name one of its axes");
            }
        }
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i) instanceof Arg.Ref ref) {
                Node source = known.get(ref.node());
                node.dims().requireAxesOf(source.dims());
                String argument = distribution.argumentNames().get(i);
                if (SAME_UNIT.contains(argument) && unitsDiffer(node.unit(), source.unit())) {
                    throw new InvalidModel(
                            "M028",
                            node.name(),
                            argument + " is in " + source.unit() + ", but " + node.name() + " in " + node.unit(),
                            "give both in one unit");
                }
            }
        }
        if (distribution instanceof Independent independent) {
            constants(node, independent, known);
        }
    }

    private static boolean unitsDiffer(String a, String b) {
        return !a.isEmpty() && !b.isEmpty() && !a.equals(b);
    }

    /**
     * Refuses constants that no value of the other arguments could make right, such as a negative uncertainty: the
     * arguments that are not known yet are set to 1, and the constant is at fault if a 1 in its own place would do. Missing
     * data are not looked at.
     */
    private static void constants(Node node, Independent distribution, Map<String, Node> known) {
        List<Arg> args = distribution.args();
        if (args.stream().allMatch(a -> constant(a, known).isEmpty())) {
            return;
        }
        double[] counts =
                node instanceof Observation o ? o.weights() : ones(node.dims().size());
        for (int i = 0; i < args.size(); i++) {
            Optional<Constant> constant = constant(args.get(i), known);
            if (constant.isEmpty()) {
                continue;
            }
            double[] theta = new double[args.size()];
            for (int j = 0; j < theta.length; j++) {
                theta[j] = args.get(j) instanceof Arg.Value v ? v.value() : 1;
            }
            if (distribution.family().invalid(theta).isPresent()) {
                continue;
            }
            double[] values = constant.get().values();
            int[] source = node.dims().spread(constant.get().dims());
            for (int e = 0; e < source.length; e++) {
                theta[i] = values[source[e]];
                if (counts[e] > 0 && distribution.family().invalid(theta).isPresent()) {
                    Constant culprit = constant.get();
                    throw new InvalidModel(
                            "M013",
                            culprit.name(),
                            distribution.argumentNames().get(i) + " of " + node.name() + " is " + theta[i] + " at "
                                    + Checks.entry(culprit.dims(), source[e]) + ", which " + distribution.name()
                                    + " does not allow",
                            "correct it");
                }
            }
        }
    }

    private static Optional<Constant> constant(Arg arg, Map<String, Node> known) {
        return arg instanceof Arg.Ref ref && known.get(ref.node()) instanceof Constant c
                ? Optional.of(c)
                : Optional.empty();
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Refuses priors and constants that reach beyond the domain of the forward model that reads them. */
    private static void domain(Forward forward, Map<String, Node> known) {
        for (int i = 0; i < forward.inputs().size(); i++) {
            Port port = forward.model().inputs().get(i);
            Node input = known.get(forward.inputs().get(i));
            if (input instanceof Parameter p
                    && p.prior() instanceof Independent prior
                    && prior.numbers().isPresent()) {
                Support support = prior.family().support(prior.numbers().get());
                if (!port.domain().contains(support)) {
                    throw outside(p, "the prior of " + p.name() + " covers " + support, port);
                }
            } else if (input instanceof Constant c) {
                double[] values = c.values();
                for (int e = 0; e < values.length; e++) {
                    if (!port.domain().contains(values[e])) {
                        throw outside(c, "the value at " + Checks.entry(c.dims(), e) + " is " + values[e], port);
                    }
                }
            }
        }
    }

    private static InvalidModel outside(Node node, String what, Port port) {
        return new InvalidModel(
                "M029",
                node.name(),
                what + ", but port '" + port.name() + "' is valid in " + port.domain() + " " + port.unit() + " only",
                "keep " + node.name() + " within that range");
    }
}
