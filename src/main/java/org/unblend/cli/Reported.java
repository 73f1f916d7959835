package org.unblend.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Quantity;
import org.unblend.io.Variable;
import org.unblend.model.Node;
import org.unblend.model.Support;

/**
 * Nodes that follow from the parameters and are reported beside them, such as a pressure or a total column.
 *
 * @param model the model
 * @param units unit of each node, by its name; the node's own where it is empty. All nodes are deterministic
 */
record Reported(CompiledModel model, Map<String, String> units) {
    /** Ratio of the largest to the smallest value from which a positive quantity is shown as its logarithm. */
    private static final double DECADES = 30;

    Reported {
        units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
    }

    private Set<String> nodes() {
        return units.keySet();
    }

    /** Number of quantities: the entries of all nodes. */
    int size() {
        return nodes().stream().mapToInt(n -> node(n).dims().size()).sum();
    }

    /** Values, {@code [rows x size]}; NaN where a forward model failed. */
    double[] values(double[] theta, int rows) {
        int width = size();
        double[] out = new double[rows * width];
        int at = 0;
        for (String name : nodes()) {
            double[] values = model.values(name, theta, rows);
            int n = node(name).dims().size();
            for (int r = 0; r < rows; r++) {
                System.arraycopy(values, r * n, out, r * width + at, n);
            }
            at += n;
        }
        return out;
    }

    /** What they are; those whose values in these draws span decades are logarithmic. */
    List<Quantity> quantities(double[] values) {
        List<Quantity> all = new ArrayList<>();
        int width = size();
        for (String name : nodes()) {
            Node node = node(name);
            for (String label : node.dims().entryLabels()) {
                int column = all.size();
                double[] sorted = IntStream.range(0, values.length / width)
                        .mapToDouble(r -> values[r * width + column])
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
                boolean wide = sorted.length > 0 && sorted[0] > 0 && sorted[sorted.length - 1] / sorted[0] > DECADES;
                all.add(new Quantity(
                        label.isEmpty() ? name : name + "[" + label + "]",
                        units.get(name).isEmpty() ? node.unit() : units.get(name),
                        "",
                        wide ? Support.POSITIVE : Support.REAL,
                        wide));
            }
        }
        return all;
    }

    /** Where they lie among the quantities of the draws, after this many parameters. */
    List<Variable> variables(int parameters) {
        List<Variable> all = new ArrayList<>();
        int at = parameters;
        for (String name : nodes()) {
            all.add(new Variable(name, node(name).dims(), at));
            at += node(name).dims().size();
        }
        return all;
    }

    private Node node(String name) {
        return model.graph().node(name).orElseThrow();
    }
}
