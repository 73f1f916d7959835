package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SparseLuTest {

    @Test
    void solvesRandomSparseSystems() {
        RandomSource random = RandomStream.of(7).split("lu").generator();
        for (int n : new int[] {1, 2, 5, 40}) {
            int[] start = new int[n + 1];
            int[] column = new int[n * n];
            double[] value = new double[n * n];
            double[][] dense = new double[n][n];
            int count = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (random.nextOpen() < 0.15) {
                        column[count] = j;
                        dense[i][j] = random.nextOpen() - 0.5;
                        value[count++] = dense[i][j];
                    }
                }
                start[i + 1] = count;
            }
            SparseLu lu = new SparseLu(n, start, Arrays.copyOf(column, count));
            double shift = 5;
            assertTrue(lu.factor(shift, value));
            double[] x = new double[n];
            double[] b = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = random.nextOpen();
            }
            for (int i = 0; i < n; i++) {
                b[i] = shift * x[i];
                for (int j = 0; j < n; j++) {
                    b[i] -= dense[i][j] * x[j];
                }
            }
            lu.solve(b);
            for (int i = 0; i < n; i++) {
                assertEquals(x[i], b[i], 1e-12);
            }
        }
    }

    /** An arrow: the hub must come last, or everything fills. */
    @Test
    void orderingKeepsAnArrowSparse() {
        int n = 50;
        int[] start = new int[n + 1];
        int[] column = new int[3 * n];
        int count = 0;
        for (int j = 0; j < n; j++) {
            column[count++] = j;
        }
        start[1] = count;
        for (int i = 1; i < n; i++) {
            column[count++] = 0;
            column[count++] = i;
            start[i + 1] = count;
        }
        assertEquals(3 * n - 2, new SparseLu(n, start, Arrays.copyOf(column, count)).size());
    }

    @Test
    void aSingularMatrixIsReported() {
        SparseLu lu = new SparseLu(2, new int[] {0, 2, 4}, new int[] {0, 1, 0, 1});
        assertFalse(lu.factor(1, new double[] {0, -1, -1, 0}));
        assertFalse(lu.factor(1, new double[] {Double.NaN, 0, 0, 0}));
        assertTrue(lu.factor(2, new double[] {0, -1, -1, 0}));
    }
}
