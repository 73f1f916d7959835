package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import org.unblend.math.Rows;

/**
 * A quadratic model of the objective in the columns b of a block. Gradient and diagonal curvature of every column are
 * exact; off the diagonal, all columns share one correlation matrix: {@code C_kl = rho_kl sqrt(C_kk C_ll)}. With
 * {@code y_k = sqrt(C_kk) b_k} the Gram matrix is rho for every column, and a sweep of coordinate descent costs as little
 * as one of {@link GramStep}. The model is exact where curvature is a product of a row and a column effect, and falls back
 * to diagonal Newton steps where components do not overlap.
 */
final class Scaled {
    /** Added to the curvature, so that linear columns have a step. */
    private static final double TINY = 1e-200;

    private final List<Component> components;
    /** Gradient, penalties included but for their terms in ln b, {@code [r x length]}. */
    private final double[][] gradient;
    /** Square root of the diagonal curvature, {@code [r x length]}. */
    private final double[][] scale;

    /**
     * @param residual minus the slope of the loss by the mean, {@code [rows of the tile x length]}
     * @param curvature of the loss by the mean, alike
     */
    Scaled(
            List<Component> components,
            Tiles.Tile tile,
            double[][] held,
            double[][] residual,
            double[][] curvature,
            double[][] b) {
        this(components, new double[b.length][tile.length()], new double[b.length][tile.length()]);
        double[][] squares = new double[b.length][held[0].length];
        for (int k = 0; k < b.length; k++) {
            for (int i = 0; i < squares[k].length; i++) {
                squares[k][i] = held[k][i] * held[k][i];
            }
        }
        tile.multiply(held, residual, gradient);
        tile.multiply(squares, curvature, scale);
        complete(b);
    }

    /**
     * A model that {@link #complete} must finish.
     *
     * @param pull minus the gradient of the data term, {@code [r x length]}, kept and modified
     * @param curvature diagonal curvature of the data term, alike
     */
    Scaled(List<Component> components, double[][] pull, double[][] curvature) {
        this.components = components;
        gradient = pull;
        scale = curvature;
    }

    /** Adds the penalties at b and takes roots. */
    void complete(double[][] b) {
        for (int k = 0; k < b.length; k++) {
            double l1 = components.get(k).penalty().l1();
            double l2 = components.get(k).penalty().l2();
            double[] g = gradient[k];
            double[] s = scale[k];
            double[] x = b[k];
            for (int j = 0; j < g.length; j++) {
                g[j] = l1 + l2 * x[j] - g[j];
                s[j] = Math.sqrt(s[j] + l2 + TINY);
            }
        }
    }

    /**
     * The means of a typical column: those of all columns, each in units of its own level, so that no column counts more
     * because its data are larger.
     */
    static double[] typical(double[][] held, double[][] moved) {
        double[] level = new double[moved[0].length];
        double[] total = new double[held.length];
        Arrays.setAll(total, k -> Rows.sum(held[k], 0, held[k].length));
        Rows.combine(level, 0, level.length, total, moved);
        Arrays.setAll(level, j -> level[j] > 0 ? 1 / level[j] : 0);
        double[] share = new double[held.length];
        Arrays.setAll(share, k -> Rows.dot(moved[k], level));
        double[] typical = new double[held[0].length];
        Rows.combine(typical, 0, typical.length, share, held);
        return typical;
    }

    /**
     * The correlation of the rows of {@code held} {@code [r x m]} under the weights {@code rowWeight_i typical_i^power}.
     */
    static double[][] correlation(double[][] held, double[] typical, double[] rowWeights, double power) {
        int r = held.length;
        int m = typical.length;
        double[][] weighted = new double[r][m];
        for (int i = 0; i < m; i++) {
            double c = typical[i] > 0
                    ? Math.sqrt(rowWeights[i] * (power == -1 ? 1 / typical[i] : Math.pow(typical[i], power)))
                    : 0;
            for (int k = 0; k < r; k++) {
                weighted[k][i] = c * held[k][i];
            }
        }
        double[][] rho = Rows.gram(weighted);
        double[] root = new double[r];
        for (int k = 0; k < r; k++) {
            root[k] = rho[k][k] > 0 ? 1 / Math.sqrt(rho[k][k]) : 0;
        }
        for (int k = 0; k < r; k++) {
            for (int l = 0; l < r; l++) {
                rho[k][l] = k == l ? 1 : rho[k][l] * root[k] * root[l];
            }
        }
        return rho;
    }

    /** Lowers the model by sweeps over the components of b. */
    void lower(double[][] rho, double[][] b, int sweeps) {
        int r = b.length;
        int length = b[0].length;
        double[][] y = new double[r][length];
        double[][] numerator = new double[r][length];
        for (int k = 0; k < r; k++) {
            for (int j = 0; j < length; j++) {
                y[k][j] = scale[k][j] * b[k][j];
                numerator[k][j] = -gradient[k][j] / scale[k][j];
            }
        }
        for (int k = 0; k < r; k++) {
            Rows.combine(numerator[k], 0, length, rho[k], y);
        }
        double[] c = new double[r];
        double[] pull = new double[length];
        for (int s = 0; s < sweeps; s++) {
            for (int k = 0; k < r; k++) {
                if (components.get(k).fixed()) {
                    continue;
                }
                for (int l = 0; l < r; l++) {
                    c[l] = l == k ? 0 : -rho[k][l];
                }
                System.arraycopy(numerator[k], 0, pull, 0, length);
                Rows.combine(pull, 0, length, c, y);
                settle(k, pull, y[k]);
            }
        }
        for (int k = 0; k < r; k++) {
            for (int j = 0; !components.get(k).fixed() && j < length; j++) {
                b[k][j] = y[k][j] / scale[k][j];
            }
        }
    }

    private void settle(int k, double[] pull, double[] y) {
        Penalty penalty = components.get(k).penalty();
        if (!penalty.excludesZero()) {
            for (int j = 0; j < y.length; j++) {
                y[j] = Math.max(0, pull[j]);
            }
            return;
        }
        for (int j = 0; j < y.length; j++) {
            y[j] = penalty.logarithmic(scale[k][j]).minimiser(1, pull[j], y[j]);
        }
    }

    /** The movement of each component if each entry alone went to its minimum. */
    Optimality.Movement[] movements(double[][] b) {
        Optimality.Movement[] out = new Optimality.Movement[b.length];
        for (int k = 0; k < b.length; k++) {
            out[k] = new Optimality.Movement();
            if (components.get(k).fixed()) {
                continue;
            }
            Penalty only = components.get(k).penalty().logarithmic(1);
            for (int j = 0; j < b[k].length; j++) {
                double c = scale[k][j] * scale[k][j];
                out[k].add(b[k][j], only.minimiser(c, c * b[k][j] - gradient[k][j], b[k][j]));
            }
        }
        return out;
    }
}
