package org.unblend.emulator.train;

import java.util.function.Consumer;
import org.unblend.math.DenseNetwork;
import org.unblend.math.RandomStream;
import org.unblend.math.TrainingData;
import org.unblend.math.TrainingRun;
import org.unblend.math.TrainingSettings;

/** Optimises a network. */
public interface Learner {

    /** Name in files, such as {@code plain}. */
    String name();

    /**
     * The trained network, of the shape of {@code start}.
     *
     * @param task what is trained
     * @param store for going on after an interruption
     * @param watcher told after each epoch
     */
    DenseNetwork learn(Task task, TrainingStore store, Consumer<TrainingRun.Report> watcher);

    /**
     * What a learner is given.
     *
     * @param part name of the network within the emulator
     * @param start network to begin with
     * @param train rows to learn from
     * @param held rows that choose the best epoch
     * @param settings epochs, rates, loss
     * @param stream where the order of rows comes from
     */
    record Task(
            String part,
            DenseNetwork start,
            TrainingData train,
            TrainingData held,
            TrainingSettings settings,
            RandomStream stream) {}
}
