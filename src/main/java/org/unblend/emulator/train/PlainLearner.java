package org.unblend.emulator.train;

import java.util.function.Consumer;
import org.unblend.math.DenseNetwork;
import org.unblend.math.TrainingRun;

/** The trainer of this program: deterministic, and it goes on from where it was stopped with the same bits. */
public final class PlainLearner implements Learner {
    /** Epochs between two saved states. */
    private static final int EVERY = 5;

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public DenseNetwork learn(Task task, TrainingStore store, Consumer<TrainingRun.Report> watcher) {
        TrainingRun run = new TrainingRun(task.start(), task.train(), task.held(), task.settings(), task.stream());
        store.state(task.part()).ifPresent(run::restore);
        while (!run.finished()) {
            TrainingRun.Report report = run.epoch();
            watcher.accept(report);
            if (report.epoch() % EVERY == 0 || run.finished()) {
                store.saveState(task.part(), run.state());
            }
        }
        return run.best();
    }
}
