package org.unblend.model.op;

import java.util.Arrays;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.InvalidModel;
import org.unblend.model.Kernel;
import org.unblend.model.RowStatus;

/**
 * A fixed sparse linear map of one input: {@code out[target[t]] += coefficient[t] in[source[t]]} over all terms t. Sums
 * over an axis, selections and convolutions are of this form.
 */
record Linear(Dims dims, int inputSize, int[] target, int[] source, double[] coefficient) implements Kernel {

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
