package org.unblend.density;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.unblend.model.Arg;
import org.unblend.model.Dims;
import org.unblend.model.Node;

/** Where the arguments of a distribution come from, for each entry of the node that it describes. */
final class ArgumentTable {
    private static final double STEP = 1e-6;
    private static final double SMALL = 1e-3;

    /** Per argument: index of the node it reads, or -1 for a number. */
    private final int[] node;

    /** Per argument: number of values of that node. */
    private final int[] size;

    /** Per argument: entry of that node for each entry of the described node. */
    private final int[][] map;

    private final double[] number;

    ArgumentTable(List<Arg> args, Dims dims, List<Node> nodes, Map<String, Integer> index) {
        int n = args.size();
        node = new int[n];
        size = new int[n];
        map = new int[n][];
        number = new double[n];
        for (int i = 0; i < n; i++) {
            if (args.get(i) instanceof Arg.Ref ref) {
                node[i] = index.get(ref.node());
                Dims source = nodes.get(node[i]).dims();
                size[i] = source.size();
                map[i] = dims.spread(source);
            } else {
                node[i] = -1;
                number[i] = ((Arg.Value) args.get(i)).value();
            }
        }
    }

    int count() {
        return node.length;
    }

    /** Fills {@code theta} with the arguments at one entry. */
    void fetch(Frame frame, int row, int entry, double[] theta) {
        for (int i = 0; i < node.length; i++) {
            theta[i] = node[i] < 0 ? number[i] : frame.values[node[i]][row * size[i] + map[i][entry]];
        }
    }

    /** True if an argument at this entry reads an entry that changes; {@code changed} per node, null where nothing does. */
    boolean touched(int entry, BitSet[] changed) {
        for (int i = 0; i < node.length; i++) {
            if (node[i] >= 0 && changed[node[i]] != null && changed[node[i]].get(map[i][entry])) {
                return true;
            }
        }
        return false;
    }

    /** True if argument {@code i} is a node whose derivatives are asked for. */
    boolean wanted(double[][] bars, int i) {
        return node[i] >= 0 && bars[node[i]] != null;
    }

    /**
     * A step of an argument for a difference quotient of a quantile: upwards, so that positive arguments stay so, and not so
     * short beside the quantile that its digits are lost.
     */
    static double step(double argument, double quantile) {
        double size = Math.max(Math.abs(argument), SMALL * Math.min(1, Math.abs(quantile)));
        return STEP * (size > 0 ? size : 1);
    }

    /** Adds {@code bar} to the gradient of the node behind argument {@code i}, if there is one and it is wanted. */
    void give(double[][] bars, int row, int entry, int i, double bar) {
        if (node[i] >= 0 && bars[node[i]] != null) {
            bars[node[i]][row * size[i] + map[i][entry]] += bar;
        }
    }
}
