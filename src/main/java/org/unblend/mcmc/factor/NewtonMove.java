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
        int n = data.columns();
        double[][] mean = new double[data.rows()][n];
        double[] c = new double[a.length];
        for (int q = 0; q < mean.length; q++) {
            for (int k = 0; k < a.length; k++) {
                c[k] = b[k][q];
            }
            Rows.combine(mean[q], 0, n, c, a);
        }
        double[] drift = new double[n];
        double[] spread = new double[n];
        double[] proposed = new double[n];
        double[] log = new double[n];
        double[] step = new double[n];
        Look look = new Look(n);
        for (int k = 0; k < a.length; k++) {
            Shape f = priors[k];
            double[] now = a[k];
            look(mean, b[k], ofRows, null, look);
            for (int p = 0; p < n; p++) {
                double s = beta * ofColumns[p];
                double u = Math.log(now[p]);
                spread[p] = spread(f, now[p], s * look.information[p]);
                drift[p] = drift(f, u, now[p], s * look.slope[p], spread[p]);
                double z = random.nextGaussian();
                double v = u + drift[p] + spread[p] * z;
                proposed[p] = EntryDraw.keep(Math.exp(v));
                step[p] = proposed[p] - now[p];
                log[p] = f.logOfLog(v) - f.logOfLog(u) + 0.5 * z * z + Math.log(spread[p]);
            }
            look(mean, b[k], ofRows, step, look);
            for (int p = 0; p < n; p++) {
                double s = beta * ofColumns[p];
                double u = Math.log(now[p]);
                double v = Math.log(proposed[p]);
                double back = spread(f, proposed[p], s * look.information[p]);
                double z = (u - v - drift(f, v, proposed[p], s * look.slope[p], back)) / back;
                double ratio = log[p] + s * look.gain[p] - 0.5 * z * z - Math.log(back);
                boolean accepted = proposed[p] > EntryDraw.SMALLEST && Math.log(random.nextOpen()) < ratio;
                step[p] = accepted ? step[p] : 0;
                now[p] = accepted ? proposed[p] : now[p];
            }
            for (int q = 0; q < mean.length; q++) {
                Rows.add(mean[q], 0, n, b[k][q], step);
            }
        }
    }

    /** Sums of slopes and informations per column, and of the gains in log likelihood, at the mean plus a step. */
    private void look(double[][] mean, double[] b, double[] ofRows, double[] step, Look look) {
        double[] slope = look.slope;
        double[] information = look.information;
        double[] gain = look.gain;
        Arrays.fill(slope, 0);
        Arrays.fill(information, 0);
        Arrays.fill(gain, 0);
        for (int q = 0; q < mean.length; q++) {
            double[] x = data.x()[q];
            double[] v = data.v()[q];
            double c = b[q];
            if (c == 0) {
                continue;
            }
            for (int p = 0; p < x.length; p++) {
                if (v[p] == 0) {
                    continue;
                }
                double weight = v[p] * ofRows[q];
                double mu = mean[q][p];
                if (step != null) {
                    double next = Math.max(mu + c * step[p], EntryDraw.SMALLEST);
                    gain[p] += weight * (noise.log(x[p], next) - noise.log(x[p], mu));
                    mu = next;
                }
                slope[p] += weight * c * noise.slope(x[p], mu);
                information[p] += weight * c * c * noise.information(mu);
            }
        }
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
