package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class WeightedTest {
    private static final double[] X = {3, 1, 4, 1.5, 9};
    private static final double[] EQUAL = {2, 2, 2, 2, 2};

    @Test
    void equalWeightsGiveTheUsualStatistics() {
        double variance = 0;
        for (double x : X) {
            variance += (x - 3.7) * (x - 3.7) / 4;
        }
        assertEquals(5, Weighted.effectiveSampleSize(EQUAL), 1e-12);
        assertEquals(3.7, Weighted.mean(X, EQUAL), 1e-12);
        assertEquals(Math.sqrt(variance), Weighted.sd(X, EQUAL), 1e-12);
        assertEquals(Math.sqrt(variance / 5), Weighted.mcse(X, EQUAL), 1e-12);
        // Hazen: the k-th of 5 draws is the (k - 1/2) / 5 quantile.
        assertArrayEquals(
                new double[] {1, 1, 3, 3.5, 9, 9}, Weighted.quantiles(X, EQUAL, 0, 0.1, 0.5, 0.6, 0.9, 1), 1e-12);
    }

    @Test
    void weightsAreThoseOfRepeatedDraws() {
        double[] repeated = {1, 2, 2, 2, 5, 5};
        double[] ones = {1, 1, 1, 1, 1, 1};
        double[] x = {5, 1, 2};
        double[] w = {2, 1, 3};
        assertEquals(Weighted.mean(repeated, ones), Weighted.mean(x, w), 1e-12);
        assertEquals(36 / 14.0, Weighted.effectiveSampleSize(w), 1e-12);
    }

    @Test
    void drawsOfWeightZeroDoNotCount() {
        double[] x = {Double.NaN, 1, 3, Double.NEGATIVE_INFINITY};
        double[] w = {0, 1, 1, 0};
        assertEquals(2, Weighted.mean(x, w));
        assertEquals(Math.sqrt(2), Weighted.sd(x, w), 1e-15);
        assertEquals(2, Weighted.quantiles(x, w, 0.5)[0]);
    }

    @Test
    void extremeScalesNeitherOverflowNorVanish() {
        for (double scale : new double[] {1e300, 1e-300}) {
            double[] x = Arrays.stream(X).map(v -> v * scale).toArray();
            assertEquals(Weighted.sd(X, EQUAL), Weighted.sd(x, EQUAL) / scale, 1e-12);
            assertEquals(3.7, Weighted.mean(x, EQUAL) / scale, 1e-12);
            double[] w = Arrays.stream(EQUAL).map(v -> v * scale).toArray();
            assertEquals(5, Weighted.effectiveSampleSize(w), 1e-12);
        }
    }

    @Test
    void nothingIsKnownFromTooFewDraws() {
        double[] one = {1};
        assertTrue(Double.isNaN(Weighted.sd(one, one)));
        assertTrue(Double.isNaN(Weighted.mcse(one, one)));
        assertEquals(0, Weighted.effectiveSampleSize(new double[3]));
        assertTrue(Double.isNaN(Weighted.mean(one, new double[1])));
        assertTrue(Double.isNaN(Weighted.quantiles(one, new double[1], 0.5)[0]));
        assertEquals(0, Weighted.sd(new double[] {7, 7, 7}, new double[] {0.1, 0.2, 0.3}));
    }

    @Test
    void resamplingRepeatsEachDrawAsOftenAsItIsWorth() {
        RandomSource random = RandomStream.of(5).generator();
        double[] w = new double[300];
        for (int i = 0; i < w.length; i++) {
            w[i] = i % 7 == 0 ? 0 : random.nextDouble();
        }
        double total = Arrays.stream(w).sum();
        for (int n : new int[] {1, 17, 1000}) {
            int[] count = new int[w.length];
            for (int i : Weighted.resample(w, n, random)) {
                count[i]++;
            }
            for (int i = 0; i < w.length; i++) {
                double worth = n * w[i] / total;
                assertTrue(count[i] >= Math.floor(worth - 1e-9) && count[i] <= Math.ceil(worth + 1e-9));
            }
        }
    }
}
