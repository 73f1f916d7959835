package org.unblend.mcmc.factor;

import org.unblend.math.RandomSource;
import org.unblend.math.Rows;

/**
 * Moves a factor with exact zeros under Normal noise: first one entry after the other, then column by column which components
 * are zero, by steps of {@link ColumnPattern}. Where the other components of a column already explain it, an entry by itself
 * is hardly ever switched on or off.
 */
final class PatternMove implements HalfMove {
    /** Components up to which patterns are moved. */
    static final int MOST = 8;

    /** Steps per column. */
    private static final int STEPS = 2;

    private final Orientation data;
    private final HalfMove entries;

    /** @param entries moves entries one by one */
    PatternMove(Orientation data, HalfMove entries) {
        this.data = data;
        this.entries = entries;
    }

    @Override
    public void move(
            RandomSource random,
            double[][] a,
            double[][] b,
            double[] ofColumns,
            double[] ofRows,
            Shape[] priors,
            double beta) {
        entries.move(random, a, b, ofColumns, ofRows, priors, beta);
        int r = a.length;
        // Without data, and with one component, the entries by themselves are drawn from their conditional.
        if (beta == 0 || r < 2 || r > MOST) {
            return;
        }
        Sums sums = entries instanceof GramMove g ? new Common(g, b, ofRows) : new Each(b, ofRows);
        ColumnPattern column = new ColumnPattern(priors);
        double[] gram = new double[r * r];
        double[] product = new double[r];
        for (int p = 0; p < data.columns(); p++) {
            double s = sums.of(p, gram, product);
            column.load(gram, product, beta * ofColumns[p] * s);
            double[] h = column.values();
            for (int k = 0; k < r; k++) {
                h[k] = a[k][p];
            }
            for (int step = 0; step < STEPS; step++) {
                column.step(random);
            }
            h = column.values();
            for (int k = 0; k < r; k++) {
                a[k][p] = h[k];
            }
        }
    }

    /** The sums over the rows of a column. */
    private interface Sums {
        /** Fills in {@code B V B^T} and {@code B V x} without a factor, which is returned. */
        double of(int p, double[] gram, double[] product);
    }

    /** Where weights are a product of one factor per row and one per column. */
    private final class Common implements Sums {
        private final GramMove move;
        private final double[][] scaled;
        private final double[] common;

        Common(GramMove move, double[][] b, double[] ofRows) {
            this.move = move;
            int r = b.length;
            scaled = move.scaled(b, ofRows);
            common = new double[r * r];
            for (int k = 0; k < r; k++) {
                for (int l = 0; l <= k; l++) {
                    common[k * r + l] = Rows.dot(scaled[k], b[l]);
                    common[l * r + k] = common[k * r + l];
                }
            }
        }

        @Override
        public double of(int p, double[] gram, double[] product) {
            System.arraycopy(common, 0, gram, 0, common.length);
            for (int k = 0; k < scaled.length; k++) {
                product[k] = Rows.dot(scaled[k], data.across()[p]);
            }
            return move.columnWeight(p);
        }
    }

    /** Any weights. */
    private final class Each implements Sums {
        private final double[][] b;
        private final double[] ofRows;
        private final double[] weighted;

        Each(double[][] b, double[] ofRows) {
            this.b = b;
            this.ofRows = ofRows;
            weighted = new double[ofRows.length];
        }

        @Override
        public double of(int p, double[] gram, double[] product) {
            int r = b.length;
            for (int k = 0; k < r; k++) {
                for (int q = 0; q < weighted.length; q++) {
                    weighted[q] = b[k][q] * data.v()[q][p] * ofRows[q];
                }
                product[k] = Rows.dot(weighted, data.across()[p]);
                for (int l = 0; l <= k; l++) {
                    gram[k * r + l] = Rows.dot(weighted, b[l]);
                    gram[l * r + k] = gram[k * r + l];
                }
            }
            return 1;
        }
    }
}
