package org.unblend.emulator.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.EmulatorCard.OutputError;
import org.unblend.emulator.EmulatorInput;
import org.unblend.emulator.EmulatorOutput;
import org.unblend.math.Activation;
import org.unblend.math.Parallel;
import org.unblend.math.TrainingRun;
import org.unblend.math.TrainingSettings;
import org.unblend.math.TrainingState;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

class EmulatorTrainingTest {
    private static final Recipe RECIPE = new Recipe(
            "toy",
            List.of(new EmulatorInput("T", "K", 10, 100, true), new EmulatorInput("n", "cm-3", 1, 1e4, true)),
            EmulatorOutput.Scale.LOG10,
            1e-30,
            0,
            Design.SOBOL,
            3000,
            0.2,
            1000,
            List.of(24, 24),
            Activation.SILU,
            true,
            List.of(8),
            TrainingSettings.STANDARD.withEpochs(40).withBatch(64).withRate(1e-2, 1e-4),
            7);

    /** a = T n, b = n^2 / (1 + T / 30)^3; valid up to 1e4, and at a given fraction of points it fails. */
    private record Toy(double failing) implements ForwardModel {
        @Override
        public String description() {
            return "toy";
        }

        @Override
        public List<Port> inputs() {
            return List.of(new Port("T", "K", new Support(1, 1e4)), new Port("n", "cm-3", new Support(1e-3, 1e4)));
        }

        @Override
        public Axis output() {
            return Axis.of("what", "a", "b");
        }

        @Override
        public String outputUnit() {
            return "1";
        }

        @Override
        public String fingerprint() {
            return "toy";
        }

        @Override
        public List<String> citations() {
            return List.of("nobody");
        }

        @Override
        public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
            for (int r = 0; r < rows; r++) {
                double t = in[2 * r];
                double n = in[2 * r + 1];
                boolean fails = (1000 * t) % 1 < failing;
                status[r] = fails ? RowStatus.FAILED : RowStatus.OK;
                out[2 * r] = fails ? Double.NaN : t * n;
                out[2 * r + 1] = fails ? Double.NaN : n * n * Math.pow(1 + t / 30, -3);
            }
        }
    }

    private static EmulatorTraining training(Recipe recipe, double failing, TrainingStore store) {
        return new EmulatorTraining(
                recipe, new Toy(failing), new PlainLearner(), Parallel.SERIAL, store, EmulatorTraining.Watcher.NONE);
    }

    private static Recipe with(boolean shared, int epochs) {
        return new Recipe(
                "toy",
                RECIPE.inputs(),
                RECIPE.scale(),
                RECIPE.floor(),
                RECIPE.significant(),
                Design.LATIN_HYPERCUBE,
                600,
                0.2,
                200,
                List.of(10),
                Activation.TANH,
                shared,
                List.of(4),
                RECIPE.settings().withEpochs(epochs),
                7);
    }

    /** The fraction within one and two sd has a standard error of 0.015 and 0.007; the error is no perfect normal. */
    @Test
    void aModelIsLearntAndItsErrorsAreHonest() {
        EmulatorTraining.Trained trained =
                training(RECIPE, 0, TrainingStore.NONE).run();
        Emulator e = trained.emulator();
        assertEquals(0, trained.failed());
        for (OutputError m : e.card().measured()) {
            assertEquals(1000, m.rows());
            assertEquals("dex", m.measure());
            assertTrue(m.p95() < 0.03, m::toString);
            assertTrue(m.within1() > 0.55 && m.within1() < 0.85, m::toString);
            assertTrue(m.within2() > 0.90, m::toString);
        }
        // By hand at one point.
        double[] out = new double[2];
        e.evaluate(new double[] {40, 300}, out, new RowStatus[1], 1);
        assertEquals(Math.log10(12000), Math.log10(out[0]), 0.02);
        assertEquals(Math.log10(9e4 / Math.pow(7 / 3.0, 3)), Math.log10(out[1]), 0.02);
    }

    @Test
    void failedPointsAreLeftOutAndCounted() {
        EmulatorTraining.Trained trained =
                training(with(true, 3), 0.25, TrainingStore.NONE).run();
        assertTrue(trained.failed() > 120 && trained.failed() < 280, "" + trained.failed());
        assertEquals(
                trained.test().x().length,
                trained.emulator().card().measured().get(0).rows());
        assertThrows(
                IllegalArgumentException.class,
                () -> training(with(true, 3), 1, TrainingStore.NONE).run());
    }

    @Test
    void threadsDoNotChangeABit() {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            Emulator many = new EmulatorTraining(
                            with(false, 2),
                            new Toy(0),
                            new PlainLearner(),
                            new Parallel(pool),
                            TrainingStore.NONE,
                            EmulatorTraining.Watcher.NONE)
                    .run()
                    .emulator();
            Emulator one = training(with(false, 2), 0, TrainingStore.NONE).run().emulator();
            assertEquals(one.fingerprint(), many.fingerprint());
            assertEquals(2, one.parts().size());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anInterruptedTrainingEndsWithTheSameBits() {
        String whole = training(with(false, 12), 0, TrainingStore.NONE)
                .run()
                .emulator()
                .fingerprint();
        MemoryStore store = new MemoryStore();
        List<String> told = new ArrayList<>();
        // Stopped while sampling, in the first network, in the second.
        for (int stop : new int[] {2, 12, 25}) {
            EmulatorTraining t = new EmulatorTraining(
                    with(false, 12), new Toy(0), new PlainLearner(), Parallel.SERIAL, store, new Stopper(stop, told));
            assertThrows(IllegalStateException.class, t::run);
        }
        assertEquals(whole, training(with(false, 12), 0, store).run().emulator().fingerprint());
        assertTrue(told.stream().filter(s -> s.equals("a 1")).count() == 1, told::toString);
    }

    /** Throws at the n-th report. */
    private static final class Stopper implements EmulatorTraining.Watcher {
        private int left;
        private final List<String> told;

        Stopper(int n, List<String> told) {
            left = n;
            this.told = told;
        }

        @Override
        public void sampled(String set, int points, int of) {
            count();
        }

        @Override
        public void trained(String part, TrainingRun.Report report, int epochs) {
            told.add(part + " " + report.epoch());
            count();
        }

        private void count() {
            if (--left == 0) {
                throw new IllegalStateException("stopped");
            }
        }
    }

    private static final class MemoryStore implements TrainingStore {
        private final Map<String, double[]> samples = new HashMap<>();
        private final Map<String, TrainingState> states = new HashMap<>();

        @Override
        public Optional<double[]> samples(String set, int chunk) {
            return Optional.ofNullable(samples.get(set + chunk));
        }

        @Override
        public void saveSamples(String set, int chunk, double[] values) {
            samples.put(set + chunk, values);
        }

        @Override
        public Optional<TrainingState> state(String part) {
            return Optional.ofNullable(states.get(part));
        }

        @Override
        public void saveState(String part, TrainingState state) {
            states.put(part, state);
        }
    }

    @Test
    void foldsPredictWhatTheyWereNotTrainedOn() {
        List<List<OutputError>> folds =
                training(with(true, 30), 0, TrainingStore.NONE).crossValidate(3);
        assertEquals(3, folds.size());
        for (List<OutputError> fold : folds) {
            assertEquals(200, fold.get(0).rows());
            assertTrue(fold.get(0).p95() > 0 && fold.get(0).p95() < 0.3, fold::toString);
        }
    }

    @Test
    void recipesThatDoNotFitTheModelAreRefused() {
        List<EmulatorInput> other =
                List.of(RECIPE.inputs().get(1), RECIPE.inputs().get(0));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> training(swapped(other), 0, TrainingStore.NONE))
                .getMessage();
        assertTrue(message.contains("[n, T]"), message);
        List<EmulatorInput> wide = List.of(RECIPE.inputs().get(0), new EmulatorInput("n", "cm-3", 1, 1e5, true));
        assertThrows(IllegalArgumentException.class, () -> training(swapped(wide), 0, TrainingStore.NONE));
    }

    private static Recipe swapped(List<EmulatorInput> inputs) {
        Recipe r = RECIPE;
        return new Recipe(
                r.name(),
                inputs,
                r.scale(),
                r.floor(),
                0,
                r.design(),
                r.rows(),
                r.validation(),
                r.test(),
                r.hidden(),
                r.activation(),
                r.shared(),
                r.error(),
                r.settings(),
                r.seed());
    }
}
