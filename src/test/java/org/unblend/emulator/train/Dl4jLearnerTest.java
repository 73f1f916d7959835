package org.unblend.emulator.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.unblend.math.Activation;
import org.unblend.math.DenseNetwork;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.RegressionLoss;
import org.unblend.math.TrainingData;
import org.unblend.math.TrainingRun;
import org.unblend.math.TrainingSettings;
import org.unblend.math.TrainingState;

class Dl4jLearnerTest {
    private static final TrainingSettings SETTINGS =
            TrainingSettings.STANDARD.withEpochs(8).withBatch(50).withRate(1e-2, 1e-3);

    private static TrainingData data(int rows, String name) {
        RandomSource random = RandomStream.of(8).split(name).generator();
        double[][] x = new double[rows][];
        double[][] y = new double[rows][];
        for (int r = 0; r < rows; r++) {
            x[r] = new double[] {random.nextDouble(-1, 1), random.nextDouble(-1, 1)};
            y[r] = new double[] {x[r][0] * x[r][1], Math.tanh(2 * x[r][0])};
        }
        return new TrainingData(x, y);
    }

    private static Learner.Task task(TrainingSettings settings) {
        return new Learner.Task(
                "net",
                DenseNetwork.random(new int[] {2, 12, 8, 2}, Activation.SILU, RandomStream.of(1)),
                data(1000, "train"),
                data(300, "held"),
                settings,
                RandomStream.of(2));
    }

    @Test
    void learnsAsThePlainLearnerDoes() {
        List<TrainingRun.Report> ours = new ArrayList<>();
        List<TrainingRun.Report> theirs = new ArrayList<>();
        new PlainLearner().learn(task(SETTINGS), TrainingStore.NONE, ours::add);
        new Dl4jLearner().learn(task(SETTINGS), TrainingStore.NONE, theirs::add);
        assertEquals(8, theirs.size());
        double first = theirs.get(0).validationLoss();
        double last = theirs.get(7).validationLoss();
        assertTrue(last < 0.2 * first, first + " to " + last);
        // Other batches, the same start, steps and data: losses of the same size.
        assertEquals(1, last / ours.get(7).validationLoss(), 0.7);
    }

    @Test
    void aStoppedTrainingGoesOnToTheSameBits() {
        DenseNetwork whole = new Dl4jLearner().learn(task(SETTINGS), TrainingStore.NONE, r -> {});
        Map<String, TrainingState> kept = new HashMap<>();
        TrainingStore store = new TrainingStore() {
            @Override
            public Optional<double[]> samples(String set, int chunk) {
                return Optional.empty();
            }

            @Override
            public void saveSamples(String set, int chunk, double[] values) {}

            @Override
            public Optional<TrainingState> state(String part) {
                return Optional.ofNullable(kept.get(part));
            }

            @Override
            public void saveState(String part, TrainingState state) {
                kept.put(part, state);
            }
        };
        assertThrows(
                IllegalStateException.class,
                () -> new Dl4jLearner().learn(task(SETTINGS), store, r -> {
                    if (r.epoch() == 7) {
                        throw new IllegalStateException("stopped");
                    }
                }));
        assertEquals(5, kept.get("net").epoch());
        DenseNetwork resumed = new Dl4jLearner().learn(task(SETTINGS), store, r -> {});
        for (int l = 0; l < 3; l++) {
            assertArrayEquals(
                    whole.layers().get(l).weights(), resumed.layers().get(l).weights());
        }
    }

    @Test
    void theZipHoldsTheSameNetwork(@TempDir java.nio.file.Path directory) throws java.io.IOException {
        for (Activation f : Activation.values()) {
            DenseNetwork net = DenseNetwork.random(new int[] {2, 12, 2}, f, RandomStream.of(1));
            java.io.File file = directory.resolve(f + ".zip").toFile();
            Dl4jNetworks.write(net, file);
            MultiLayerNetwork back = ModelSerializer.restoreMultiLayerNetwork(file);
            float[] theirs = back.output(Nd4j.createFromArray(new float[][] {{0.3f, -0.8f}}))
                    .toFloatVector();
            double[] ours = new double[2];
            net.apply(new double[] {0.3f, -0.8f}, ours, 1, net.newScratch());
            assertEquals(ours[0], theirs[0], 1e-5);
            assertEquals(ours[1], theirs[1], 1e-5);
        }
    }

    @Test
    void hubersLossIsRefused() {
        TrainingSettings huber = SETTINGS.withLoss(RegressionLoss.huber(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Dl4jLearner().learn(task(huber), TrainingStore.NONE, r -> {}));
    }
}
