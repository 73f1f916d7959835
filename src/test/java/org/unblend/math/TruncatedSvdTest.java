package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncatedSvdTest {

    /** Noise alone: the slowest spectrum. Compared with the full decomposition of commons-math. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "7,3,3", "3,7,2", "60,40,40", "150,90,6", "90,150,1", "5,200,5"})
    void agreesWithTheFullDecomposition(int rows, int columns, int count) {
        Dense x = noise(rows, columns, 3);
        double[] exact = new SingularValueDecomposition(new Array2DRowRealMatrix(x.array())).getSingularValues();
        TruncatedSvd svd = TruncatedSvd.of(x, count);
        assertArrayEquals(Arrays.copyOf(exact, count), svd.s(), 1e-11 * exact[0]);
        check(x, svd, 1e-9 * exact[0]);
    }

    @Test
    void sparseIsTheSame() {
        Dense x = noise(80, 70, 4);
        for (double[] row : x.array()) {
            for (int j = 0; j < row.length; j++) {
                row[j] = Math.abs(row[j]) < 1.3 ? 0 : row[j];
            }
        }
        TruncatedSvd dense = TruncatedSvd.of(x, 5);
        TruncatedSvd sparse = TruncatedSvd.of(Sparse.of(x), 5);
        assertArrayEquals(dense.s(), sparse.s(), 1e-11 * dense.s()[0]);
        check(x, sparse, 1e-9 * dense.s()[0]);
    }

    @Test
    void repeatedValuesAndSmallRanks() {
        double[][] identity = new double[30][30];
        for (int i = 0; i < 30; i++) {
            identity[i][i] = 2;
        }
        TruncatedSvd svd = TruncatedSvd.of(Dense.of(identity), 4);
        assertArrayEquals(new double[] {2, 2, 2, 2}, svd.s(), 1e-12);
        check(Dense.of(identity), svd, 1e-11);

        double[][] one = new double[20][8];
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 8; j++) {
                one[i][j] = (i + 1) * (j - 3.5);
            }
        }
        assertEquals(1, TruncatedSvd.of(Dense.of(one), 3).s().length);
        assertEquals(0, TruncatedSvd.of(Dense.zeros(4, 5), 2).s().length);
    }

    @Test
    void scalesAndRefusals() {
        Dense x = noise(12, 9, 1);
        double[] s = TruncatedSvd.of(x, 3).s();
        for (double scale : new double[] {1e-200, 1e200}) {
            Dense y = x.copy();
            for (double[] row : y.array()) {
                Arrays.setAll(row, j -> row[j] * scale);
            }
            double[] t = TruncatedSvd.of(y, 3).s();
            for (int k = 0; k < 3; k++) {
                assertEquals(1, t[k] / scale / s[k], 1e-12);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> TruncatedSvd.of(x, 10));
        assertThrows(IllegalArgumentException.class, () -> TruncatedSvd.of(x, 0));
        x.row(3)[3] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> TruncatedSvd.of(x, 2));
    }

    private static void check(Dense x, TruncatedSvd svd, double tolerance) {
        for (int k = 0; k < svd.s().length; k++) {
            double off = 0;
            for (int i = 0; i < x.rows(); i++) {
                off = Math.max(off, Math.abs(Rows.dot(x.row(i), svd.v()[k]) - svd.s()[k] * svd.u()[k][i]));
            }
            Dense t = x.transpose();
            for (int j = 0; j < x.columns(); j++) {
                off = Math.max(off, Math.abs(Rows.dot(t.row(j), svd.u()[k]) - svd.s()[k] * svd.v()[k][j]));
            }
            assertTrue(off < tolerance, "triplet " + k + " is off by " + off);
            for (int l = 0; l <= k; l++) {
                assertEquals(l == k ? 1 : 0, Rows.dot(svd.u()[k], svd.u()[l]), 1e-11);
                assertEquals(l == k ? 1 : 0, Rows.dot(svd.v()[k], svd.v()[l]), 1e-11);
            }
        }
    }

    private static Dense noise(int rows, int columns, long seed) {
        RandomSource source = RandomStream.of(seed).generator();
        Dense x = Dense.zeros(rows, columns);
        for (double[] row : x.array()) {
            Arrays.setAll(row, j -> source.nextGaussian());
        }
        return x;
    }
}
