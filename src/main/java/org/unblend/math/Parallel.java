package org.unblend.math;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Spreads independent pieces of work over an executor that the caller owns and closes. Pieces write to places of their
 * own, and their size is chosen by the caller and never from the number of threads, so results do not depend on it.
 *
 * @param executor where pieces run; null to run them here, one after the other
 */
public record Parallel(ExecutorService executor) {

    /** Runs everything in the calling thread. */
    public static final Parallel SERIAL = new Parallel(null);

    /** Work on the index range {@code from} (inclusive) to {@code to} (exclusive). */
    @FunctionalInterface
    public interface Piece {
        void run(int from, int to);
    }

    /**
     * Runs {@code piece} on consecutive ranges of at most {@code size} indices that cover 0 to {@code n}, and waits for
     * all of them.
     *
     * @throws RuntimeException the first exception of a piece, if any failed
     */
    public void forRanges(int n, int size, Piece piece) {
        if (executor == null || n <= size) {
            for (int from = 0; from < n; from += size) {
                piece.run(from, Math.min(n, from + size));
            }
            return;
        }
        List<Future<?>> pending = new ArrayList<>();
        for (int from = 0; from < n; from += size) {
            int start = from;
            int end = Math.min(n, from + size);
            pending.add(executor.submit(() -> piece.run(start, end)));
        }
        RuntimeException failure = null;
        for (Future<?> f : pending) {
            try {
                f.get();
            } catch (ExecutionException e) {
                failure = failure != null
                        ? failure
                        : e.getCause() instanceof RuntimeException r ? r : new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                pending.forEach(p -> p.cancel(true));
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
