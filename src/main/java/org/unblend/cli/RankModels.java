package org.unblend.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unblend.cli.versus.FactorNodes;
import org.unblend.density.CompiledModel;
import org.unblend.infer.InvalidRequest;
import org.unblend.mcmc.factor.EvidenceScan.Variant;
import org.unblend.mcmc.factor.FactorForm;
import org.unblend.mcmc.factor.MatchedPrior;
import org.unblend.model.Axis;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;

/**
 * The models whose evidences a run file compares: its own at every number of components, and the same data and noise under
 * priors of matched scales, {@link MatchedPrior}. With priors as they are written the prior mean of W H grows with the rank.
 *
 * @param graph the model at the largest rank
 * @param nodes its factors
 */
record RankModels(ModelGraph graph, FactorNodes nodes) {
    private static final String OWN = "as written";

    /**
     * The models of a run.
     *
     * @throws InvalidRequest if the evidence of the factorisation cannot be computed, or its components are not alike
     */
    static RankModels of(CompiledModel model) {
        FactorNodes nodes = FactorNodes.of(model);
        FactorForm form = FactorForm.of(model);
        if (nodes.ofW().isEmpty() || nodes.ofH().isEmpty() || !form.exchangeable()) {
            throw new InvalidRequest(
                    "N010",
                    "components differ in their priors, or are given, so their number cannot be compared",
                    "give all components one prior");
        }
        RankModels models = new RankModels(model.graph(), nodes);
        try {
            models.at(1);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(
                    "N010",
                    "the model cannot do with fewer components: " + e.getMessage(),
                    "let nothing but the two factors, and arguments of their priors, lie along their common axis");
        }
        return models;
    }

    private Axis component() {
        return nodes.w().dims().axes().get(1);
    }

    /** The largest rank. */
    int largest() {
        return component().length();
    }

    /** Features plus samples. */
    int sides() {
        return nodes.features().size() + nodes.samples().size();
    }

    private ModelGraph at(int rank) {
        return rank == largest() ? graph : graph.shortened(component().name(), rank);
    }

    /** The priors of the run. */
    Variant main() {
        return new Variant(OWN, rank -> new CompiledModel(at(rank)));
    }

    /** True if nothing is inferred but the factors and arguments of their priors. */
    boolean noiseIsKnown() {
        List<String> needed = needed(graph);
        return graph.parameters().stream().allMatch(p -> isFactor(p) || !needed.contains(p.name()));
    }

    /** Families of priors of matched scales. */
    List<Variant> others() {
        List<Variant> others = new ArrayList<>();
        double level = level();
        for (MatchedPrior family : MatchedPrior.values()) {
            others.add(new Variant(
                    "matched " + family.name().toLowerCase(Locale.ROOT),
                    rank -> new CompiledModel(matched(at(rank), family, level))));
        }
        return others;
    }

    /** The graph with other priors of its factors; what only their own priors read is left out. */
    private ModelGraph matched(ModelGraph own, MatchedPrior family, double level) {
        GraphBuilder built = ModelGraph.named(own.name());
        List<String> needed = needed(own);
        for (Node node : own.nodes()) {
            if (node instanceof Parameter p && (isFactor(p))) {
                Axis axis = p.dims().axis(component().name()).orElseThrow();
                double mean = p.name().equals(nodes.w().name()) ? 1 : level / axis.length();
                family.add(built, p.name(), p.dims(), axis, mean);
            } else if (needed.contains(node.name()) || node instanceof Observation) {
                built.add(node);
            }
        }
        return built.build();
    }

    private boolean isFactor(Node node) {
        return node.name().equals(nodes.w().name())
                || node.name().equals(nodes.h().name());
    }

    /** Names of nodes that the data depend on, other than through the priors of the factors. */
    private List<String> needed(ModelGraph own) {
        List<String> needed = new ArrayList<>();
        for (int i = own.nodes().size() - 1; i >= 0; i--) {
            Node node = own.nodes().get(i);
            if (node instanceof Observation || needed.contains(node.name()) && !isFactor(node)) {
                needed.addAll(ModelGraph.dependencies(node));
            }
        }
        return needed;
    }

    /** Mean of the data, but at least a tenth of their root mean square. */
    private double level() {
        double sum = 0;
        double squares = 0;
        double n = 0;
        for (Observation o : graph.observations()) {
            double[] x = o.data();
            double[] weights = o.weights();
            for (int e = 0; e < x.length; e++) {
                if (weights[e] > 0) {
                    sum += x[e];
                    squares += x[e] * x[e];
                    n++;
                }
            }
        }
        return Math.max(sum / n, 0.1 * Math.sqrt(squares / n));
    }
}
