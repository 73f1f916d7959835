package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class EliminationTest {

    @Test
    void solvesAsAGeneralSolverDoes() {
        RandomSource random = RandomStream.of(1).generator();
        for (int n : new int[] {1, 2, 7, 41}) {
            double[][] a = new double[n][n];
            double[] b = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] = random.nextOpen() - 0.5 + (i == j ? n : 0);
                }
                b[i] = random.nextOpen();
            }
            DMatrixRMaj x = new DMatrixRMaj(n, 1);
            assertTrue(CommonOps_DDRM.solve(new DMatrixRMaj(a), new DMatrixRMaj(n, 1, true, b.clone()), x));
            assertTrue(Elimination.solve(a, b, n));
            for (int i = 0; i < n; i++) {
                assertEquals(x.get(i), b[i], 1e-13);
            }
        }
    }

    @Test
    void steadyStateKeepsTinyPopulations() {
        // A ladder in detailed balance: each level holds 1e-20 of the one below.
        int n = 6;
        double[][] a = new double[n][n];
        for (int k = 1; k < n; k++) {
            a[k - 1][k] = 3e-4;
            a[k][k - 1] = 3e-24;
        }
        double[] x = new double[n];
        assertTrue(Elimination.steadyState(a, x, n));
        for (int k = 0; k < n; k++) {
            assertEquals(1, x[k] / Math.pow(10, -20 * k), 1e-13);
        }
    }

    @Test
    void tellsOfSingularMatrices() {
        assertFalse(Elimination.solve(new double[][] {{1, 1}, {0, 0}}, new double[] {1, 1}, 2));
        assertFalse(Elimination.steadyState(new double[][] {{0, 0}, {1, 0}}, new double[2], 2));
        assertFalse(Elimination.solve(new double[][] {{Double.NaN, 1}, {0, 1}}, new double[] {1, 1}, 2));
    }
}
