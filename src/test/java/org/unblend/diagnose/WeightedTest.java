package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WeightedTest {

    @Test
    void effectiveSampleSizeIsKishs() {
        assertEquals(4, Weighted.effectiveSampleSize(new double[] {2, 2, 2, 2}), 1e-12);
        assertEquals(1, Weighted.effectiveSampleSize(new double[] {0, 5, 0}), 1e-12);
        assertEquals(36.0 / 14, Weighted.effectiveSampleSize(new double[] {1, 2, 3}), 1e-12);
        assertEquals(0, Weighted.effectiveSampleSize(new double[] {0, 0}));
    }

    @Test
    void momentsIgnoreDrawsWithoutWeight() {
        double[] x = {1, 3, Double.NaN};
        double[] w = {3, 1, 0};
        assertEquals(1.5, Weighted.mean(x, w), 1e-12);
        assertEquals(Math.sqrt(0.75), Weighted.sd(x, w), 1e-12);
    }

    @Test
    void quantilesInterpolateBetweenTheMiddlesOfTheSteps() {
        double[] x = {4, 1, 2, 3};
        double[] equal = {1, 1, 1, 1};
        assertArrayEquals(new double[] {1, 2.5, 4, 1.5}, Weighted.quantiles(x, equal, 0, 0.5, 1, 0.25), 1e-12);
        assertArrayEquals(new double[] {2}, Weighted.quantiles(x, new double[] {0, 0, 7, 0}, 0.9), 0);
        assertThrows(IllegalArgumentException.class, () -> Weighted.quantiles(x, new double[4], 0.5));
    }
}
