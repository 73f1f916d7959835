package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BlockPivotingTest {

    @Test
    void matchesCoordinateDescent() {
        RandomSource g = RandomStream.of(5).generator();
        for (int trial = 0; trial < 300; trial++) {
            int r = 1 + g.nextInt(6);
            double[][] a = random(g, r, r + 2);
            double[][] gram = Rows.gram(a);
            double[] n = random(g, 1, r)[0];
            double[] x = new double[r];
            new BlockPivoting(gram).solve(n, x);
            // Cyclic coordinate descent, run to the end, is an independent road to the one minimum.
            double[] y = new double[r];
            for (int s = 0; s < 20000; s++) {
                for (int k = 0; k < r; k++) {
                    y[k] = Math.max(0, y[k] + (n[k] - Rows.dot(gram[k], y)) / gram[k][k]);
                }
            }
            assertArrayEquals(y, x, 1e-8 * (1 + norm(y)), "trial " + trial);
        }
    }

    @Test
    void dependentColumnsStillGiveAMinimum() {
        double[][] a = {{1, 2, 3}, {2, 4, 6}, {1, 0, 1}};
        double[][] gram = Rows.gram(a);
        double[] n = {
            Rows.dot(a[0], new double[] {2, 2, 4}),
            Rows.dot(a[1], new double[] {2, 2, 4}),
            Rows.dot(a[2], new double[] {2, 2, 4})
        };
        for (int start = 0; start < 8; start++) {
            double[] x = {start & 1, start & 2, start & 4};
            new BlockPivoting(gram).solve(n, x);
            for (int k = 0; k < 3; k++) {
                double slope = Rows.dot(gram[k], x) - n[k];
                assertTrue(x[k] >= 0 && slope > -1e-9);
                assertEquals(0, x[k] * slope, 1e-9);
            }
        }
    }

    @Test
    void nothingToGainGivesZero() {
        double[] x = {3, 4};
        new BlockPivoting(new double[][] {{2, 1}, {1, 2}}).solve(new double[] {-1, 0}, x);
        assertArrayEquals(new double[] {0, 0}, x);
    }

    private static double norm(double[] x) {
        return Math.sqrt(Rows.dot(x, x));
    }

    private static double[][] random(RandomSource g, int rows, int columns) {
        double[][] x = new double[rows][columns];
        for (double[] row : x) {
            for (int j = 0; j < columns; j++) {
                row[j] = g.nextGaussian();
            }
        }
        return x;
    }
}
