package org.unblend.nmf.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.density.Layout;
import org.unblend.infer.InvalidRequest;
import org.unblend.math.Dense;
import org.unblend.model.Axis;
import org.unblend.model.Complaint;
import org.unblend.model.Constant;
import org.unblend.model.Deterministic;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;
import org.unblend.model.op.Product;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Penalty;

/**
 * A model graph that is a point factorisation: one observation {@code X ~ Normal | Poisson | Gamma(mean = W H)}, where W
 * and H are parameters with non-negative priors, or constants. Then
 *
 * <p>{@code -log posterior = scale * objective of the problem + constant}.
 *
 * @param problem what is minimised
 * @param scale above 0: the weight that all data share, so that equal weights count as none
 * @param w the node of W, {@code [features x components]}
 * @param h the node of H, {@code [components x samples]}
 */
public record FactorPattern(FactorProblem problem, double scale, Node w, Node h) {

    /**
     * Recognises the pattern. A scale that a prior on one factor alone leaves free is left to the engines, see
     * {@link FactorProblem#freeScale}.
     *
     * @throws InvalidRequest with the reason, if the graph is no such factorisation, if a prior has no mode, or if the
     *     data cannot be factorised
     */
    public static FactorPattern of(ModelGraph graph) {
        if (graph.observations().size() != 1) {
            throw new InvalidRequest(
                    "N001",
                    "a factorisation has one observation, this graph has "
                            + graph.observations().size(),
                    "put all data into one matrix");
        }
        Observation x = graph.observations().get(0);
        NoiseModel noise = NoiseModel.of(graph, x);
        Node mean = graph.node(noise.mean()).orElseThrow();
        if (!(mean instanceof Deterministic d) || !(d.op() instanceof Product product)) {
            throw new InvalidRequest(
                    "N002",
                    "the mean of " + x.name() + ", " + mean.name() + ", is not the matrix product of two nodes",
                    "make it the product of W and H");
        }
        if (x.dims().size() != d.dims().size()) {
            throw new InvalidRequest(
                    "N002",
                    x.name() + " has axes " + x.dims() + ", its mean " + d.dims(),
                    "observe each entry of the product once");
        }
        Node w = graph.node(product.left()).orElseThrow();
        Node h = graph.node(product.right()).orElseThrow();
        Axis component = w.dims().axes().get(1);
        int[] place = x.dims().spread(d.dims());
        Dense data = matrix(x.data(), place, d);
        Dense weights = matrix(noise.weights(), place, d);
        double scale = common(weights);
        List<Component> ofW = components(graph, w, component, scale);
        List<Component> ofH = components(graph, h, component, scale);
        refuseOthers(graph, w, h);
        try {
            FactorProblem problem =
                    new FactorProblem(data, Optional.of(divided(weights, scale)), noise.loss(), ofW, ofH);
            return new FactorPattern(SparseCounts.where(problem), scale, w, h);
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e.getMessage(), "correct the data");
            throw new InvalidRequest("N007", wrong.reason(), wrong.remedy());
        }
    }

    private static void refuseOthers(ModelGraph graph, Node w, Node h) {
        for (Parameter p : graph.parameters()) {
            if (p != w && p != h) {
                throw new InvalidRequest(
                        "N003",
                        p.name() + " is unknown too, and is no factor of the product",
                        "fix it, or ask for the posterior");
            }
        }
    }

    private static List<Component> components(ModelGraph graph, Node factor, Axis component, double scale) {
        if (factor instanceof Parameter p) {
            return PriorPenalties.of(graph, p, component, scale);
        }
        if (factor instanceof Constant c) {
            if (Arrays.stream(c.values()).anyMatch(v -> v < 0)) {
                throw new InvalidRequest(
                        "N004", "the factor " + c.name() + " has negative entries", "fix a factor to values from 0");
            }
            return Component.fixed(component.length());
        }
        throw new InvalidRequest(
                "N004",
                "the factor " + factor.name() + " follows from other nodes",
                "make it a parameter or a constant, or ask for the posterior");
    }

    private static Dense matrix(double[] values, int[] place, Deterministic mean) {
        Dense x = Dense.zeros(
                mean.dims().axes().get(0).length(), mean.dims().axes().get(1).length());
        for (int e = 0; e < values.length; e++) {
            x.row(place[e] / x.columns())[place[e] % x.columns()] = values[e];
        }
        return x;
    }

    /** The weight that all entries share which have one; 1 if they differ. */
    private static double common(Dense weights) {
        double common = 0;
        for (double[] row : weights.array()) {
            for (double v : row) {
                if (v > 0) {
                    if (common > 0 && v != common) {
                        return 1;
                    }
                    common = v;
                }
            }
        }
        return common > 0 && Double.isFinite(common) ? common : 1;
    }

    private static Dense divided(Dense weights, double by) {
        for (double[] row : weights.array()) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= by;
            }
        }
        return weights;
    }

    /** The problem with the weights and penalties of the graph itself, so that it has a scale of one. */
    public FactorProblem unscaled() {
        if (scale == 1) {
            return problem;
        }
        Dense x = problem.x().dense();
        Dense weights = problem.weights().map(Dense::copy).orElseGet(() -> {
            Dense ones = Dense.zeros(x.rows(), x.columns());
            Arrays.stream(ones.array()).forEach(row -> Arrays.fill(row, 1));
            return ones;
        });
        return new FactorProblem(
                x,
                Optional.of(divided(weights, 1 / scale)),
                problem.loss(),
                multiplied(problem.w()),
                multiplied(problem.h()));
    }

    private List<Component> multiplied(List<Component> components) {
        return components.stream()
                .map(c -> new Component(
                        new Penalty(
                                scale * c.penalty().l1(),
                                scale * c.penalty().l2(),
                                scale * c.penalty().barrier()),
                        c.fixed()))
                .toList();
    }

    /** True if all of W or all of H is given, so that only the other factor is sought. */
    public boolean oneFactorGiven() {
        return w instanceof Constant || h instanceof Constant;
    }

    /** The same factors with those that are constants in the graph put in their places. */
    public Factors withConstants(Factors factors) {
        return new Factors(
                w instanceof Constant c ? dense(c.values(), factors.w()) : factors.w(),
                h instanceof Constant c ? dense(c.values(), factors.h()) : factors.h());
    }

    private static Dense dense(double[] values, Dense shape) {
        double[][] rows = new double[shape.rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values, i * shape.columns(), (i + 1) * shape.columns());
        }
        return Dense.of(rows);
    }

    /** The parameters of a graph with this pattern at these factors, {@code [layout.dimension()]}. */
    public double[] theta(Layout layout, Factors factors) {
        double[] theta = new double[layout.dimension()];
        for (Layout.Slot slot : layout.slots()) {
            Dense values = slot.parameter().name().equals(w.name()) ? factors.w() : factors.h();
            for (int i = 0; i < values.rows(); i++) {
                System.arraycopy(values.row(i), 0, theta, slot.offset() + i * values.columns(), values.columns());
            }
        }
        return theta;
    }

    /** The factors at these parameters; the inverse of {@link #theta}. */
    public Factors factors(Layout layout, double[] theta) {
        List<Dense> both = new ArrayList<>();
        for (Node node : List.of(w, h)) {
            double[] values = node instanceof Constant c ? c.values() : parameter(layout, theta, node);
            int rows = node.dims().axes().get(0).length();
            both.add(dense(values, Dense.zeros(rows, values.length / rows)));
        }
        return new Factors(both.get(0), both.get(1));
    }

    private static double[] parameter(Layout layout, double[] theta, Node node) {
        Layout.Slot slot = layout.slots().stream()
                .filter(s -> s.parameter().name().equals(node.name()))
                .findFirst()
                .orElseThrow();
        return Arrays.copyOfRange(theta, slot.offset(), slot.offset() + slot.size());
    }
}
