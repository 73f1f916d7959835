package org.unblend.nested.refine;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.unblend.math.Cholesky;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Goes uphill from several points at once by random steps, kept where the likelihood rises, with lengths that follow the
 * one-fifth rule (Rechenberg 1973), and tells how much evidence the highest peak holds.
 */
final class Climb {
    /** Of 48 runs with 12 climbers one passed by the spike in the slab of 10 dimensions without a word; with 32 none did. */
    static final int CLIMBERS = 32;

    /** Steps per dimension: each takes about a fifth of the logarithm of the distance off. */
    private static final int STEPS_PER_DIMENSION = 12;

    /** Factor on the length after a step upward; a fourth root of its inverse after another. */
    private static final double LONGER = 1.5;

    /** Halvings by which the width of a peak along an axis is found. */
    private static final int HALVINGS = 12;

    /** Log likelihoods of points of the cube, {@code [points x d]}. */
    @FunctionalInterface
    interface Likelihood {
        double[] at(double[] u);
    }

    /**
     * The highest point that was reached.
     *
     * @param u its position, {@code [d]}
     * @param logL its log likelihood
     * @param logZ ln of the evidence around it if it is Gaussian: {@code L (2 pi)^(d/2) prod s_i} with the distances s_i along
     *     the axes at which ln L is lower by 1/2; too low where axes are correlated
     */
    record Peak(double[] u, double logL, double logZ) {}

    private Climb() {}

    /**
     * Climbs.
     *
     * @param points where to start: those of the indices {@code starts}
     * @param shape its covariance gives directions and the first lengths of steps
     * @param goesOn whether there is budget for another step
     */
    static Peak from(
            Sum points, int[] starts, Cloud shape, Likelihood likelihood, BooleanSupplier goesOn, RandomStream random) {
        int d = shape.d();
        int n = starts.length;
        double[] axes = axes(shape);
        double[] u = new double[n * d];
        double[] logL = new double[n];
        double[] length = new double[n];
        for (int c = 0; c < n; c++) {
            System.arraycopy(points.u(), starts[c] * d, u, c * d, d);
            logL[c] = points.logL()[starts[c]];
            length[c] = 1 / Math.sqrt(d);
        }
        for (int step = 0; step < STEPS_PER_DIMENSION * d && goesOn.getAsBoolean(); step++) {
            double[] tried = new double[n * d];
            RandomSource source = random.split(step).generator();
            for (int c = 0; c < n; c++) {
                move(u, c * d, axes, length[c], d, source, tried);
            }
            double[] found = likelihood.at(tried);
            for (int c = 0; c < n; c++) {
                boolean up = found[c] > logL[c];
                length[c] *= up ? LONGER : Math.pow(LONGER, -0.25);
                if (up) {
                    logL[c] = found[c];
                    System.arraycopy(tried, c * d, u, c * d, d);
                }
            }
        }
        int best = 0;
        for (int c = 1; c < n; c++) {
            best = logL[c] > logL[best] ? c : best;
        }
        double[] top = Arrays.copyOfRange(u, best * d, (best + 1) * d);
        return new Peak(top, logL[best], logL[best] + logVolume(top, logL[best], likelihood));
    }

    /** Steps out of the cube end at its wall. */
    private static void move(
            double[] u, int at, double[] axes, double length, int d, RandomSource random, double[] tried) {
        double[] g = new double[d];
        for (int i = 0; i < d; i++) {
            g[i] = length * random.nextGaussian();
        }
        for (int i = 0; i < d; i++) {
            double sum = u[at + i];
            for (int j = 0; j <= i; j++) {
                sum += axes[i * d + j] * g[j];
            }
            tried[at + i] = Math.max(Double.MIN_NORMAL, Math.min(1 - 0x1p-53, sum));
        }
    }

    /** Both ways along each axis by bisection of the logarithm, all axes at once. */
    private static double logVolume(double[] top, double highest, Likelihood likelihood) {
        int d = top.length;
        double[] low = new double[2 * d];
        double[] high = new double[2 * d];
        Arrays.fill(low, -30);
        for (int h = 0; h < HALVINGS; h++) {
            double[] tried = new double[2 * d * d];
            for (int k = 0; k < 2 * d; k++) {
                System.arraycopy(top, 0, tried, k * d, d);
                double way = Math.exp((low[k] + high[k]) / 2) * (k % 2 == 0 ? 1 : -1);
                tried[k * d + k / 2] = Math.max(Double.MIN_NORMAL, Math.min(1 - 0x1p-53, top[k / 2] + way));
            }
            double[] found = likelihood.at(tried);
            for (int k = 0; k < 2 * d; k++) {
                double middle = (low[k] + high[k]) / 2;
                boolean wall = tried[k * d + k / 2] <= Double.MIN_NORMAL || tried[k * d + k / 2] >= 1 - 0x1p-53;
                if (found[k] < highest - 0.5 || wall) {
                    high[k] = middle;
                } else {
                    low[k] = middle;
                }
            }
        }
        double sum = 0.5 * d * Math.log(2 * Math.PI);
        for (int i = 0; i < d; i++) {
            sum += Math.log((Math.exp(low[2 * i]) + Math.exp(low[2 * i + 1])) / 2);
        }
        return sum;
    }

    private static double[] axes(Cloud shape) {
        int d = shape.d();
        double[] mean = new double[d];
        double[] c = new double[d * d];
        for (int i = 0; i < shape.size(); i++) {
            for (int a = 0; a < d; a++) {
                mean[a] += shape.weight()[i] * shape.u()[i * d + a];
            }
        }
        for (int i = 0; i < shape.size(); i++) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    c[a * d + b] +=
                            shape.weight()[i] * (shape.u()[i * d + a] - mean[a]) * (shape.u()[i * d + b] - mean[b]);
                }
            }
        }
        return Cholesky.factor(c, d);
    }
}
