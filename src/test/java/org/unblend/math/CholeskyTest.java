package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CholeskyTest {

    @Test
    void factorInverseAndDeterminant() {
        double[] c = {4, 2, 0, 2, 5, 3, 0, 3, 6};
        double[] f = Cholesky.factor(c, 3);
        assertArrayEquals(c, square(f, 3), 1e-12);
        double[] g = Cholesky.invert(f, 3);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += f[i * 3 + k] * g[k * 3 + j];
                }
                assertEquals(i == j ? 1 : 0, sum, 1e-12);
            }
        }
        // det C = 4 (30 - 9) - 2 (12 - 0) = 60.
        assertEquals(0.5 * Math.log(60), Cholesky.logDeterminant(f, 3), 1e-12);
    }

    @Test
    void scalesDoNotMatterAndSingularMatricesAreMended() {
        double[] uneven = {1e-20, 1e-11, 1e-11, 0.02};
        assertArrayEquals(new double[] {1e-10, 0, 0.1, 0.1}, Cholesky.factor(uneven, 2), 1e-12);
        for (double[] singular : new double[][] {{1, 1, 1, 1}, {0, 0, 0, 0}, {1, 0, 0, 0}, {1, 2, 2, 1}}) {
            double[] f = Cholesky.factor(singular, 2);
            assertTrue(f[0] > 0 && f[3] > 0);
        }
        assertArrayEquals(new double[] {1, 1, 1, 1}, square(Cholesky.factor(new double[] {1, 1, 1, 1}, 2), 2), 1e-10);
    }

    private static double[] square(double[] f, int d) {
        double[] c = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    c[i * d + j] += f[i * d + k] * f[j * d + k];
                }
            }
        }
        return c;
    }
}
