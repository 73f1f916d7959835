package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    @Test
    void equalKeysGiveEqualSequences() {
        RandomStream a = RandomStream.of(7).split("nested").split(3);
        RandomStream b = RandomStream.of(7).split("nested").split(3);
        assertEquals(a, b);
        RandomSource first = a.generator();
        RandomSource second = b.generator();
        for (int i = 0; i < 1000; i++) {
            assertEquals(first.nextLong(), second.nextLong());
        }
    }

    @Test
    void neighbouringSeedsIndicesAndNamesDiffer() {
        Set<RandomStream> seen = new HashSet<>();
        Set<Long> firsts = new HashSet<>();
        for (int i = -1000; i < 1000; i++) {
            for (RandomStream s : new RandomStream[] {
                RandomStream.of(i),
                RandomStream.of(1).split(i),
                RandomStream.of(1).split("n" + i),
                RandomStream.of(1).split(i).split(i)
            }) {
                // Seed 1 itself is among the seeds; everything else is met once.
                assertTrue(seen.add(s), () -> s + " appears twice");
                assertTrue(firsts.add(s.generator().nextLong()), "equal first numbers");
            }
        }
        RandomStream root = RandomStream.of(1);
        assertNotEquals(root.split("a"), root.split(1).split('a'));
        assertNotEquals(root.split("ab"), root.split("a").split("b"));
        assertNotEquals(root.split(""), root);
    }

    /** Correlation of two sub-streams of 20000 numbers, at several lags; each alarm has a rate of 6e-7. */
    @Test
    void subStreamsAreNotCorrelated() {
        int n = 20_000;
        RandomStream root = RandomStream.of(3);
        for (RandomStream other : new RandomStream[] {
            root.split(1), root.split("a"), RandomStream.of(4), root.split(0).split(0)
        }) {
            double[] u = numbers(root.split(0), n);
            double[] v = numbers(other, n);
            for (int lag = 0; lag < 3; lag++) {
                double sum = 0;
                for (int i = 0; i + lag < n; i++) {
                    sum += u[i] * v[i + lag];
                }
                // Each product has mean 0 and variance 1/144.
                assertEquals(0, sum, 5 * Math.sqrt(n / 144.0), "lag " + lag);
            }
        }
    }

    /** The first numbers of 20000 neighbouring streams are uniform: Kolmogorov-Smirnov at 1e-6. */
    @Test
    void firstNumbersOfNeighboursAreUniform() {
        int n = 20_000;
        double[] first = new double[n];
        for (int i = 0; i < n; i++) {
            first[i] = RandomStream.of(11).split(i).generator().nextOpen();
        }
        Arrays.sort(first);
        double distance = 0;
        for (int i = 0; i < n; i++) {
            distance = Math.max(distance, Math.abs(first[i] - (i + 0.5) / n));
        }
        assertTrue(distance < Math.sqrt(Math.log(2e6) / (2 * n)), "D = " + distance);
    }

    private static double[] numbers(RandomStream stream, int n) {
        RandomSource source = stream.generator();
        double[] u = new double[n];
        Arrays.setAll(u, i -> source.nextOpen() - 0.5);
        return u;
    }
}
