package org.unblend.model.op;

import java.util.BitSet;
import java.util.List;
import org.unblend.model.Dims;
import org.unblend.model.InvalidModel;
import org.unblend.model.Kernel;
import org.unblend.model.RowStatus;

/** Combines inputs entry by entry over the union of their axes. */
abstract class Spread implements Kernel {
    private final Dims dims;
    private final int[] sizes;
    private final int[][] maps;

    /** @throws InvalidModel M006 if there is no input */
    Spread(List<Dims> inputs) {
        if (inputs.isEmpty()) {
            throw new InvalidModel("M006", "", "a sum or product of nothing", "name at least one node");
        }
        dims = inputs.stream().reduce(Dims.SCALAR, Dims::union);
        sizes = inputs.stream().mapToInt(Dims::size).toArray();
        maps = inputs.stream().map(dims::spread).toArray(int[][]::new);
    }

    /** The result for one entry, given one value per input. */
    abstract double combine(double[] values);

    /** Derivative of {@link #combine} with respect to one of the values. */
    abstract double derivative(double[] values, int which);

    @Override
    public Dims dims() {
        return dims;
    }

    @Override
    public void apply(double[][] in, double[] out, RowStatus[] status, int rows) {
        int n = dims.size();
        double[] values = new double[in.length];
        for (int r = 0; r < rows; r++) {
            for (int e = 0; e < n; e++) {
                gather(in, r, e, values);
                out[r * n + e] = combine(values);
            }
        }
    }

    @Override
    public boolean byEntry() {
        return true;
    }

    @Override
    public BitSet touched(int input, BitSet changed) {
        BitSet touched = new BitSet();
        for (int e = 0; e < maps[input].length; e++) {
            touched.set(e, changed.get(maps[input][e]));
        }
        return touched;
    }

    @Override
    public void applyAt(double[][] in, double[] out, RowStatus[] status, int[] entries) {
        double[] values = new double[in.length];
        for (int e : entries) {
            gather(in, 0, e, values);
            out[e] = combine(values);
        }
    }

    @Override
    public void vjp(double[][] in, double[] out, double[] outBar, double[][] inBar, int rows) {
        int n = dims.size();
        double[] values = new double[in.length];
        for (int r = 0; r < rows; r++) {
            for (int e = 0; e < n; e++) {
                double bar = outBar[r * n + e];
                if (bar == 0) {
                    continue;
                }
                gather(in, r, e, values);
                for (int i = 0; i < in.length; i++) {
                    inBar[i][r * sizes[i] + maps[i][e]] += bar * derivative(values, i);
                }
            }
        }
    }

    private void gather(double[][] in, int row, int entry, double[] values) {
        for (int i = 0; i < in.length; i++) {
            values[i] = in[i][row * sizes[i] + maps[i][entry]];
        }
    }
}
