package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.RandomSource;
import org.unblend.math.Rows;

/**
 * Metropolis-Hastings steps in u = ln a for any noise: each entry proposes {@code N(u + g / F, 1 / F)}, where g is the
 * slope of its log conditional and F its expected curvature, both of which depend on the place, and accepts with the exact
 * ratio. The entries of a component depend on different columns of the data and move at once.
 */
final class NewtonMove implements HalfMove {
    /** The drift is bounded, so that a chain far from the mode does not overshoot. */
    private static final double LARGEST_DRIFT = 2;

    private final Orientation data;
    private final Noise noise;

    NewtonMove(Orientation data, Noise noise) {
        this.data = data;
        this.noise = noise;
    }

    /** Of the component that moves: sums over its columns at the present or the proposed place. */
    private record Look(double[] slope, double[] information, double[] gain) {
        Look(int n) {
            this(new double[n], new double[n], new double[n]);
        }

        void clear() {
            Arrays.fill(slope, 0);
            Arrays.fill(information, 0);
            Arrays.fill(gain, 0);
        }
    }

    /** Means of the data with their inverses, present and proposed: a division costs more than the rest of an entry. */
    private record Means(double[][] mean, double[][] inverse, double[][] proposed) {}

    @Override
    public void move(
            RandomSource random,
            double[][] a,
            double[][] b,
            double[] ofColumns,
            double[] ofRows,
            Shape[] priors,
            double beta) {
        Shape[][] each = new Shape[a.length][data.columns()];
        for (int k = 0; k < a.length; k++) {
            Arrays.fill(each[k], priors[k]);
        }
        move(random, a, b, ofColumns, ofRows, each, beta);
    }

    /**
     * The same where every entry has a density of its own.
     *
     * @param priors {@code [r x p]}
     */
    void move(
            RandomSource random,
            double[][] a,
            double[][] b,
            double[] ofColumns,
            double[] ofRows,
            Shape[][] priors,
            double beta) {
        int n = data.columns();
        Means means = means(a, b);
        double[] u = new double[n];
        double[] spread = new double[n];
        double[] proposed = new double[n];
        double[] log = new double[n];
        double[] step = new double[n];
        double[] next = new double[n];
        Look look = new Look(n);
        for (int k = 0; k < a.length; k++) {
            double[] now = a[k];
            look.clear();
            for (int q = 0; q < ofRows.length; q++) {
                // Where the other factor is zero nothing depends on this one.
                if (b[k][q] != 0) {
                    double c = b[k][q];
                    noise.look(data.x()[q], data.v()[q], ofRows[q], c, means.inverse[q], look.slope, look.information);
                }
            }
            for (int p = 0; p < n; p++) {
                Shape f = priors[k][p];
                double s = beta * ofColumns[p];
                u[p] = Math.log(now[p]);
                spread[p] = spread(f, now[p], s * look.information[p]);
                double z = random.nextGaussian();
                double v = u[p] + drift(f, u[p], now[p], s * look.slope[p], spread[p]) + spread[p] * z;
                proposed[p] = EntryDraw.keep(Math.exp(v));
                step[p] = proposed[p] - now[p];
                log[p] = f.logOfLog(v, proposed[p]) - f.logOfLog(u[p], now[p]) + 0.5 * z * z;
            }
            look.clear();
            for (int q = 0; q < ofRows.length; q++) {
                if (b[k][q] != 0) {
                    step(q, ofRows[q], b[k][q], step, means, next, look);
                }
            }
            for (int p = 0; p < n; p++) {
                Shape f = priors[k][p];
                double s = beta * ofColumns[p];
                double w = proposed[p];
                double v = Math.log(w);
                double back = spread(f, w, s * look.information[p]);
                double z = (u[p] - v - drift(f, v, w, s * look.slope[p], back)) / back;
                double ratio = log[p] + s * look.gain[p] - 0.5 * z * z + Math.log(spread[p] / back);
                boolean accepted = w > EntryDraw.SMALLEST && Math.log(random.nextOpen()) < ratio;
                step[p] = accepted ? step[p] : 0;
                now[p] = accepted ? w : now[p];
            }
            for (int q = 0; q < ofRows.length; q++) {
                if (b[k][q] == 0) {
                    continue;
                }
                Rows.add(means.mean[q], 0, n, b[k][q], step);
                double[] inverse = means.inverse[q];
                double[] other = means.proposed[q];
                for (int p = 0; p < n; p++) {
                    inverse[p] = step[p] != 0 ? other[p] : inverse[p];
                }
            }
        }
    }

    private Means means(double[][] a, double[][] b) {
        int n = data.columns();
        Means means = new Means(new double[data.rows()][n], new double[data.rows()][n], new double[data.rows()][n]);
        double[] c = new double[a.length];
        for (int q = 0; q < data.rows(); q++) {
            for (int k = 0; k < a.length; k++) {
                c[k] = b[k][q];
            }
            double[] mean = means.mean[q];
            Rows.combine(mean, 0, n, c, a);
            double[] inverse = means.inverse[q];
            for (int p = 0; p < n; p++) {
                inverse[p] = 1 / Math.max(mean[p], EntryDraw.SMALLEST);
            }
        }
        return means;
    }

    /**
     * The sums of row q at the proposed place, and the inverse means there.
     *
     * @param next working memory, {@code [columns]}
     */
    private void step(int q, double ofRow, double c, double[] step, Means means, double[] next, Look look) {
        double[] mean = means.mean[q];
        double[] inverse = means.proposed[q];
        for (int p = 0; p < next.length; p++) {
            next[p] = Math.max(mean[p] + c * step[p], EntryDraw.SMALLEST);
            inverse[p] = 1 / next[p];
        }
        double[] x = data.x()[q];
        double[] v = data.v()[q];
        noise.look(x, v, ofRow, c, inverse, look.slope, look.information);
        noise.gain(x, v, ofRow, mean, means.inverse[q], next, inverse, look.gain);
    }

    /** Standard deviation of a proposal at u = ln w. */
    private static double spread(Shape f, double w, double information) {
        double prior = Math.max(0, f.b() * w) + 2 * f.q() * w * w + f.t();
        // Towards zero a conditional falls as w^a, on a scale of 1/a in u.
        double tail = f.t() > 0 ? 0 : 0.5 * Math.min(f.a(), f.a() * f.a());
        return 1 / Math.sqrt(w * w * information + prior + tail);
    }

    /** Mean of a proposal, less u. */
    private static double drift(Shape f, double u, double w, double slope, double spread) {
        double g = w * slope + f.a() - f.b() * w - f.q() * w * w - f.t() * (u - f.nu());
        return Math.max(-LARGEST_DRIFT, Math.min(LARGEST_DRIFT, g * spread * spread));
    }
}
