package org.unblend.emulator.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unblend.math.RandomStream;

class DesignTest {
    @ParameterizedTest
    @EnumSource(Design.class)
    void pointsLieInTheCubeAndDependOnTheStreamAlone(Design design) {
        double[][] u = design.points(333, 6, RandomStream.of(1));
        for (double[] row : u) {
            assertEquals(6, row.length);
            for (double x : row) {
                assertTrue(x >= 0 && x < 1);
            }
        }
        assertArrayEquals(u, design.points(333, 6, RandomStream.of(1)));
        assertTrue(u[0][0] != design.points(333, 6, RandomStream.of(2))[0][0]);
    }

    @Test
    void aLatinHypercubeHasOnePointInEachSlice() {
        double[][] u = Design.LATIN_HYPERCUBE.points(100, 3, RandomStream.of(4));
        for (int d = 0; d < 3; d++) {
            boolean[] seen = new boolean[100];
            for (double[] row : u) {
                seen[(int) (100 * row[d])] = true;
            }
            for (boolean s : seen) {
                assertTrue(s);
            }
        }
        assertTrue(correlation(u) < 0.3, "columns are shuffled independently");
    }

    private static double correlation(double[][] u) {
        double sum = 0;
        for (double[] row : u) {
            sum += (row[0] - 0.5) * (row[1] - 0.5);
        }
        return Math.abs(12 * sum / u.length);
    }

    /** Quadrature of a smooth function: far better than the 1 / sqrt(n) of random points. */
    @Test
    void sobolPointsAreEven() {
        int n = 4096;
        double sum = 0;
        for (double[] x : Design.SOBOL.points(n, 3, RandomStream.of(5))) {
            sum += x[0] * x[1] * x[2];
        }
        assertEquals(0.125, sum / n, 1e-3);
    }
}
