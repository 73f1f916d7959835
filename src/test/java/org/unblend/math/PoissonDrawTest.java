package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonDrawTest {

    /** Chi-squared against the mass function; p below 1e-4 fails, so seven means give a false alarm rate of 7e-4. */
    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.9, 4, 9.99, 10, 33, 400})
    void hasTheMassFunction(double mean) {
        int draws = 100_000;
        PoissonDistribution exact = new PoissonDistribution(mean);
        int low = exact.inverseCumulativeProbability(1e-3);
        int high = Math.max(low + 2, exact.inverseCumulativeProbability(1 - 1e-3));
        double[] seen = new double[high - low + 1];
        RandomSource source = RandomStream.of(5).generator();
        for (int t = 0; t < draws; t++) {
            seen[(int) Math.max(low, Math.min(high, PoissonDraw.next(source, mean))) - low]++;
        }
        double chi2 = 0;
        int cells = 0;
        double pooledSeen = 0;
        double pooled = 0;
        for (int n = low; n <= high; n++) {
            double p = n == low
                    ? exact.cumulativeProbability(low)
                    : n == high ? 1 - exact.cumulativeProbability(high - 1) : exact.probability(n);
            pooled += draws * p;
            pooledSeen += seen[n - low];
            if (pooled >= 10 || n == high) {
                chi2 += Math.pow(pooledSeen - pooled, 2) / pooled;
                cells++;
                pooled = 0;
                pooledSeen = 0;
            }
        }
        double p = 1 - new ChiSquaredDistribution(cells - 1).cumulativeProbability(chi2);
        assertTrue(p > 1e-4, "p = " + p);
    }

    @Test
    void edges() {
        RandomSource source = RandomStream.of(5).generator();
        assertEquals(0, PoissonDraw.next(source, 0));
        assertEquals(1e12, PoissonDraw.next(source, 1e12), 1e7);
        assertThrows(IllegalArgumentException.class, () -> PoissonDraw.next(source, -1));
        assertThrows(IllegalArgumentException.class, () -> PoissonDraw.next(source, Double.NaN));
    }
}
