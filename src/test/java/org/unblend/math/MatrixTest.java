package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MatrixTest {
    private static final Dense X = Dense.of(new double[][] {{0, 2, 0}, {1, 0, 3}, {0, 0, 0}, {0, 5, 0}});

    @Test
    void sparseAndDenseHoldTheSameEntries() {
        Sparse s = Sparse.of(X);
        assertEquals(4, s.entries());
        assertEquals(X, s.dense());
        assertEquals(X.transpose(), s.transpose().dense());
        assertEquals(X, X.transpose().transpose());
        assertEquals(X, s.transpose().transpose().dense());
    }

    @Test
    void copiesShareNothing() {
        Dense copy = X.copy();
        assertEquals(X, copy);
        assertNotSame(X.row(0), copy.row(0));
        assertThrows(IllegalArgumentException.class, () -> Dense.of(new double[][] {{1, 2}, {1}}));
        assertThrows(
                IllegalArgumentException.class, () -> new Sparse(2, new int[] {0, 1}, new int[] {2}, new double[] {1}));
        assertThrows(
                IllegalArgumentException.class, () -> new Sparse(2, new int[] {0, 2}, new int[] {1}, new double[] {1}));
    }

    @Test
    void kernelsAgreeWithTheirFormulas() {
        RandomSource g = RandomStream.of(3).generator();
        // Sizes around multiples of four take every branch.
        for (int m = 1; m <= 9; m++) {
            for (int n : new int[] {1, 5, 70}) {
                double[][] a = random(g, 3, m);
                double[][] x = random(g, m, n);
                double[][] out = new double[3][n];
                double[] combined = new double[n];
                Rows.multiply(a, x, out, 0, n);
                Rows.combine(combined, 0, n, a[1], x);
                double[][] gram = Rows.gram(a);
                for (int k = 0; k < 3; k++) {
                    for (int j = 0; j < n; j++) {
                        double sum = 0;
                        for (int i = 0; i < m; i++) {
                            sum += a[k][i] * x[i][j];
                        }
                        assertEquals(sum, out[k][j], 1e-14 * m);
                    }
                    double dot = 0;
                    for (int i = 0; i < m; i++) {
                        dot += a[k][i] * a[0][i];
                    }
                    assertEquals(dot, gram[k][0], 1e-14 * m);
                    assertEquals(gram[0][k], gram[k][0]);
                }
                assertArrayEquals(out[1], combined, 1e-14 * m);
                double total = 0;
                for (double v : combined) {
                    total += v;
                }
                assertEquals(total, Rows.sum(combined, 0, n), 1e-12);
            }
        }
    }

    private static double[][] random(RandomSource g, int rows, int columns) {
        double[][] x = new double[rows][columns];
        for (double[] row : x) {
            for (int j = 0; j < columns; j++) {
                row[j] = 2 * g.nextOpen() - 1;
            }
        }
        return x;
    }
}
