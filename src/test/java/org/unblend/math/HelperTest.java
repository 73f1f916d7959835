package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HelperTest {
    private final AtomicInteger done = new AtomicInteger();

    private Batch batch() {
        return new Batch(3, 1, (from, to) -> done.incrementAndGet(), Thread.currentThread());
    }

    @Test
    void aHelperThatNobodyCallsGoes() {
        Queue<Helper> idle = new ConcurrentLinkedQueue<>();
        Helper helper = new Helper(batch(), idle);
        assertFalse(helper.take(batch()), "it is busy");
        helper.run();
        assertEquals(3, done.get());
        assertSame(helper, idle.poll());
        assertFalse(helper.take(batch()), "it is gone");
    }

    /** Whether a helper is still there is a matter of microseconds; what it has taken it must do. */
    @Test
    void whatAHelperTakesIsDone() throws InterruptedException {
        Queue<Helper> idle = new ConcurrentLinkedQueue<>();
        int taken = 0;
        int helpers = 0;
        while (taken < 20) {
            Thread thread = new Thread(new Helper(batch(), idle));
            helpers++;
            thread.start();
            Helper free = idle.poll();
            while (free == null && thread.isAlive()) {
                free = idle.poll();
            }
            taken += free != null && free.take(batch()) ? 1 : 0;
            thread.join();
            idle.clear();
        }
        assertEquals(3 * (helpers + taken), done.get());
    }
}
