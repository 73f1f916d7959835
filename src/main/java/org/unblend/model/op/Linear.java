package org.unblend.model.op;

import java.util.Arrays;
import java.util.BitSet;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.InvalidModel;
import org.unblend.model.Kernel;
import org.unblend.model.RowStatus;

/**
 * A fixed sparse linear map of one input: {@code out[target[t]] += coefficient[t] in[source[t]]} over all terms t. Sums
 * over an axis, selections and convolutions are of this form.
 */
final class Linear implements Kernel {
    private final Dims dims;
    private final int inputSize;
    private final int[] target;
    private final int[] source;
    private final double[] coefficient;

    /** The terms of target {@code i} in their order: {@code byTarget[start[i]]} to {@code byTarget[start[i + 1] - 1]}. */
    private final int[] start;

    private final int[] byTarget;

    Linear(Dims dims, int inputSize, int[] target, int[] source, double[] coefficient) {
        this.dims = dims;
        this.inputSize = inputSize;
        this.target = target;
        this.source = source;
        this.coefficient = coefficient;
        start = new int[dims.size() + 1];
        for (int t : target) {
            start[t + 1]++;
        }
        for (int i = 0; i < dims.size(); i++) {
            start[i + 1] += start[i];
        }
        byTarget = new int[target.length];
        int[] next = start.clone();
        for (int t = 0; t < target.length; t++) {
            byTarget[next[target[t]]++] = t;
        }
    }

    @Override
    public Dims dims() {
        return dims;
    }

    @Override
    public boolean byEntry() {
        return true;
    }

    @Override
    public BitSet touched(int input, BitSet changed) {
        BitSet touched = new BitSet();
        for (int t = 0; t < target.length; t++) {
            if (changed.get(source[t])) {
                touched.set(target[t]);
            }
        }
        return touched;
    }

    @Override
    public void applyAt(double[][] in, double[] out, RowStatus[] status, int[] entries) {
        for (int e : entries) {
            double sum = 0;
            for (int t = start[e]; t < start[e + 1]; t++) {
                sum += coefficient[byTarget[t]] * in[0][source[byTarget[t]]];
            }
            out[e] = sum;
        }
    }

    @Override
    public void apply(double[][] in, double[] out, RowStatus[] status, int rows) {
        int n = dims.size();
        Arrays.fill(out, 0, rows * n, 0);
        for (int r = 0; r < rows; r++) {
            for (int t = 0; t < target.length; t++) {
                out[r * n + target[t]] += coefficient[t] * in[0][r * inputSize + source[t]];
            }
        }
    }

    @Override
    public void vjp(double[][] in, double[] out, double[] outBar, double[][] inBar, int rows) {
        int n = dims.size();
        for (int r = 0; r < rows; r++) {
            for (int t = 0; t < target.length; t++) {
                inBar[0][r * inputSize + source[t]] += coefficient[t] * outBar[r * n + target[t]];
            }
        }
    }

    /** The axis with this name, or the flaw that it is missing. */
    static Axis axis(String input, Dims dims, String name) {
        return dims.axis(name)
                .orElseThrow(() -> new InvalidModel(
                        "M022", "", input + dims + " has no axis '" + name + "'", "name one of its axes"));
    }
}
