package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomStream;

class SliceTest {

    /** At values of 1e30 adding ln u changes nothing, so no point is above the level: the move stays, and it ends. */
    @Test
    void endsWhereNoPointIsAboveTheLevel() {
        for (double x : new double[] {0, 1, -3e200}) {
            double moved = assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> Slice.move(RandomStream.of(1).generator(), x, y -> -1e30, 0.5));
            assertEquals(x, moved);
        }
    }
}
