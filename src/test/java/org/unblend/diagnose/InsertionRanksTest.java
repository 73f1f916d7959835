package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class InsertionRanksTest {
    private static final int COUNT = 2000;

    /** 400 tests of healthy ranks: the fraction below 0.1 is within 4 standard deviations of the binomial. */
    @Test
    void healthyRanksGiveUniformProbabilities() {
        int below = 0;
        for (int seed = 0; seed < 400; seed++) {
            InsertionRanks t = test(seed, 1, 0);
            below += t.ks() < 0.1 ? 1 : 0;
            assertTrue(t.p() > 1e-5);
        }
        assertEquals(40, below, 4 * Math.sqrt(400 * 0.1 * 0.9));
    }

    @Test
    void ranksThatMissTheEdgeAreFound() {
        InsertionRanks t = test(1, 0.9, 10);
        assertTrue(t.z() > 5 && t.p() < 1e-6, t.toString());
    }

    @Test
    void aFaultInOneWindowIsFound() {
        int[] ranks = new int[COUNT];
        int[] others = new int[COUNT];
        RandomSource random = RandomStream.of(5).generator();
        for (int i = 0; i < COUNT; i++) {
            others[i] = 99;
            ranks[i] = i / 100 == 7 ? 70 + random.nextInt(30) : random.nextInt(100);
        }
        InsertionRanks t = InsertionRanks.test(ranks, others, 100, random);
        assertTrue(t.worstWindow() > 8 && t.p() < 1e-6, t.toString());
    }

    @Test
    void nothingToTestIsNoAlarm() {
        RandomSource random = RandomStream.of(1).generator();
        assertEquals(1, InsertionRanks.test(new int[0], new int[0], 10, random).p());
        assertTrue(InsertionRanks.test(new int[20], new int[20], 10, random).p() > 1e-3);
    }

    private static InsertionRanks test(int seed, double share, int shift) {
        RandomSource random = RandomStream.of(seed).generator();
        int[] ranks = new int[COUNT];
        int[] others = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            others[i] = 99;
            ranks[i] = shift + random.nextInt((int) (100 * share));
        }
        return InsertionRanks.test(ranks, others, 100, random);
    }
}
