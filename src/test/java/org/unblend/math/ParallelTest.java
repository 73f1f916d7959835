package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ParallelTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(3);

    @AfterEach
    void close() {
        executor.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "7,1", "7,3", "7,7", "7,100", "1000,1", "2147483647,2147483646"})
    void everyIndexIsCoveredOnce(int n, int size) {
        AtomicInteger pieces = new AtomicInteger();
        int[] seen = new int[Math.min(n, 1000)];
        new Parallel(executor).forRanges(n, size, (from, to) -> {
            pieces.incrementAndGet();
            assertTrue(to - from <= size && to <= n);
            for (int i = from; i < Math.min(to, seen.length); i++) {
                seen[i]++;
            }
        });
        assertEquals(n == 0 ? 0 : (n - 1) / size + 1, pieces.get());
        assertTrue(Arrays.stream(seen).allMatch(s -> s == 1));
    }

    /** Many short batches: a lost wake-up would hang, an unseen write would give another sum. */
    @Test
    void theCallerSeesAllThatPiecesWrote() {
        Parallel parallel = new Parallel(executor);
        long[] out = new long[64];
        for (int round = 1; round <= 20_000; round++) {
            int add = round;
            parallel.forRanges(out.length, 1, (from, to) -> out[from] += add);
            assertEquals(64L * round * (round + 1) / 2, Arrays.stream(out).sum());
        }
    }

    /** The caller is one of the three threads, and pieces that wait for each other find each a thread. */
    @Test
    void asManyThreadsWorkAsTheExecutorHas() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(3);
        new Parallel(executor).forRanges(3, 1, (from, to) -> {
            threads.add(Thread.currentThread());
            all.countDown();
            try {
                assertTrue(all.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        assertEquals(3, threads.size());
        assertTrue(threads.contains(Thread.currentThread()));
        ExecutorService one = Executors.newFixedThreadPool(1);
        try {
            threads.clear();
            new Parallel(one).forRanges(100, 1, (from, to) -> threads.add(Thread.currentThread()));
            assertEquals(Set.of(Thread.currentThread()), threads);
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void piecesMaySpreadWork() {
        int[][] out = new int[8][8];
        Parallel parallel = new Parallel(executor);
        parallel.forRanges(8, 1, (i, end) -> parallel.forRanges(8, 1, (j, last) -> out[i][j] = 8 * i + j));
        for (int i = 0; i < 8; i++) {
            int row = 8 * i;
            int[] wanted = new int[8];
            Arrays.setAll(wanted, j -> row + j);
            assertArrayEquals(wanted, out[i]);
        }
    }

    @Test
    void theFirstFailureIsToldAndAllPiecesRun() {
        AtomicInteger ran = new AtomicInteger();
        Parallel parallel = new Parallel(executor);
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> parallel.forRanges(50, 1, (from, to) -> {
                    ran.incrementAndGet();
                    if (from % 10 == 3) {
                        throw new IllegalStateException("piece " + from);
                    }
                }));
        assertEquals("piece 3", e.getMessage());
        assertEquals(50, ran.get());
        CompletionException error = assertThrows(
                CompletionException.class,
                () -> parallel.forRanges(2, 1, (from, to) -> {
                    throw new AssertionError("not an exception");
                }));
        assertInstanceOf(AssertionError.class, error.getCause());
    }

    @Test
    void anInterruptEndsTheWait() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        Thread other = new Thread(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                return;
            }
            caller.interrupt();
        });
        other.start();
        Parallel parallel = new Parallel(executor);
        assertThrows(
                CompletionException.class,
                () -> parallel.forRanges(2, 1, (from, to) -> {
                    if (Thread.currentThread() != caller) {
                        begun.countDown();
                        try {
                            Thread.sleep(50_000);
                        } catch (InterruptedException e) {
                            throw new CompletionException(e);
                        }
                    } else {
                        try {
                            begun.await();
                        } catch (InterruptedException e) {
                            caller.interrupt();
                        }
                    }
                }));
        assertTrue(Thread.interrupted());
        other.join();
    }
}
