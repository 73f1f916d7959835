package org.unblend.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.unblend.model.Constant;
import org.unblend.model.Deterministic;
import org.unblend.model.Dims;
import org.unblend.model.Dirichlet;
import org.unblend.model.Distribution;
import org.unblend.model.Independent;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;

/** The graph as arrays: nodes by index, their factors, and which of them a computation needs. */
final class Program {
    final List<Node> nodes;
    final Map<String, Integer> index = new HashMap<>();

    /** Per node: its prior or likelihood, or null. */
    final Factor[] factors;

    /** Per node: the nodes it reads; of a sparse observation those that {@link SparseLikelihood} reads. */
    final int[][] inputs;

    /** Per node: its data, or null; null where {@link #sparse} holds them. */
    final double[][] data;

    /** Per node: its likelihood and data, if only stored entries are visited, or null. */
    final SparseLikelihood[] sparse;

    private final double[][] constants;

    /** @param maySkip false if every entry of sparse data is to be looked at, in memory that grows with all entries */
    Program(ModelGraph graph, boolean maySkip) {
        nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            index.put(nodes.get(i).name(), i);
        }
        factors = new Factor[nodes.size()];
        inputs = new int[nodes.size()][];
        constants = new double[nodes.size()][];
        data = new double[nodes.size()][];
        sparse = new SparseLikelihood[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            inputs[i] =
                    ModelGraph.dependencies(node).stream().mapToInt(index::get).toArray();
            if (node instanceof Constant c) {
                constants[i] = c.values();
            } else if (node instanceof Parameter p) {
                double[] ones = new double[p.dims().size()];
                Arrays.fill(ones, 1);
                factors[i] = factor(p.prior(), p.dims(), ones);
            } else if (node instanceof Observation o) {
                sparse[i] = maySkip ? SparseLikelihood.of(o, nodes, index).orElse(null) : null;
                if (sparse[i] == null) {
                    factors[i] = factor(o.likelihood(), o.dims(), o.weights());
                    data[i] = o.data();
                } else {
                    inputs[i] = sparse[i].inputs();
                }
            }
        }
    }

    /** Number of data entries of an observation that count. */
    long counted(int node) {
        return sparse[node] != null ? sparse[node].counted() : likelihood(node).counted();
    }

    /** These nodes and everything they depend on, in topological order. */
    int[] needed(List<Integer> wanted) {
        Set<Integer> all = new HashSet<>();
        List<Integer> open = new ArrayList<>(wanted);
        while (!open.isEmpty()) {
            int node = open.remove(open.size() - 1);
            if (all.add(node)) {
                Arrays.stream(inputs[node]).forEach(open::add);
            }
        }
        return all.stream().sorted().mapToInt(Integer::intValue).toArray();
    }

    /** Fills the values of one constant or deterministic node; parameters and observations are left alone. */
    void evaluate(int node, Frame frame) {
        int rows = frame.rows;
        if (constants[node] != null) {
            double[] once = constants[node];
            frame.values[node] = new double[rows * once.length];
            for (int r = 0; r < rows; r++) {
                System.arraycopy(once, 0, frame.values[node], r * once.length, once.length);
            }
        } else if (nodes.get(node) instanceof Deterministic d) {
            frame.values[node] = new double[rows * d.dims().size()];
            d.kernel().apply(values(node, frame), frame.values[node], frame.status, rows);
        }
    }

    /** Derivatives by every node of {@code order} that is not fixed, all zero to begin with; null for the others. */
    double[][] bars(int[] order, Frame frame) {
        double[][] bars = new double[nodes.size()][];
        for (int node : order) {
            boolean free = nodes.get(node) instanceof Deterministic || factors[node] != null;
            if (free && frame.values[node] != null) {
                bars[node] = new double[frame.values[node].length];
            }
        }
        return bars;
    }

    /**
     * Adds to {@code bars} of a node's inputs: from an observation the derivatives of its log likelihood, from an operation
     * those that have been gathered for its values. Other nodes have nothing to pass on here.
     */
    void pullBack(int node, Frame frame, double[][] bars) {
        if (sparse[node] != null) {
            for (int r = 0; r < frame.rows; r++) {
                sparse[node].gradient(frame, r, bars);
            }
        } else if (data[node] != null) {
            for (int r = 0; r < frame.rows; r++) {
                factors[node].gradient(data[node], 0, frame, r, null, bars);
            }
        } else if (nodes.get(node) instanceof Deterministic d) {
            double[][] inputBars = Arrays.stream(inputs[node])
                    .mapToObj(in -> bars[in] != null ? bars[in] : new double[frame.values[in].length])
                    .toArray(double[][]::new);
            d.kernel().vjp(values(node, frame), frame.values[node], bars[node], inputBars, frame.rows);
        }
    }

    /** The likelihood of an observation; it is a distribution of single numbers ({@link Observation}). */
    IndependentFactor likelihood(int node) {
        return (IndependentFactor) factors[node];
    }

    /** The values of a node's inputs, in the order of its arguments. */
    double[][] values(int node, Frame frame) {
        return Arrays.stream(inputs[node]).mapToObj(i -> frame.values[i]).toArray(double[][]::new);
    }

    private Factor factor(Distribution distribution, Dims dims, double[] weights) {
        ArgumentTable table = new ArgumentTable(distribution.args(), dims, nodes, index);
        if (distribution instanceof Dirichlet d) {
            return new DirichletFactor(d, dims, table);
        }
        int[] entries =
                IntStream.range(0, weights.length).filter(e -> weights[e] > 0).toArray();
        double[] counted = Arrays.stream(entries).mapToDouble(e -> weights[e]).toArray();
        return new IndependentFactor((Independent) distribution, table, entries, counted);
    }
}
