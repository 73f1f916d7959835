package org.unblend.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Pieces of work that several threads take one by one; all run the same object. */
final class Batch implements Runnable {
    /** Looks before a thread that waits for the last pieces goes to sleep: waking up takes longer than most pieces. */
    private static final int LOOKS = 5_000;

    private final int n;
    private final int size;
    private final int pieces;
    private final Parallel.Piece piece;
    private final Thread owner;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final List<Thread> workers = new ArrayList<>();
    private boolean stopped;
    private int failed = Integer.MAX_VALUE;
    private Throwable failure;

    /** @param owner who waits */
    Batch(int n, int size, Parallel.Piece piece, Thread owner) {
        this.n = n;
        this.size = size;
        this.pieces = (n - 1) / size + 1;
        this.piece = piece;
        this.owner = owner;
    }

    /** Works until no piece is left to begin. */
    @Override
    public void run() {
        begin();
        try {
            work();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        workers.add(Thread.currentThread());
    }

    private synchronized void end() {
        workers.remove(Thread.currentThread());
        if (stopped) {
            // The interrupt was for this work alone.
            Thread.interrupted();
        }
    }

    private void work() {
        for (int p = next.getAndIncrement(); p < pieces; p = next.getAndIncrement()) {
            try {
                piece.run(p * size, (int) Math.min(n, (p + 1L) * size));
            } catch (Throwable e) {
                fail(p, e);
            }
            if (done.incrementAndGet() == pieces) {
                LockSupport.unpark(owner);
            }
        }
    }

    private synchronized void fail(int p, Throwable e) {
        if (p < failed) {
            failed = p;
            failure = e;
        }
    }

    /** Waits until all pieces have ended. */
    void await() throws InterruptedException {
        for (int look = 0; done.get() < pieces; look++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (look < LOOKS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Lets no further piece begin and interrupts those who work. */
    synchronized void stop() {
        next.set(pieces);
        stopped = true;
        workers.forEach(Thread::interrupt);
    }

    /** What the first piece that failed threw. */
    synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
