package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingRunTest {
    private static final TrainingSettings QUICK =
            TrainingSettings.STANDARD.withEpochs(60).withBatch(64).withRate(1e-2, 1e-4);

    /** sin(3x) y and its square, of x and y in [-1, 1]. */
    private static TrainingData wave(int rows, String name) {
        RandomSource random = RandomStream.of(8).split(name).generator();
        double[][] x = new double[rows][];
        double[][] y = new double[rows][];
        for (int r = 0; r < rows; r++) {
            x[r] = new double[] {random.nextDouble(-1, 1), random.nextDouble(-1, 1)};
            double f = Math.sin(3 * x[r][0]) * x[r][1];
            y[r] = new double[] {f, f * f};
        }
        return new TrainingData(x, y);
    }

    private static TrainingRun run(TrainingSettings settings, TrainingData train) {
        DenseNetwork start = DenseNetwork.random(new int[] {2, 24, 24, 2}, Activation.SILU, RandomStream.of(9));
        return new TrainingRun(start, train, wave(500, "held"), settings, RandomStream.of(10));
    }

    /** False alarms: none, seeds are fixed; the variance of the targets is 0.12 and 0.05. */
    @ParameterizedTest
    @EnumSource(RegressionLoss.Kind.class)
    void aSmoothFunctionIsLearnt(RegressionLoss.Kind kind) {
        TrainingRun run = run(QUICK.withLoss(new RegressionLoss(kind, 0.1)), wave(4000, "train"));
        while (!run.finished()) {
            run.epoch();
        }
        TrainingData fresh = wave(2000, "fresh");
        DenseNetwork net = run.best();
        DenseNetwork.Scratch scratch = net.newScratch();
        double[] out = new double[2];
        double sum = 0;
        for (int r = 0; r < fresh.rows(); r++) {
            net.apply(fresh.inputs()[r], out, 1, scratch);
            sum += Math.pow(out[0] - fresh.targets()[r][0], 2) + Math.pow(out[1] - fresh.targets()[r][1], 2);
        }
        double rms = Math.sqrt(sum / 4000);
        assertTrue(rms < 0.02, kind + ": rms " + rms);
    }

    @Test
    void theGradientIsThatOfDifferences() {
        TrainingData data = wave(150, "train");
        int[] order = new int[150];
        Arrays.setAll(order, i -> 149 - i);
        for (Activation f : Activation.values()) {
            RegressionLoss loss = RegressionLoss.huber(0.3);
            Backpropagation net =
                    new Backpropagation(DenseNetwork.random(new int[] {2, 7, 6, 2}, f, RandomStream.of(11)));
            for (double[] row : net.parameters) {
                // With biases of 0, ReLU would stand on its corner.
                for (int j = 0; j < row.length; j++) {
                    row[j] += 0.03 * (j + 1);
                }
            }
            net.parametersChanged();
            net.gradient(data, order, 0, 150, loss);
            double[][] g = Dense.copy(net.gradient);
            for (int k = 0; k < g.length; k++) {
                for (int j = 0; j < g[k].length; j++) {
                    double h = 1e-5;
                    net.parameters[k][j] += h;
                    double up = loss(net, data, order, loss);
                    net.parameters[k][j] -= 2 * h;
                    double down = loss(net, data, order, loss);
                    net.parameters[k][j] += h;
                    // ReLU has a corner at 0 that a difference may straddle.
                    double tolerance = f == Activation.RELU ? 2e-4 : 1e-7;
                    assertEquals((up - down) / (2 * h), g[k][j], tolerance, f + " " + k + " " + j);
                }
            }
        }
    }

    private static double loss(Backpropagation net, TrainingData data, int[] order, RegressionLoss loss) {
        net.parametersChanged();
        return net.loss(data, order, loss) / (order.length * 2);
    }

    /** One step of Adam from zero moments moves each parameter by the rate against the sign of its gradient. */
    @Test
    void theFirstStepIsThatOfTheDefinition() {
        TrainingData data = new TrainingData(new double[][] {{1, 2}}, new double[][] {{1, -1}});
        DenseNetwork start = new DenseNetwork(List.of(new DenseLayer(
                new double[][] {{0.5, 0}, {0, 0.5}}, new double[2], Activation.LINEAR)));
        TrainingSettings s = new TrainingSettings(1, 1, 0.01, 0.01, 0, 1, RegressionLoss.SQUARED);
        TrainingRun run = new TrainingRun(start, data, data, s, RandomStream.of(1));
        double before = 0.25 / 2 + 4.0 / 2;
        assertEquals(before, run.epoch().trainLoss(), 1e-15);
        DenseLayer after = run.best().layers().get(0);
        assertArrayEquals(new double[] {0.51, -0.01}, after.weights()[0], 1e-9);
        assertArrayEquals(new double[] {0.01, 0.49}, after.weights()[1], 1e-9);
        assertArrayEquals(new double[] {0.01, -0.01}, after.bias(), 1e-9);
    }

    @Test
    void aStoppedTrainingGoesOnToTheSameBits() {
        TrainingData train = wave(1000, "train");
        TrainingSettings s = QUICK.withEpochs(9);
        TrainingRun whole = run(s, train);
        while (!whole.finished()) {
            whole.epoch();
        }
        TrainingRun first = run(s, train);
        for (int e = 0; e < 4; e++) {
            first.epoch();
        }
        TrainingState half = first.state();
        TrainingRun second = run(s, train);
        second.restore(half);
        first.epoch();
        while (!second.finished()) {
            second.epoch();
        }
        assertEquals(whole.state(), second.state());
        assertEquals(4, half.epoch());
        assertEquals(bits(whole.best()), bits(second.best()));
    }

    private static int bits(DenseNetwork net) {
        return net.layers().stream()
                .mapToInt(l -> Arrays.deepHashCode(l.weights()))
                .sum();
    }

    @Test
    void trainingEndsWhenValidationNoLongerImproves() {
        // Twenty rows are learnt by heart soon, and the validation loss turns.
        TrainingRun run = run(
                TrainingSettings.STANDARD.withEpochs(5000).withRate(1e-2, 1e-2).withPatience(30), wave(20, "train"));
        TrainingRun.Report last = null;
        while (!run.finished()) {
            last = run.epoch();
        }
        assertTrue(last.epoch() < 5000);
        assertEquals(last.epoch() - 30, run.state().bestEpoch());
        assertTrue(run.bestLoss() < last.validationLoss());
    }

    @Test
    void badDataAreNamed() {
        double[][] x = {{1, 2}, {3, 4}};
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new TrainingData(x, new double[][] {{1}, {Double.NaN}}))
                .getMessage();
        assertTrue(message.contains("target 0 of row 1 is NaN"), message);
        assertThrows(IllegalArgumentException.class, () -> new TrainingData(x, new double[][] {{1}}));
        assertThrows(IllegalArgumentException.class, () -> new TrainingData(new double[0][], new double[0][]));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainingData(new double[][] {{1, 2}, {3}}, new double[][] {{1}, {1}}));
        TrainingData one = new TrainingData(x, new double[][] {{1}, {2}});
        DenseNetwork net = DenseNetwork.random(new int[] {2, 3, 2}, Activation.RELU, RandomStream.of(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainingRun(net, one, one, TrainingSettings.STANDARD, RandomStream.of(1)));
        assertThrows(IllegalArgumentException.class, () -> TrainingSettings.STANDARD.withRate(1e-3, 1e-2));
    }

    @Test
    void divergenceIsReported() {
        TrainingData huge = new TrainingData(new double[][] {{1e200, 1e200}}, new double[][] {{1, 1}});
        DenseNetwork net = DenseNetwork.random(new int[] {2, 3, 2}, Activation.RELU, RandomStream.of(1));
        TrainingRun run = new TrainingRun(net, huge, huge, QUICK, RandomStream.of(1));
        assertThrows(ArithmeticException.class, run::epoch);
    }
}
