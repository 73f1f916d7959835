package org.unblend.math;

/**
 * Products with rows of which about half the entries are exactly 0, such as the values behind a rectifier. These entries are left
 * out, and with them the rows of weights that would be fetched for them, which is what the time of a product goes to. A
 * workspace: one per thread.
 */
final class SkippedZeros {
    /** Rows of weights that one row of the product fetches before it is the turn of the next: they stay in the fastest cache. */
    private static final int SPAN = 16;

    private final int[][] places;
    private final int[] counts;

    /**
     * @param rows the most that a product has
     * @param entries the most that a row has
     */
    SkippedZeros(int rows, int entries) {
        places = new int[rows][entries + 1];
        counts = new int[rows];
    }

    /**
     * Adds to the first {@code rows} rows of {@code out}, on [0, to), those of the product {@code c x}, in the order of {@link
     * Rows#combine(double[], int, int, double[], double[][])}: for finite {@code x} the results are the same, bit for bit, but
     * for the sign of a 0.
     *
     * @param out {@code [rows x n]}, modified
     * @param c {@code [rows x m]}
     * @param x {@code [m x n]}
     */
    void combine(double[][] out, int rows, int to, double[][] c, double[][] x) {
        int most = 0;
        for (int r = 0; r < rows; r++) {
            counts[r] = order(c[r], x.length, places[r]);
            most = Math.max(most, counts[r]);
        }
        int span = rows == 1 ? most : SPAN;
        for (int from = 0; from < most; from += span) {
            for (int r = 0; r < rows; r++) {
                add(out[r], to, c[r], x, places[r], from, Math.min(counts[r], from + span));
            }
        }
    }

    /** Adds the terms of the places [k, n). */
    private static void add(double[] out, int to, double[] c, double[][] x, int[] places, int k, int n) {
        for (; k + 4 <= n; k += 4) {
            int h = places[k + 3];
            int i = places[k + 2];
            int j = places[k + 1];
            int l = places[k];
            Rows.add4(out, 0, to, c[h], x[h], c[i], x[i], c[j], x[j], c[l], x[l]);
        }
        if (k < n) {
            int l = places[k];
            int j = k + 1 < n ? places[k + 1] : l;
            int i = k + 2 < n ? places[k + 2] : l;
            Rows.add4(out, 0, to, 0, x[l], k + 2 < n ? c[i] : 0, x[i], k + 1 < n ? c[j] : 0, x[j], c[l], x[l]);
        }
    }

    /**
     * The places that are not 0, in the order of summation: by fours, and among four from the last to the first. A place is
     * written in any case, as a branch would be mispredicted half the time.
     */
    private static int order(double[] c, int length, int[] places) {
        int n = 0;
        int l = 0;
        for (; l + 4 <= length; l += 4) {
            places[n] = l + 3;
            n += c[l + 3] != 0 ? 1 : 0;
            places[n] = l + 2;
            n += c[l + 2] != 0 ? 1 : 0;
            places[n] = l + 1;
            n += c[l + 1] != 0 ? 1 : 0;
            places[n] = l;
            n += c[l] != 0 ? 1 : 0;
        }
        for (int last = length - 1; last >= l; last--) {
            places[n] = last;
            n += c[last] != 0 ? 1 : 0;
        }
        return n;
    }
}
