package org.unblend.math;

import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Spreads independent pieces of work over the calling thread and an executor that the caller owns and closes. The calling
 * thread counts as one of the executor's: of a pool of n threads n - 1 help. Pieces write to places of their own, and their
 * size is chosen by the caller and never from the number of threads, so results do not depend on it. A piece may itself
 * spread work.
 */
public final class Parallel {

    /** Runs everything in the calling thread. */
    public static final Parallel SERIAL = new Parallel(null);

    private final ExecutorService executor;
    private final Queue<Helper> idle = new ConcurrentLinkedQueue<>();

    /** @param executor whose threads help; null to run everything here, one after the other */
    public Parallel(ExecutorService executor) {
        this.executor = executor;
    }

    /** Work on the index range {@code from} (inclusive) to {@code to} (exclusive). */
    @FunctionalInterface
    public interface Piece {
        void run(int from, int to);
    }

    /**
     * Runs {@code piece} on consecutive ranges of at most {@code size} indices that cover 0 to {@code n}, and waits for
     * all of them.
     *
     * @throws RuntimeException the exception of the first piece, if any failed; others may run all the same
     */
    public void forRanges(int n, int size, Piece piece) {
        int helpers = executor == null || n <= size ? 0 : Math.min((n - 1) / size, threads() - 1);
        if (helpers == 0) {
            for (int from = 0; from < n; from += size) {
                piece.run(from, Math.min(n, from + size));
            }
            return;
        }
        Batch batch = new Batch(n, size, piece, Thread.currentThread());
        call(batch, helpers);
        batch.run();
        try {
            batch.await();
        } catch (InterruptedException e) {
            batch.stop();
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
        batch.failure().ifPresent(e -> {
            throw e instanceof RuntimeException r ? r : new CompletionException(e);
        });
    }

    private void call(Batch batch, int helpers) {
        int called = 0;
        for (Helper h = idle.poll(); h != null; h = called < helpers ? idle.poll() : null) {
            called += h.take(batch) ? 1 : 0;
        }
        for (; called < helpers; called++) {
            executor.execute(new Helper(batch, idle));
        }
    }

    private int threads() {
        return executor instanceof ThreadPoolExecutor pool
                ? pool.getMaximumPoolSize()
                : executor instanceof ForkJoinPool pool
                        ? pool.getParallelism()
                        : Runtime.getRuntime().availableProcessors();
    }
}
