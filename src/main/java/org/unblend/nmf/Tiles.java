package org.unblend.nmf;

import java.util.Arrays;

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
    record Tile(int from, int length, double[][] v, double[][] vx, int[] low, int[] high) {}

    /**
     * Packs data.
     *
     * @param x {@code [m x n]}, zero where masked
     * @param weights {@code [m x n]}
     * @param rowOrder which row of x comes i-th
     * @param columnOrder which column of x comes j-th
     * @param width columns of a block
     */
    static Tiles pack(double[][] x, double[][] weights, int[] rowOrder, int[] columnOrder, int width) {
        int m = rowOrder.length;
        int n = columnOrder.length;
        Tile[] blocks = new Tile[(n + width - 1) / width];
        for (int b = 0; b < blocks.length; b++) {
            int from = b * width;
            int length = Math.min(width, n - from);
            int padded = (m + 3) / 4 * 4;
            double[] nothing = new double[length];
            double[][] v = new double[padded][];
            double[][] vx = new double[padded][];
            Arrays.fill(v, nothing);
            Arrays.fill(vx, nothing);
            int[] low = new int[padded / 4];
            int[] high = new int[padded / 4];
            Arrays.fill(low, length);
            for (int i = 0; i < m; i++) {
                double[] weight = weights[rowOrder[i]];
                double[] data = x[rowOrder[i]];
                for (int j = 0; j < length; j++) {
                    double w = weight[columnOrder[from + j]];
                    if (w > 0) {
                        if (v[i] == nothing) {
                            v[i] = new double[length];
                            vx[i] = new double[length];
                        }
                        v[i][j] = w;
                        vx[i][j] = w * data[columnOrder[from + j]];
                        low[i / 4] = Math.min(low[i / 4], j);
                        high[i / 4] = Math.max(high[i / 4], j + 1);
                    }
                }
            }
            for (int g = 0; g < low.length; g++) {
                low[g] = Math.min(low[g], high[g]);
            }
            blocks[b] = new Tile(from, length, v, vx, low, high);
        }
        return new Tiles(m, n, blocks);
    }
}
