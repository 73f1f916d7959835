package org.unblend.nmf;

import java.util.Arrays;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;

/**
 * Products of a factor with the data, for one of the two orientations: {@code a X}, {@code [r x m] [m x n]}. Work is cut
 * into blocks of columns, whose size does not depend on the number of threads.
 */
class Products {
    /** Columns of a block: rows of this length run fast and those of a typical rank stay in the second-level cache. */
    static final int BLOCK = 512;

    /** Below this width dot products along the other orientation are faster than short row operations. */
    private static final int NARROW = 48;

    private final Matrix x;
    private final Matrix transposed;

    /**
     * @param x {@code [m x n]}
     * @param transposed its transpose
     */
    Products(Matrix x, Matrix transposed) {
        this.x = x;
        this.transposed = transposed;
    }

    /** The columns [from, to) of {@code a X}, replacing those of {@code out}. */
    void multiply(double[][] a, double[] packed, double[][] out, int from, int to) {
        if (transposed instanceof Sparse columns) {
            sparse(columns, packed, out, from, to);
        } else if (x.columns() < NARROW) {
            Dense columns = transposed.dense();
            for (int j = from; j < to; j++) {
                for (int k = 0; k < a.length; k++) {
                    out[k][j] = Rows.dot(a[k], columns.row(j));
                }
            }
        } else {
            for (double[] row : out) {
                Arrays.fill(row, from, to, 0);
            }
            Rows.multiply(a, x.dense().array(), out, from, to);
        }
    }

    /** The factor as the kernel for sparse data wants it, entry by entry; null for dense data. */
    double[] pack(double[][] a, Parallel parallel) {
        return x instanceof Sparse ? byEntry(a, parallel) : null;
    }

    /** A copy of {@code a} {@code [r x m]} with the r numbers of an entry side by side, {@code [m x r]}. */
    static double[] byEntry(double[][] a, Parallel parallel) {
        int r = a.length;
        int m = a[0].length;
        double[] packed = new double[m * r];
        parallel.forRanges(m, 4096, (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int k = 0; k < r; k++) {
                    packed[i * r + k] = a[k][i];
                }
            }
        });
        return packed;
    }

    private static void sparse(Sparse columns, double[] a, double[][] out, int from, int to) {
        int r = out.length;
        int[] start = columns.start();
        for (int j = from; j < to; j++) {
            int k = 0;
            for (; k + 4 <= r; k += 4) {
                four(columns, start[j], start[j + 1], a, r, k, out, j);
            }
            for (; k < r; k++) {
                double s = 0;
                for (int p = start[j]; p < start[j + 1]; p++) {
                    s = Math.fma(columns.value()[p], a[columns.column()[p] * r + k], s);
                }
                out[k][j] = s;
            }
        }
    }

    /** Four components at once, their sums in registers. */
    private static void four(Sparse columns, int begin, int end, double[] a, int r, int k, double[][] out, int j) {
        int[] index = columns.column();
        double[] value = columns.value();
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int p = begin; p < end; p++) {
            int q = index[p] * r + k;
            double v = value[p];
            s0 = Math.fma(v, a[q], s0);
            s1 = Math.fma(v, a[q + 1], s1);
            s2 = Math.fma(v, a[q + 2], s2);
            s3 = Math.fma(v, a[q + 3], s3);
        }
        out[k][j] = s0;
        out[k + 1][j] = s1;
        out[k + 2][j] = s2;
        out[k + 3][j] = s3;
    }
}
