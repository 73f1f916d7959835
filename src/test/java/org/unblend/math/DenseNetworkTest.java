package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenseNetworkTest {
    private static final int[] WIDTHS = {5, 17, 34, 3};

    private static double[] points(int rows, int columns) {
        RandomSource random = RandomStream.of(3).split("points").generator();
        return random.doubles((long) rows * columns, -2, 2).toArray();
    }

    /** The network again, by the definition and in no hurry. */
    private static double[] byDefinition(DenseNetwork net, double[] x) {
        double[] a = x;
        for (DenseLayer layer : net.layers()) {
            double[] z = layer.bias();
            for (int j = 0; j < z.length; j++) {
                for (int i = 0; i < a.length; i++) {
                    z[j] += a[i] * layer.weights()[i][j];
                }
                z[j] = exact(layer.activation()).applyAsDouble(z[j]);
            }
            a = z;
        }
        return a;
    }

    private static DoubleUnaryOperator exact(Activation f) {
        return switch (f) {
            case LINEAR -> z -> z;
            case RELU -> z -> Math.max(0, z);
            case TANH -> Math::tanh;
            case SILU -> z -> z / (1 + Math.exp(-z));
            case SOFTPLUS -> z -> z > 30 ? z : Math.log1p(Math.exp(z));
        };
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void rowsAreWhatTheDefinitionSays(Activation activation) {
        DenseNetwork net = DenseNetwork.random(WIDTHS, activation, RandomStream.of(1));
        double[] in = points(300, 5);
        double[] out = new double[300 * 3];
        net.apply(in, out, 300, net.newScratch());
        for (int r = 0; r < 300; r++) {
            double[] expected = byDefinition(net, Arrays.copyOfRange(in, 5 * r, 5 * r + 5));
            assertArrayEquals(expected, Arrays.copyOfRange(out, 3 * r, 3 * r + 3), 1e-12);
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void aRowHasTheSameBitsInAnyBatch(Activation activation) {
        // Widths of all remainders by four.
        DenseNetwork net = DenseNetwork.random(new int[] {5, 6, 7, 9, 2}, activation, RandomStream.of(2));
        double[] in = points(261, 5);
        double[] all = new double[261 * 2];
        net.apply(in, all, 261, net.newScratch());
        DenseNetwork.Scratch scratch = net.newScratch();
        for (int r = 0; r < 261; r++) {
            double[] one = new double[2];
            net.apply(Arrays.copyOfRange(in, 5 * r, 5 * r + 5), one, 1, scratch);
            assertArrayEquals(Arrays.copyOfRange(all, 2 * r, 2 * r + 2), one, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void theProductWithTheJacobianIsThatOfDifferences(Activation activation) {
        DenseNetwork net = DenseNetwork.random(WIDTHS, activation, RandomStream.of(4));
        double[] in = points(20, 5);
        double[] bar = points(20, 3);
        double[] back = new double[20 * 5];
        Arrays.fill(back, 7);
        DenseNetwork.Scratch scratch = net.newScratch();
        net.vjp(in, bar, back, 20, scratch);
        for (int i = 0; i < in.length; i++) {
            double h = 1e-6;
            double expected = (weighted(net, in, bar, i, h) - weighted(net, in, bar, i, -h)) / (2 * h);
            // 7 was there before: products are added.
            assertEquals(expected, back[i] - 7, 1e-6 * (1 + Math.abs(expected)));
        }
    }

    private static double weighted(DenseNetwork net, double[] in, double[] bar, int i, double h) {
        double[] moved = in.clone();
        moved[i] += h;
        double[] out = new double[bar.length];
        net.apply(moved, out, bar.length / 3, net.newScratch());
        double sum = 0;
        for (int k = 0; k < out.length; k++) {
            sum += bar[k] * out[k];
        }
        return sum;
    }

    @Test
    void farOutValuesStayFinite() {
        for (Activation f : Activation.values()) {
            double[] z = {-1e300, -1e4, -41, -40, 0, 40, 41, 1e4, 1e300};
            double[] a = new double[z.length];
            double[] slope = new double[z.length];
            f.apply(z, a, z.length);
            f.slope(z, slope, z.length);
            for (int i = 0; i < z.length; i++) {
                assertTrue(Double.isFinite(a[i]) && slope[i] >= -0.1 && slope[i] <= 1.1, f + " at " + z[i]);
                if (z[i] >= -1e4) {
                    assertEquals(exact(f).applyAsDouble(z[i]), a[i], 1e-12 * (1 + Math.abs(a[i])), f + " at " + z[i]);
                }
            }
        }
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        DenseNetwork net = DenseNetwork.random(WIDTHS, Activation.SILU, RandomStream.of(5));
        double[] in = points(1000, 5);
        double[] expected = new double[3000];
        net.apply(in, expected, 1000, net.newScratch());
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            new Parallel(pool).forRanges(50, 1, (from, to) -> {
                double[] out = new double[3000];
                net.apply(in, out, 1000, net.newScratch());
                assertArrayEquals(expected, out, 0);
            });
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void wrongShapesAndNumbersAreRefused() {
        DenseLayer a = new DenseLayer(new double[2][3], new double[3], Activation.RELU);
        DenseLayer b = new DenseLayer(new double[4][1], new double[1], Activation.LINEAR);
        String message = assertThrows(IllegalArgumentException.class, () -> new DenseNetwork(List.of(a, b)))
                .getMessage();
        assertTrue(message.contains("layer 2 takes 4 values, layer 1 gives 3"), message);
        assertThrows(IllegalArgumentException.class, () -> new DenseNetwork(List.of()));
        assertThrows(
                IllegalArgumentException.class, () -> new DenseLayer(new double[2][3], new double[2], Activation.RELU));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DenseLayer(new double[][] {{Double.NaN}}, new double[1], Activation.RELU));
    }

    @Test
    void theLayersRebuildTheNetwork() {
        DenseNetwork net = DenseNetwork.random(WIDTHS, Activation.TANH, RandomStream.of(6));
        DenseNetwork copy = new DenseNetwork(net.layers());
        double[] in = points(10, 5);
        double[] x = new double[30];
        double[] y = new double[30];
        net.apply(in, x, 10, net.newScratch());
        copy.apply(in, y, 10, copy.newScratch());
        assertArrayEquals(x, y, 0);
        assertEquals(6 * 17 + 18 * 34 + 35 * 3, net.parameters());
        assertEquals("5-17 tanh-34 tanh-3 linear", net.toString());
    }
}
