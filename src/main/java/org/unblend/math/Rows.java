package org.unblend.math;

/**
 * Kernels on rows. The loops are written so that the compiler of Java 17 turns them into vector instructions: four rows
 * at a time, each its own array, no reduction inside a loop that should run fast. They use fused multiply-add.
 */
public final class Rows {
    /** Multiplications that are worth a piece of their own: tens of microseconds. */
    private static final int GRAIN = 50_000;

    private Rows() {}

    /** How many rows of this length, or inner products of such rows, are worth a piece of work of their own. */
    public static int grain(int length) {
        return Math.max(1, GRAIN / Math.max(1, length));
    }

    /** Adds {@code c0*x0 + c1*x1 + c2*x2 + c3*x3} to {@code out} on [from, to). */
    public static void add4(
            double[] out,
            int from,
            int to,
            double c0,
            double[] x0,
            double c1,
            double[] x1,
            double c2,
            double[] x2,
            double c3,
            double[] x3) {
        for (int j = from; j < to; j++) {
            out[j] = Math.fma(c0, x0[j], Math.fma(c1, x1[j], Math.fma(c2, x2[j], Math.fma(c3, x3[j], out[j]))));
        }
    }

    /** Adds {@code c*x} to {@code out} on [from, to). */
    public static void add(double[] out, int from, int to, double c, double[] x) {
        for (int j = from; j < to; j++) {
            out[j] = Math.fma(c, x[j], out[j]);
        }
    }

    /** Adds {@code sum_l c[l] x[l]} over all rows of {@code x} to {@code out} on [from, to). */
    public static void combine(double[] out, int from, int to, double[] c, double[][] x) {
        int n = x.length;
        int l = 0;
        for (; l + 4 <= n; l += 4) {
            add4(out, from, to, c[l], x[l], c[l + 1], x[l + 1], c[l + 2], x[l + 2], c[l + 3], x[l + 3]);
        }
        rest(out, from, to, c, x, l);
    }

    /** The last one, two or three rows. */
    private static void rest(double[] out, int from, int to, double[] c, double[][] x, int l) {
        int n = x.length;
        if (l + 1 == n) {
            add(out, from, to, c[l], x[l]);
        } else if (l < n) {
            // Two or three rows cost less as one pass with idle partners than as a pass each.
            double[] idle = x[l];
            boolean third = l + 2 < n;
            add4(out, from, to, c[l], x[l], c[l + 1], x[l + 1], third ? c[l + 2] : 0, third ? x[l + 2] : idle, 0, idle);
        }
    }

    /**
     * Adds to the first {@code rows} rows of {@code out}, on [0, to), those of the product {@code c x}. Each row is summed as
     * {@link #combine(double[], int, int, double[], double[][])} sums it.
     *
     * @param out {@code [rows x n]}, modified
     * @param c {@code [rows x m]}
     * @param x {@code [m x n]}
     */
    public static void combine(double[][] out, int rows, int to, double[][] c, double[][] x) {
        int m = x.length / 4 * 4;
        for (int i = 0; i < m; i += 4) {
            for (int r = 0; r < rows; r++) {
                double[] w = c[r];
                add4(out[r], 0, to, w[i], x[i], w[i + 1], x[i + 1], w[i + 2], x[i + 2], w[i + 3], x[i + 3]);
            }
        }
        for (int r = 0; r < rows && m < x.length; r++) {
            rest(out[r], 0, to, c[r], x, m);
        }
    }

    /**
     * Adds the columns [from, to) of the product {@code a x} to {@code out}.
     *
     * @param a {@code [r x m]}
     * @param x {@code [m x n]}
     * @param out {@code [r x n]}, modified
     */
    public static void multiply(double[][] a, double[][] x, double[][] out, int from, int to) {
        int m = x.length;
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            for (int k = 0; k < a.length; k++) {
                double[] c = a[k];
                add4(out[k], from, to, c[i], x[i], c[i + 1], x[i + 1], c[i + 2], x[i + 2], c[i + 3], x[i + 3]);
            }
        }
        for (int k = 0; i + 1 == m && k < a.length; k++) {
            add(out[k], from, to, a[k][i], x[i]);
        }
        if (i + 1 < m) {
            double[] idle = x[i];
            boolean third = i + 2 < m;
            double[] x2 = third ? x[i + 2] : idle;
            for (int k = 0; k < a.length; k++) {
                double[] c = a[k];
                add4(out[k], from, to, c[i], x[i], c[i + 1], x[i + 1], third ? c[i + 2] : 0, x2, 0, idle);
            }
        }
    }

    /** The inner product of two rows; always summed in the same order. */
    public static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            s0 = Math.fma(a[i], b[i], s0);
            s1 = Math.fma(a[i + 1], b[i + 1], s1);
            s2 = Math.fma(a[i + 2], b[i + 2], s2);
            s3 = Math.fma(a[i + 3], b[i + 3], s3);
        }
        for (; i < a.length; i++) {
            s0 = Math.fma(a[i], b[i], s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** The Gram matrix {@code a a^T}, {@code [r x r]}, of {@code a} {@code [r x m]}. */
    public static double[][] gram(double[][] a) {
        return gram(a, Parallel.SERIAL);
    }

    /** {@link #gram(double[][])} by several threads, with the same bits. */
    public static double[][] gram(double[][] a, Parallel parallel) {
        int r = a.length;
        double[][] g = new double[r][r];
        parallel.forRanges(r * (r + 1) / 2, grain(a[0].length), (from, to) -> {
            int k = 0;
            while ((k + 1) * (k + 2) / 2 <= from) {
                k++;
            }
            int l = from - k * (k + 1) / 2;
            for (int p = from; p < to; p++) {
                g[k][l] = dot(a[k], a[l]);
                g[l][k] = g[k][l];
                if (l++ == k) {
                    k++;
                    l = 0;
                }
            }
        });
        return g;
    }

    /** The sum of squares of all rows; always summed in the same order. */
    public static double square(double[][] x, Parallel parallel) {
        double[] squares = new double[x.length];
        parallel.forRanges(x.length, grain(x[0].length), (from, to) -> {
            for (int i = from; i < to; i++) {
                squares[i] = dot(x[i], x[i]);
            }
        });
        double sum = 0;
        for (double s : squares) {
            sum += s;
        }
        return sum;
    }

    /** A copy that shares nothing with the rows. */
    public static double[][] copy(double[][] x, Parallel parallel) {
        double[][] copy = new double[x.length][];
        parallel.forRanges(x.length, grain(x[0].length), (from, to) -> {
            for (int i = from; i < to; i++) {
                copy[i] = x[i].clone();
            }
        });
        return copy;
    }

    /** The sum of the entries [from, to). */
    public static double sum(double[] x, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }
        for (; i < to; i++) {
            s0 += x[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
