package org.unblend.nmf;

import java.util.Arrays;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;

/**
 * Weighted data cut into blocks of columns, each stored by short rows of its own, for kernels that take four rows at a
 * time. Rows without any weight in a block are not stored, and each group of four rows knows the range of columns outside
 * which its weights are zero; kernels skip the rest.
 *
 * @param m number of rows of the data
 * @param n number of columns of the data
 * @param blocks blocks of columns, in order
 */
record Tiles(int m, int n, Tile[] blocks) {
    /** Blocks that keep several threads busy. */
    private static final int FEWEST = 4;

    /** Rows shorter than this run slowly. */
    private static final int NARROW = 128;

    /** Widths are multiples of this, so that loops have no remainder. */
    private static final int LANES = 8;

    /**
     * One block.
     *
     * @param from first column
     * @param length number of columns
     * @param v weights, {@code [rows rounded up to a multiple of 4 x length]}; rows without weight share one array
     * @param vx weights times data, alike
     * @param low first column of a group of four rows with a weight, relative to {@code from}
     * @param high end of that range; equal to {@code low} for a group to skip
     */
    record Tile(int from, int length, double[][] v, double[][] vx, int[] low, int[] high) {

        /** Adds {@code sum_i c_i rows_i} to {@code out}, skipping what has no weight. */
        void weigh(double[] c, double[][] rows, double[] out) {
            for (int g = 0; g < low.length; g++) {
                int i = 4 * g;
                if (high[g] == low[g]) {
                    continue;
                }
                // Rows of padding weigh nothing, so what they are multiplied with does not matter.
                double c1 = i + 1 < c.length ? c[i + 1] : 0;
                double c2 = i + 2 < c.length ? c[i + 2] : 0;
                double c3 = i + 3 < c.length ? c[i + 3] : 0;
                Rows.add4(out, low[g], high[g], c[i], rows[i], c1, rows[i + 1], c2, rows[i + 2], c3, rows[i + 3]);
            }
        }

        /** Adds {@code c rows}, {@code [r x m] [m x length]}, to {@code out}, skipping what has no weight. */
        void multiply(double[][] c, double[][] rows, double[][] out) {
            int m = c[0].length;
            for (int g = 0; g < low.length; g++) {
                int i = 4 * g;
                if (high[g] == low[g]) {
                    continue;
                }
                int i1 = Math.min(i + 1, m - 1);
                int i2 = Math.min(i + 2, m - 1);
                int i3 = Math.min(i + 3, m - 1);
                for (int k = 0; k < c.length; k++) {
                    double[] a = c[k];
                    Rows.add4(
                            out[k],
                            low[g],
                            high[g],
                            a[i],
                            rows[i],
                            a[i1],
                            rows[i + 1],
                            a[i2],
                            rows[i + 2],
                            a[i3],
                            rows[i + 3]);
                }
            }
        }

        /** Adds {@code held (V (held^T b))} to {@code out}. */
        void multiplyMeans(double[][] held, double[][] b, double[][] out) {
            int m = held[0].length;
            double[][] four = new double[4][length];
            double[] share = new double[held.length];
            for (int g = 0; g < low.length; g++) {
                int from = low[g];
                int to = high[g];
                if (from == to) {
                    continue;
                }
                for (int i = 0; i < 4; i++) {
                    int row = Math.min(4 * g + i, m - 1);
                    for (int k = 0; k < share.length; k++) {
                        share[k] = held[k][row];
                    }
                    double[] mean = four[i];
                    double[] weight = v[4 * g + i];
                    Arrays.fill(mean, from, to, 0);
                    Rows.combine(mean, from, to, share, b);
                    for (int j = from; j < to; j++) {
                        mean[j] *= weight[j];
                    }
                }
                int i1 = Math.min(4 * g + 1, m - 1);
                int i2 = Math.min(4 * g + 2, m - 1);
                int i3 = Math.min(4 * g + 3, m - 1);
                for (int k = 0; k < held.length; k++) {
                    double[] a = held[k];
                    Rows.add4(out[k], from, to, a[4 * g], four[0], a[i1], four[1], a[i2], four[2], a[i3], four[3]);
                }
            }
        }

        /** Writes {@code sum_k held_ki b_k} to row i of {@code out}, where it has weight. */
        void means(double[][] held, double[][] b, double[][] out) {
            double[] share = new double[held.length];
            for (int i = 0; i < held[0].length; i++) {
                if (high[i / 4] > low[i / 4]) {
                    for (int k = 0; k < share.length; k++) {
                        share[k] = held[k][i];
                    }
                    Arrays.fill(out[i], low[i / 4], high[i / 4], 0);
                    Rows.combine(out[i], low[i / 4], high[i / 4], share, b);
                }
            }
        }
    }

    /**
     * Packs data.
     *
     * @param x {@code [m x n]}, zero where masked
     * @param weights {@code [m x n]}
     * @param rowOrder which row of x comes i-th
     * @param columnOrder which column of x comes j-th
     * @param width most columns of a block; there are at least {@value #FEWEST} blocks, of about equal width, if they are
     *     wide enough
     */
    static Tiles pack(
            double[][] x, double[][] weights, int[] rowOrder, int[] columnOrder, int width, Parallel parallel) {
        int n = columnOrder.length;
        int fewest = Math.max((n + width - 1) / width, Math.min(FEWEST, n / NARROW));
        int each = ((n + fewest - 1) / fewest + LANES - 1) / LANES * LANES;
        Tile[] blocks = new Tile[(n + each - 1) / each];
        parallel.forRanges(
                n, each, (from, to) -> blocks[from / each] = tile(x, weights, rowOrder, columnOrder, from, to));
        return new Tiles(rowOrder.length, n, blocks);
    }

    private static Tile tile(double[][] x, double[][] weights, int[] rowOrder, int[] columnOrder, int from, int to) {
        int length = to - from;
        int padded = (rowOrder.length + 3) / 4 * 4;
        double[] nothing = new double[length];
        double[][] v = new double[padded][];
        double[][] vx = new double[padded][];
        Arrays.fill(v, nothing);
        Arrays.fill(vx, nothing);
        int[] low = new int[padded / 4];
        int[] high = new int[padded / 4];
        Arrays.fill(low, length);
        for (int i = 0; i < rowOrder.length; i++) {
            double[] weight = weights[rowOrder[i]];
            double[] data = x[rowOrder[i]];
            int first = 0;
            while (first < length && weight[columnOrder[from + first]] == 0) {
                first++;
            }
            if (first == length) {
                continue;
            }
            int end = length;
            while (weight[columnOrder[from + end - 1]] == 0) {
                end--;
            }
            double[] w = new double[length];
            double[] wx = new double[length];
            for (int j = first; j < end; j++) {
                int column = columnOrder[from + j];
                w[j] = weight[column];
                wx[j] = w[j] * data[column];
            }
            v[i] = w;
            vx[i] = wx;
            low[i / 4] = Math.min(low[i / 4], first);
            high[i / 4] = Math.max(high[i / 4], end);
        }
        for (int g = 0; g < low.length; g++) {
            low[g] = Math.min(low[g], high[g]);
        }
        return new Tile(from, length, v, vx, low, high);
    }
}
