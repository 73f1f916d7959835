package org.unblend.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.RandomStream;

class LineMapsTest {
    private static final Dense W = Dense.of(new double[][] {{60, 45, 30}, {4, 9, 14}, {0, 0, 16}});

    private static LineMaps maps(LineMaps.Observation observation, int seed) {
        return LineMaps.simulate(observation, W, RandomStream.of(seed));
    }

    /** The beam spreads light and loses none: a patch well inside the map keeps its integral 2 pi sigma^2. */
    @Test
    void theBeamKeepsTheLight() {
        LineMaps maps = maps(
                new LineMaps.Observation(
                        81,
                        List.of(
                                new LineMaps.Patch(40, 40, 4),
                                new LineMaps.Patch(38, 41, 6),
                                new LineMaps.Patch(40, 40, 3)),
                        5,
                        100),
                1);
        double[] sigma = {4, 6, 3};
        for (int k = 0; k < 3; k++) {
            double expected = 2 * Math.PI * sigma[k] * sigma[k];
            assertEquals(expected, Arrays.stream(maps.h().row(k)).sum(), 1e-4 * expected);
        }
    }

    /** 7,500 standardised residuals: mean within 5 standard errors of 0, variance of 1 (false alarm 1e-6 each). */
    @Test
    void theNoiseIsAsSaid() {
        LineMaps maps = maps(LineMaps.Observation.cloud(), 2);
        double sum = 0;
        double squares = 0;
        int negative = 0;
        int n = 3 * 2500;
        for (int i = 0; i < 3; i++) {
            double mean = 0;
            for (int j = 0; j < 2500; j++) {
                double clean = 0;
                for (int k = 0; k < 3; k++) {
                    clean += W.get(i, k) * maps.h().get(k, j);
                }
                double z = (maps.maps().get(i, j) - clean) / maps.sd()[i];
                mean += clean / 2500;
                sum += z;
                squares += z * z;
                negative += maps.maps().get(i, j) < 0 ? 1 : 0;
            }
            assertEquals(mean / 100, maps.sd()[i], 1e-12 * mean);
        }
        assertEquals(0, sum / n, 5 / Math.sqrt(n));
        assertEquals(1, squares / n, 5 * Math.sqrt(2.0 / n));
        assertTrue(negative > 50, "faint pixels are not clipped");
    }

    @Test
    void equalSeedsGiveEqualMaps() {
        LineMaps.Observation cloud = LineMaps.Observation.cloud();
        assertArrayEquals(maps(cloud, 3).maps().array(), maps(cloud, 3).maps().array());
    }

    @Test
    void badSettingsAreRefused() {
        List<LineMaps.Patch> one = List.of(new LineMaps.Patch(1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LineMaps.Patch(0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new LineMaps.Observation(0, one, 5, 100));
        assertThrows(IllegalArgumentException.class, () -> new LineMaps.Observation(5, one, Double.NaN, 100));
        assertThrows(IllegalArgumentException.class, () -> maps(new LineMaps.Observation(5, one, 5, 100), 1));
    }
}
