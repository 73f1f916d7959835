package org.unblend.math;

import java.util.Arrays;

/**
 * The assignment problem: every row gets a column of its own such that the sum of the costs is smallest. Shortest
 * augmenting paths with dual prices, O(rows^2 columns) (Jonker and Volgenant 1987, Computing 38, 325).
 */
public final class Assignment {
    private Assignment() {}

    /**
     * The column of each row.
     *
     * @param cost {@code [rows x columns]}, finite, rows at most columns
     * @return {@code [rows]}, distinct columns; of equally good assignments always the same one
     * @throws IllegalArgumentException if there are more rows than columns or a cost is not finite
     */
    public static int[] cheapest(double[][] cost) {
        int rows = cost.length;
        if (rows == 0) {
            return new int[0];
        }
        int columns = cost[0].length;
        check(cost, columns);
        // Rows and columns count from 1; column 0 holds the row that is being placed.
        double[] rowPrice = new double[rows + 1];
        double[] columnPrice = new double[columns + 1];
        int[] owner = new int[columns + 1];
        for (int row = 1; row <= rows; row++) {
            owner[0] = row;
            int[] from = new int[columns + 1];
            double[] slack = new double[columns + 1];
            boolean[] reached = new boolean[columns + 1];
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            int at = 0;
            do {
                reached[at] = true;
                int i = owner[at];
                double step = Double.POSITIVE_INFINITY;
                int next = 0;
                for (int j = 1; j <= columns; j++) {
                    if (reached[j]) {
                        continue;
                    }
                    double reduced = cost[i - 1][j - 1] - rowPrice[i] - columnPrice[j];
                    if (reduced < slack[j]) {
                        slack[j] = reduced;
                        from[j] = at;
                    }
                    if (slack[j] < step) {
                        step = slack[j];
                        next = j;
                    }
                }
                for (int j = 0; j <= columns; j++) {
                    if (reached[j]) {
                        rowPrice[owner[j]] += step;
                        columnPrice[j] -= step;
                    } else {
                        slack[j] -= step;
                    }
                }
                at = next;
            } while (owner[at] != 0);
            while (at != 0) {
                owner[at] = owner[from[at]];
                at = from[at];
            }
        }
        int[] columnOf = new int[rows];
        for (int j = 1; j <= columns; j++) {
            if (owner[j] != 0) {
                columnOf[owner[j] - 1] = j - 1;
            }
        }
        return columnOf;
    }

    private static void check(double[][] cost, int columns) {
        if (cost.length > columns) {
            throw new IllegalArgumentException(
                    cost.length + " rows cannot each get one of " + columns + " columns; transpose the costs");
        }
        for (int i = 0; i < cost.length; i++) {
            for (int j = 0; j < columns; j++) {
                if (!Double.isFinite(cost[i][j])) {
                    throw new IllegalArgumentException(
                            "the cost of row " + i + " and column " + j + " is " + cost[i][j] + "; costs are finite");
                }
            }
        }
    }
}
