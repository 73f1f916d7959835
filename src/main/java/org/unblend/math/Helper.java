package org.unblend.math;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A thread's time for {@link Batch}es. When one is done it looks out for another for a moment: a thread that sleeps wakes up later
 * than a small batch takes, and where other programs run it may wake up on the processor of the thread that called it.
 */
final class Helper implements Runnable {
    /** Looks for another batch, some 100 us: longer than what lies between two batches of a fit. */
    private static final int LOOKS = 5_000;

    private static final Batch GONE = new Batch(1, 1, (from, to) -> {}, null);

    private final Queue<Helper> idle;
    /** What to do; null while the helper looks out. */
    private final AtomicReference<Batch> task;

    /** @param idle where helpers that look out are found */
    Helper(Batch first, Queue<Helper> idle) {
        this.idle = idle;
        task = new AtomicReference<>(first);
    }

    /** Gives it another batch; false if it has gone or has one. */
    boolean take(Batch batch) {
        return task.compareAndSet(null, batch);
    }

    @Override
    public void run() {
        for (Batch batch = task.get(); batch != GONE; batch = next()) {
            batch.run();
        }
    }

    private Batch next() {
        task.set(null);
        idle.add(this);
        for (int look = 0; look < LOOKS && task.get() == null; look++) {
            Thread.onSpinWait();
        }
        task.compareAndSet(null, GONE);
        return task.get();
    }
}
