package org.unblend.emulator.train;

import java.util.Optional;
import org.unblend.math.TrainingState;

/** What a training keeps so that it can go on after an interruption. */
public interface TrainingStore {

    /** Keeps nothing. */
    TrainingStore NONE = new TrainingStore() {
        @Override
        public Optional<double[]> samples(String set, int chunk) {
            return Optional.empty();
        }

        @Override
        public void saveSamples(String set, int chunk, double[] values) {}

        @Override
        public Optional<TrainingState> state(String part) {
            return Optional.empty();
        }

        @Override
        public void saveState(String part, TrainingState state) {}
    };

    /** Outputs of a chunk of a set of points, if they were saved. */
    Optional<double[]> samples(String set, int chunk);

    /** Saves outputs of a chunk; NaN where the model failed. */
    void saveSamples(String set, int chunk, double[] values);

    /** Where the training of a network stands, if it was saved. */
    Optional<TrainingState> state(String part);

    /** Saves where the training of a network stands. */
    void saveState(String part, TrainingState state);
}
