package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.RandomSource;
import org.unblend.math.Rows;

/**
 * Gibbs draws under Normal noise whose weights are a product of one factor per row and one per column, none missing: the data
 * enter through two products. With G = sum_q t_q b_kq b_lq and P = sum_q t_q b_kq x_qp, the conditional of a_kp is its prior
 * times a normal density of precision {@code s_p G_kk} (Schmidt, Winther and Hansen 2009, ICA, section 3).
 */
final class GramMove implements HalfMove {
    /** Below this width dot products along the other orientation are faster than short row operations. */
    private static final int NARROW = 48;

    private final Orientation data;
    private final double[] columnWeights;
    private final double[] rowWeights;

    private GramMove(Orientation data, double[] columnWeights, double[] rowWeights) {
        this.data = data;
        this.columnWeights = columnWeights;
        this.rowWeights = rowWeights;
    }

    /** The move, or null if the weights are no such product. */
    static GramMove of(Orientation data) {
        double[][] v = data.v();
        double corner = v[0][0];
        double[] rows = new double[v.length];
        for (int q = 0; q < v.length; q++) {
            rows[q] = v[q][0];
            for (int p = 0; p < v[q].length; p++) {
                // Products of equal numbers are equal; others must agree to rounding.
                if (!(v[q][p] > 0) || Math.abs(v[q][p] * corner - v[q][0] * v[0][p]) > 1e-13 * v[q][p] * corner) {
                    return null;
                }
            }
        }
        double[] columns = Arrays.stream(v[0]).map(w -> w / corner).toArray();
        return new GramMove(data, columns, rows);
    }

    /** What the weights of a column are multiplied by. */
    double columnWeight(int p) {
        return columnWeights[p];
    }

    /** The other factor times the weights of the rows: t_q b_kq, {@code [r x q]}. */
    double[][] scaled(double[][] b, double[] ofRows) {
        double[][] scaled = new double[b.length][b[0].length];
        for (int k = 0; k < b.length; k++) {
            for (int q = 0; q < scaled[k].length; q++) {
                scaled[k][q] = b[k][q] * rowWeights[q] * ofRows[q];
            }
        }
        return scaled;
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
        int r = a.length;
        int n = data.columns();
        double[][] scaled = scaled(b, ofRows);
        double[][] product = new double[r][n];
        if (n < NARROW) {
            for (int p = 0; p < n; p++) {
                for (int k = 0; k < r; k++) {
                    product[k][p] = Rows.dot(scaled[k], data.across()[p]);
                }
            }
        } else {
            for (int from = 0; from < n; from += 512) {
                Rows.multiply(scaled, data.x(), product, from, Math.min(n, from + 512));
            }
        }
        double[] s = new double[n];
        for (int p = 0; p < n; p++) {
            s[p] = beta * columnWeights[p] * ofColumns[p];
        }
        double[] pull = new double[n];
        double[] minusGram = new double[r];
        for (int k = 0; k < r; k++) {
            for (int l = 0; l < r; l++) {
                minusGram[l] = l == k ? 0 : -Rows.dot(scaled[k], b[l]);
            }
            double own = Rows.dot(scaled[k], b[k]);
            System.arraycopy(product[k], 0, pull, 0, n);
            Rows.combine(pull, 0, n, minusGram, a);
            Shape f = priors[k];
            for (int p = 0; p < n; p++) {
                a[k][p] = EntryDraw.next(random, a[k][p], f, f.a(), f.b() - s[p] * pull[p], f.q() + s[p] * own);
            }
        }
    }
}
