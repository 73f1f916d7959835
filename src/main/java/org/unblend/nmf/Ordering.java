package org.unblend.nmf;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;

/**
 * An order of rows and columns that brings observed entries together, so that blocks of missing ones can be skipped:
 * columns by the mean row of their observed entries, then rows by the mean place of their observed columns. Ties keep
 * the given order.
 *
 * @param rows which row comes i-th
 * @param columns which column comes j-th
 */
record Ordering(int[] rows, int[] columns) {
    /** Columns that are counted together. */
    private static final int COLUMNS = 64;

    static Ordering of(double[][] weights, Parallel parallel) {
        int m = weights.length;
        int n = weights[0].length;
        double[] place = new double[n];
        int[] count = new int[n];
        parallel.forRanges(n, COLUMNS, (from, to) -> {
            for (int i = 0; i < m; i++) {
                double[] row = weights[i];
                for (int j = from; j < to; j++) {
                    if (row[j] > 0) {
                        place[j] += i;
                        count[j]++;
                    }
                }
            }
        });
        if (Arrays.stream(count).allMatch(c -> c == m)) {
            return new Ordering(
                    IntStream.range(0, m).toArray(), IntStream.range(0, n).toArray());
        }
        int[] columns = sorted(place, count);
        double[] rowPlace = new double[m];
        int[] rowCount = new int[m];
        parallel.forRanges(m, Rows.grain(n), (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int j = 0; j < n; j++) {
                    if (weights[i][columns[j]] > 0) {
                        rowPlace[i] += j;
                        rowCount[i]++;
                    }
                }
            }
        });
        return new Ordering(sorted(rowPlace, rowCount), columns);
    }

    private static int[] sorted(double[] place, int[] count) {
        for (int i = 0; i < place.length; i++) {
            place[i] /= Math.max(1, count[i]);
        }
        return IntStream.range(0, place.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> place[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The entries of each row in the given order. */
    static double[][] apply(double[][] rows, int[] order) {
        double[][] out = new double[rows.length][order.length];
        for (int k = 0; k < rows.length; k++) {
            for (int i = 0; i < order.length; i++) {
                out[k][i] = rows[k][order[i]];
            }
        }
        return out;
    }

    /** Undoes {@link #apply}. */
    static double[][] undo(double[][] rows, int[] order) {
        double[][] out = new double[rows.length][order.length];
        for (int k = 0; k < rows.length; k++) {
            for (int i = 0; i < order.length; i++) {
                out[k][order[i]] = rows[k][i];
            }
        }
        return out;
    }
}
