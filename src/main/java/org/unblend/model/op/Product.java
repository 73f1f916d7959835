package org.unblend.model.op;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.InvalidModel;
import org.unblend.model.Kernel;
import org.unblend.model.Op;
import org.unblend.model.RowStatus;

/**
 * The matrix product over the one axis that both factors share: {@code out[i,j] = sum_k left[i,k] right[k,j]}. The rank
 * of a factorisation is the length of that axis.
 *
 * @param left name of the first factor, {@code [i x k]}
 * @param right name of the second factor, {@code [k x j]}
 */
public record Product(String left, String right) implements Op {

    @Override
    public List<String> inputs() {
        return List.of(left, right);
    }

    @Override
    public Kernel bind(List<Dims> dims) {
        Dims a = dims.get(0);
        Dims b = dims.get(1);
        List<Axis> shared = a.axes().stream().filter(b.axes()::contains).toList();
        if (a.axes().size() != 2
                || b.axes().size() != 2
                || shared.size() != 1
                || !a.axes().get(1).equals(shared.get(0))
                || !b.axes().get(0).equals(shared.get(0))) {
            throw new InvalidModel(
                    "M021",
                    "",
                    "the product of " + left + a + " and " + right + b + " needs two axes each, the last of the first"
                            + " factor being the first of the second",
                    "use dims like [feature, component] and [component, sample]");
        }
        return new Bound(a.axes().get(0), shared.get(0).length(), b.axes().get(1));
    }

    @Override
    public String unit(List<String> units) {
        return Units.product(units);
    }

    @Override
    public String description() {
        return left + " x " + right;
    }

    private record Bound(Axis rowAxis, int inner, Axis columnAxis) implements Kernel {
        @Override
        public Dims dims() {
            return Dims.of(rowAxis, columnAxis);
        }

        @Override
        public void apply(double[][] in, double[] out, RowStatus[] status, int rows) {
            int m = rowAxis.length();
            int n = columnAxis.length();
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < m; i++) {
                    int o = (r * m + i) * n;
                    Arrays.fill(out, o, o + n, 0);
                    for (int k = 0; k < inner; k++) {
                        double a = in[0][(r * m + i) * inner + k];
                        int b = (r * inner + k) * n;
                        for (int j = 0; j < n; j++) {
                            out[o + j] += a * in[1][b + j];
                        }
                    }
                }
            }
        }

        @Override
        public boolean byEntry() {
            return true;
        }

        /** Whole rows where the left factor changes, whole columns where the right one does. */
        @Override
        public BitSet touched(int input, BitSet changed) {
            int n = columnAxis.length();
            BitSet touched = new BitSet();
            for (int e = changed.nextSetBit(0); e >= 0; e = changed.nextSetBit(e + 1)) {
                if (input == 0) {
                    touched.set(e / inner * n, (e / inner + 1) * n);
                    continue;
                }
                for (int i = 0; i < rowAxis.length(); i++) {
                    touched.set(i * n + e % n);
                }
            }
            return touched;
        }

        @Override
        public void applyAt(double[][] in, double[] out, RowStatus[] status, int[] entries) {
            int n = columnAxis.length();
            for (int e : entries) {
                // From 0 and in the order of apply, so that the sum has its bits.
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += in[0][e / n * inner + k] * in[1][k * n + e % n];
                }
                out[e] = sum;
            }
        }

        @Override
        public void vjp(double[][] in, double[] out, double[] outBar, double[][] inBar, int rows) {
            int m = rowAxis.length();
            int n = columnAxis.length();
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < m; i++) {
                    int o = (r * m + i) * n;
                    for (int k = 0; k < inner; k++) {
                        int a = (r * m + i) * inner + k;
                        int b = (r * inner + k) * n;
                        double sum = 0;
                        for (int j = 0; j < n; j++) {
                            sum += outBar[o + j] * in[1][b + j];
                            inBar[1][b + j] += outBar[o + j] * in[0][a];
                        }
                        inBar[0][a] += sum;
                    }
                }
            }
        }
    }
}
