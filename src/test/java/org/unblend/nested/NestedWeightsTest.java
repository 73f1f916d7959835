package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NestedWeightsTest {
    private static final double PRIOR = Double.NEGATIVE_INFINITY;

    @Test
    void liveCountsFollowFromBirthsAndDeaths() {
        // Three draws from the prior; the one that died at 1 was replaced by one that died at 2.5.
        NestedWeights w = NestedWeights.of(new double[] {PRIOR, PRIOR, 1, PRIOR}, new double[] {1, 2, 2.5, 3});
        assertArrayEquals(new int[] {3, 3, 2, 1}, w.live());
        assertEquals(-1 / 3.0 - 1 / 3.0 - 0.5, w.logVolume()[2], 1e-15);
    }

    @Test
    void weightsSumToOneAndVolumeIsUsedUp() {
        NestedWeights w = NestedWeights.of(new double[] {PRIOR, PRIOR, 4}, new double[] {4, 4, 4.5});
        assertEquals(1, Arrays.stream(w.logWeight()).map(Math::exp).sum(), 1e-12);
        assertArrayEquals(new int[] {2, 1, 1}, w.live());
        double x = Math.exp(-1.5);
        assertEquals(Math.log((1 - x) * Math.exp(4) + x * Math.exp(4.5)), w.logZ(), 1e-12);
    }

    @Test
    void pointsOfLikelihoodZeroAreBornBeforeTheyDie() {
        NestedWeights w = NestedWeights.of(new double[] {PRIOR, PRIOR, PRIOR}, new double[] {PRIOR, 0, 0});
        assertArrayEquals(new int[] {3, 2, 1}, w.live());
        assertEquals(-1 / 3.0, w.logZ(), 1e-12);
    }

    @Test
    void mergingAddsLiveCountsAndKeepsThreadsApart() {
        MergedRuns merged = MergedRuns.of(List.of(run(1, 3), run(2, 4)));
        assertArrayEquals(
                new double[] {1, 2, 3, 4},
                merged.points().stream().mapToDouble(Point::logL).toArray());
        assertArrayEquals(new int[] {4, 3, 2, 1}, merged.weights().live());
        assertEquals(4, merged.threads());
        assertEquals(
                4, merged.points().stream().mapToInt(Point::thread).distinct().count());
        // Run 1 had ended with its point at 3 alive, run 2 with that at 4; that at 2 had died.
        assertEquals(2, merged.remaining());
    }

    /** Two draws from the prior, of which the second is alive at the end. */
    private static RunRecord run(double first, double second) {
        double[] nowhere = new double[0];
        return new RunRecord(
                List.of(new Point(nowhere, nowhere, first, PRIOR, 0), new Point(nowhere, nowhere, second, PRIOR, 1)),
                1,
                new int[0],
                new int[0],
                new int[2],
                new double[1],
                new double[0],
                false,
                Optional.empty(),
                0);
    }
}
