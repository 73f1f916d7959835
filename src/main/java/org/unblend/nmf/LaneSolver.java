package org.unblend.nmf;

import java.util.List;
import org.unblend.math.Rows;

/**
 * Small quadratic problems side by side, one per column j of a block: minimise over {@code b >= 0}
 *
 * <p>{@code b G_j b / 2 - N_j b + penalties}, with a Gram matrix of its own for every column. Exact coordinate descent,
 * all columns at once.
 */
final class LaneSolver {
    private final List<Component> components;
    /** Lower triangle of the Gram matrices, row by row, {@code [r (r+1)/2 x length]}. */
    final double[][] gram;
    /** {@code [r x length]}. */
    final double[][] numerator;
    /** The columns sought, {@code [r x length]}. */
    final double[][] b;

    private final double[] pull;
    private final double[][] inverse;

    LaneSolver(List<Component> components, int length) {
        int r = components.size();
        this.components = components;
        gram = new double[r * (r + 1) / 2][length];
        numerator = new double[r][length];
        b = new double[r][length];
        pull = new double[length];
        inverse = new double[r][length];
    }

    /** Adds what four rows of weights and weighted data contribute, on the columns [low, high). */
    void accumulate(double[][] held, int i, double[][] v, double[][] vx, int low, int high) {
        int r = b.length;
        int i1 = Math.min(i + 1, held[0].length - 1);
        int i2 = Math.min(i + 2, held[0].length - 1);
        int i3 = Math.min(i + 3, held[0].length - 1);
        for (int k = 0, pair = 0; k < r; k++) {
            double[] a = held[k];
            // Rows of padding weigh nothing, so what they are multiplied with does not matter.
            double a0 = a[i];
            double a1 = a[i1];
            double a2 = a[i2];
            double a3 = a[i3];
            Rows.add4(numerator[k], low, high, a0, vx[i], a1, vx[i + 1], a2, vx[i + 2], a3, vx[i + 3]);
            for (int l = 0; l <= k; l++, pair++) {
                double[] c = held[l];
                Rows.add4(
                        gram[pair],
                        low,
                        high,
                        a0 * c[i],
                        v[i],
                        a1 * c[i1],
                        v[i + 1],
                        a2 * c[i2],
                        v[i + 2],
                        a3 * c[i3],
                        v[i + 3]);
            }
        }
    }

    /** Must be called once the Gram matrices are complete. */
    void prepare() {
        for (int k = 0; k < b.length; k++) {
            double l2 = components.get(k).penalty().l2();
            double[] diagonal = gram[k * (k + 1) / 2 + k];
            for (int j = 0; j < diagonal.length; j++) {
                double a = diagonal[j] + l2;
                inverse[k][j] = a > 0 ? 1 / a : 0;
            }
        }
    }

    /** One sweep over the components. */
    void sweep() {
        for (int k = 0; k < b.length; k++) {
            if (!components.get(k).fixed()) {
                pull(k);
                settle(k);
            }
        }
    }

    /** The movement of each component if each entry alone went to its minimum. */
    Optimality.Movement[] movements() {
        Optimality.Movement[] out = new Optimality.Movement[b.length];
        for (int k = 0; k < b.length; k++) {
            out[k] = new Optimality.Movement();
            if (components.get(k).fixed()) {
                continue;
            }
            pull(k);
            double[] diagonal = gram[k * (k + 1) / 2 + k];
            Penalty penalty = components.get(k).penalty();
            for (int j = 0; j < pull.length; j++) {
                out[k].add(b[k][j], penalty.minimiser(diagonal[j], pull[j], b[k][j]));
            }
        }
        return out;
    }

    /** The sum over the columns of {@code b G b / 2 - N b}. */
    double value() {
        double[] sum = new double[pull.length];
        for (int k = 0; k < b.length; k++) {
            pull(k);
            double[] x = b[k];
            double[] n = numerator[k];
            double[] diagonal = gram[k * (k + 1) / 2 + k];
            for (int j = 0; j < sum.length; j++) {
                // pull = N - (G b without its diagonal term)
                sum[j] += 0.5 * x[j] * (diagonal[j] * x[j] - pull[j] - n[j]);
            }
        }
        return Rows.sum(sum, 0, sum.length);
    }

    /** What draws component k when the others stay: {@code N_k - sum_(l != k) G_kl b_l}. */
    private void pull(int k) {
        System.arraycopy(numerator[k], 0, pull, 0, pull.length);
        for (int l = 0; l < b.length; l++) {
            if (l != k) {
                double[] g = gram[k > l ? k * (k + 1) / 2 + l : l * (l + 1) / 2 + k];
                double[] x = b[l];
                double[] p = pull;
                for (int j = 0; j < p.length; j++) {
                    p[j] = Math.fma(-g[j], x[j], p[j]);
                }
            }
        }
    }

    private void settle(int k) {
        Penalty penalty = components.get(k).penalty();
        double[] x = b[k];
        double[] diagonal = gram[k * (k + 1) / 2 + k];
        double[] inv = inverse[k];
        double[] p = pull;
        if (penalty.excludesZero()) {
            for (int j = 0; j < x.length; j++) {
                x[j] = penalty.minimiser(diagonal[j], p[j], x[j]);
            }
            return;
        }
        double l1 = penalty.l1();
        boolean idle = false;
        for (int j = 0; j < x.length; j++) {
            idle |= inv[j] == 0;
        }
        if (idle) {
            for (int j = 0; j < x.length; j++) {
                x[j] = inv[j] > 0 ? Math.max(0, (p[j] - l1) * inv[j]) : penalty.minimiser(0, p[j], x[j]);
            }
            return;
        }
        for (int j = 0; j < x.length; j++) {
            x[j] = Math.max(0, (p[j] - l1) * inv[j]);
        }
    }
}
