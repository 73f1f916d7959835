package org.unblend.model.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Dims;
import org.unblend.model.Kernel;
import org.unblend.model.Op;
import org.unblend.model.RowStatus;

/** What every operation must keep, whatever it computes. Inputs are between 0.5 and 2, where all functions are smooth. */
abstract class OpContract {
    private static final int ROWS = 5;

    /** An operation with the shapes of its inputs. */
    record Case(Op op, List<Dims> dims) {
        Kernel kernel() {
            return op.bind(dims);
        }

        double[][] inputs(int rows) {
            RandomSource random = RandomStream.of(3).generator();
            return dims.stream()
                    .map(d -> IntStream.range(0, rows * d.size())
                            .mapToDouble(i -> 0.5 + 1.5 * random.nextDouble())
                            .toArray())
                    .toArray(double[][]::new);
        }
    }

    abstract List<Case> cases();

    static double[] apply(Kernel kernel, int rows, double[]... in) {
        double[] out = new double[rows * kernel.dims().size()];
        Arrays.fill(out, Double.NaN);
        RowStatus[] status = new RowStatus[rows];
        Arrays.fill(status, RowStatus.OK);
        kernel.apply(in, out, status, rows);
        for (RowStatus s : status) {
            assertEquals(RowStatus.OK, s);
        }
        return out;
    }

    private static double[][] copy(double[][] in) {
        return Arrays.stream(in).map(double[]::clone).toArray(double[][]::new);
    }

    private static double[][] row(Case c, double[][] in, int row) {
        return IntStream.range(0, in.length)
                .mapToObj(i -> {
                    int n = c.dims().get(i).size();
                    return Arrays.copyOfRange(in[i], row * n, (row + 1) * n);
                })
                .toArray(double[][]::new);
    }

    @Test
    void namesOneNodePerInput() {
        cases().forEach(c -> assertEquals(c.dims().size(), c.op().inputs().size()));
        cases().forEach(c -> assertFalse(c.op().description().isBlank()));
    }

    @Test
    void rowsAreIndependentBitForBit() {
        for (Case c : cases()) {
            Kernel kernel = c.kernel();
            double[][] in = c.inputs(ROWS);
            double[] all = apply(kernel, ROWS, in);
            int n = kernel.dims().size();
            for (int r = 0; r < ROWS; r++) {
                assertArrayEquals(
                        Arrays.copyOfRange(all, r * n, (r + 1) * n),
                        apply(kernel, 1, row(c, in, r)),
                        c.op().description());
            }
        }
    }

    @Test
    void inputsAreNotModified() {
        for (Case c : cases()) {
            Kernel kernel = c.kernel();
            double[][] in = c.inputs(ROWS);
            double[][] before = copy(in);
            double[] out = apply(kernel, ROWS, in);
            double[] outBefore = out.clone();
            double[] bar = ramp(out.length);
            kernel.vjp(in, out, bar, zeros(in), ROWS);
            assertTrue(Arrays.deepEquals(before, in), c.op().description());
            assertArrayEquals(outBefore, out);
            assertArrayEquals(ramp(out.length), bar);
        }
    }

    @Test
    void vectorJacobianProductAgreesWithDifferences() {
        for (Case c : cases()) {
            Kernel kernel = c.kernel();
            assertTrue(kernel.differentiable());
            double[][] in = c.inputs(ROWS);
            double[] out = apply(kernel, ROWS, in);
            double[] bar = ramp(out.length);
            double[][] got = zeros(in);
            kernel.vjp(in, out, bar, got, ROWS);
            for (int i = 0; i < in.length; i++) {
                for (int j = 0; j < in[i].length; j++) {
                    double slope = difference(kernel, in, i, j, bar);
                    // Central differences of step 1e-6 are good to about 1e-9 here.
                    assertEquals(slope, got[i][j], 1e-6 * (1 + Math.abs(slope)), c.op().description());
                }
            }
        }
    }

    @Test
    void vectorJacobianProductAddsToWhatIsThere() {
        for (Case c : cases()) {
            Kernel kernel = c.kernel();
            double[][] in = c.inputs(1);
            double[] out = apply(kernel, 1, in);
            double[] bar = ramp(out.length);
            double[][] once = zeros(in);
            kernel.vjp(in, out, bar, once, 1);
            double[][] onTop = zeros(in);
            Arrays.stream(onTop).forEach(b -> Arrays.fill(b, 100));
            kernel.vjp(in, out, bar, onTop, 1);
            for (int i = 0; i < in.length; i++) {
                for (int j = 0; j < in[i].length; j++) {
                    assertEquals(100 + once[i][j], onTop[i][j], 1e-11, c.op().description());
                }
            }
        }
    }

    private static double difference(Kernel kernel, double[][] in, int input, int entry, double[] bar) {
        double h = 1e-6;
        double[][] up = copy(in);
        double[][] down = copy(in);
        up[input][entry] += h;
        down[input][entry] -= h;
        double[] a = apply(kernel, ROWS, up);
        double[] b = apply(kernel, ROWS, down);
        return IntStream.range(0, a.length)
                .mapToDouble(k -> bar[k] * (a[k] - b[k]) / (2 * h))
                .sum();
    }

    private static double[] ramp(int length) {
        return IntStream.range(0, length).mapToDouble(k -> 0.3 + 0.1 * k).toArray();
    }

    private static double[][] zeros(double[][] like) {
        return Arrays.stream(like).map(a -> new double[a.length]).toArray(double[][]::new);
    }
}
