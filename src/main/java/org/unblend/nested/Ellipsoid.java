package org.unblend.nested;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.unblend.math.Cholesky;
import org.unblend.math.RandomSource;

/**
 * The ellipsoid {@code {x : |F^-1 (x - c)| <= 1}}. Arrays are owned by the record and not modified.
 *
 * @param centre c, {@code [d]}
 * @param factor F, lower-triangular, {@code [d x d]}
 * @param inverse F^-1
 * @param logVolume ln of the volume
 */
record Ellipsoid(double[] centre, double[] factor, double[] inverse, double logVolume) {

    private Ellipsoid(double[] centre, double[] factor, int d) {
        this(centre, factor, Cholesky.invert(factor, d), logUnitBall(d) + Cholesky.logDeterminant(factor, d));
    }

    /**
     * The ellipsoid with the shape of the points' covariance that is large enough for each live one of them to lie inside
     * even if it had been left out of the covariance and the mean. The distance of a left-out point follows from its
     * leverage without another fit: with {@code h = (x - m)^T S^-1 (x - m)}, S the scatter matrix, it is
     * {@code (n - 2) (n/(n - 1))^2 h / (1 - n h/(n - 1))} (Sherman and Morrison).
     *
     * @param u points, {@code [points x d]}
     * @param member indices of the points that give the shape, from {@code from} to {@code to}; at least d + 2 of them
     * @param live points with a smaller index are live: they must lie inside
     * @param leastLogVolume the ellipsoid is blown up to this ln volume if it is smaller
     */
    static Ellipsoid around(double[] u, int[] member, int from, int to, int d, int live, double leastLogVolume) {
        int n = to - from;
        Ellipsoid shape = oneSigma(u, member, from, to, d);
        double farthest = 0;
        double ratio = n / (n - 1.0);
        int[] alive = alive(member, from, to, live);
        double[] distance = shape.distances2(u, alive, 0, alive.length);
        for (double distance2 : distance) {
            double h = distance2 / (n - 1);
            // A leverage of one: the point alone spans a direction. The small floor stands for "far outside".
            farthest = Math.max(farthest, (n - 2) * ratio * ratio * h / Math.max(1e-3, 1 - ratio * h));
        }
        Ellipsoid fit = shape.scaled(Math.sqrt(Math.max(farthest, Double.MIN_NORMAL)));
        return fit.logVolume < leastLogVolume ? fit.scaled(Math.exp((leastLogVolume - fit.logVolume) / d)) : fit;
    }

    /** Mean and covariance of those points: the ellipsoid of Mahalanobis distance one. */
    static Ellipsoid oneSigma(double[] u, int[] member, int from, int to, int d) {
        double[] mean = mean(u, member, from, to, d);
        return new Ellipsoid(mean, Cholesky.factor(covariance(u, member, from, to, d, mean), d), d);
    }

    /** The ball through the corners of the unit cube. */
    static Ellipsoid aroundUnitCube(int d) {
        double[] centre = new double[d];
        double[] factor = new double[d * d];
        for (int i = 0; i < d; i++) {
            centre[i] = 0.5;
            // A little more, so that rounding cuts no corner.
            factor[i * d + i] = 0.5 * Math.sqrt(d) * (1 + 1e-12);
        }
        return new Ellipsoid(centre, factor, d);
    }

    int dimension() {
        return centre.length;
    }

    /** The squared distance {@code |F^-1 (x - c)|^2} of the point at {@code u[at...]}: at most 1 inside. */
    double distance2(double[] u, int at) {
        return distance2(u, at, Double.POSITIVE_INFINITY);
    }

    /**
     * {@link #distance2} of several points, in the order of {@code member}: the same bits in a third of the time.
     *
     * @param u points, {@code [points x d]}
     * @param member indices of those in question, from {@code from} to {@code to}
     */
    double[] distances2(double[] u, int[] member, int from, int to) {
        int d = centre.length;
        double[] out = new double[to - from];
        double[] x = new double[4 * d];
        int m = from;
        // Four points at a time: their sums do not wait for one another.
        for (; m + 4 <= to; m += 4) {
            centred(u, member, m, centre, x);
            double t0 = 0;
            double t1 = 0;
            double t2 = 0;
            double t3 = 0;
            for (int i = 0; i < d; i++) {
                double s0 = 0;
                double s1 = 0;
                double s2 = 0;
                double s3 = 0;
                int row = i * d;
                for (int j = 0; j <= i; j++) {
                    double g = inverse[row + j];
                    s0 += g * x[4 * j];
                    s1 += g * x[4 * j + 1];
                    s2 += g * x[4 * j + 2];
                    s3 += g * x[4 * j + 3];
                }
                t0 += s0 * s0;
                t1 += s1 * s1;
                t2 += s2 * s2;
                t3 += s3 * s3;
            }
            out[m - from] = t0;
            out[m - from + 1] = t1;
            out[m - from + 2] = t2;
            out[m - from + 3] = t3;
        }
        for (; m < to; m++) {
            out[m - from] = distance2(u, member[m] * d);
        }
        return out;
    }

    boolean contains(double[] u, int at) {
        return distance2(u, at, 1) <= 1;
    }

    /** The same centre and shape with all axes times {@code by}. */
    Ellipsoid scaled(double by) {
        int d = dimension();
        double[] f = factor.clone();
        double[] g = inverse.clone();
        for (int i = 0; i < f.length; i++) {
            f[i] *= by;
            g[i] /= by;
        }
        return new Ellipsoid(centre, f, g, logVolume + d * Math.log(by));
    }

    /**
     * Draws a uniform point of the ellipsoid into {@code u[at...]} and tells whether it lies in the unit cube; coordinates after
     * one outside are not worked out.
     */
    boolean drawInCube(RandomSource random, double[] u, int at) {
        int d = dimension();
        double[] z = new double[d];
        double norm2 = 0;
        for (int i = 0; i < d; i++) {
            z[i] = random.nextGaussian();
            norm2 += z[i] * z[i];
        }
        double radius = Math.pow(random.nextOpen(), 1.0 / d) / Math.sqrt(norm2);
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += factor[i * d + j] * z[j];
            }
            double x = centre[i] + radius * sum;
            if (!(x > 0 && x < 1)) {
                return false;
            }
            u[at + i] = x;
        }
        return true;
    }

    /**
     * Draws a direction, not normalised: uniform in coordinates in which the ellipsoid is a ball.
     *
     * @param z room for {@code [d]} numbers, modified
     * @param v the direction {@code [d]}, modified
     */
    void direction(RandomSource random, double[] z, double[] v) {
        int d = dimension();
        for (int i = 0; i < d; i++) {
            z[i] = random.nextGaussian();
            double sum = 0;
            int row = i * d;
            for (int j = 0; j <= i; j++) {
                sum += factor[row + j] * z[j];
            }
            v[i] = sum;
        }
    }

    /** The range of t in which {@code x + t v} lies inside; both ends NaN if the line misses the ellipsoid. */
    Interval chord(double[] x, double[] v) {
        int d = centre.length;
        double ww = 0;
        double yw = 0;
        double yy = 0;
        for (int i = 0; i < d; i++) {
            double y = 0;
            double w = 0;
            int row = i * d;
            for (int j = 0; j <= i; j++) {
                double g = inverse[row + j];
                y += g * (x[j] - centre[j]);
                w += g * v[j];
            }
            ww += w * w;
            yw += y * w;
            yy += y * y;
        }
        double root = Math.sqrt(yw * yw - ww * (yy - 1));
        return new Interval((-yw - root) / ww, (-yw + root) / ww);
    }

    /** {@code |F^-1 (x - y)|^2}. */
    double separation2(double[] x, double[] y) {
        double[] v = toBall(difference(x, y));
        return dot(v, v);
    }

    /** A range of the parameter of a line. */
    record Interval(double low, double high) {}

    /** Stops once the sum exceeds {@code enough}. */
    private double distance2(double[] u, int at, double enough) {
        int d = centre.length;
        double total = 0;
        for (int i = 0; i < d && total <= enough; i++) {
            double sum = 0;
            int row = i * d;
            for (int j = 0; j <= i; j++) {
                sum += inverse[row + j] * (u[at + j] - centre[j]);
            }
            total += sum * sum;
        }
        return total;
    }

    /** {@code F^-1 v}. */
    private double[] toBall(double[] v) {
        int d = dimension();
        double[] w = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                w[i] += inverse[i * d + j] * v[j];
            }
        }
        return w;
    }

    private static double[] difference(double[] x, double[] y) {
        double[] v = new double[x.length];
        Arrays.setAll(v, i -> x[i] - y[i]);
        return v;
    }

    private static double dot(double[] v, double[] w) {
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            sum += v[i] * w[i];
        }
        return sum;
    }

    private static double[] mean(double[] u, int[] member, int from, int to, int d) {
        double[] mean = new double[d];
        for (int m = from; m < to; m++) {
            for (int i = 0; i < d; i++) {
                mean[i] += u[member[m] * d + i];
            }
        }
        for (int i = 0; i < d; i++) {
            mean[i] /= to - from;
        }
        return mean;
    }

    private static double[] covariance(double[] u, int[] member, int from, int to, int d, double[] mean) {
        double[] c = new double[d * d];
        double[] x = new double[4 * d];
        int m = from;
        for (; m + 4 <= to; m += 4) {
            centred(u, member, m, mean, x);
            for (int i = 0; i < d; i++) {
                double x0 = x[4 * i];
                double x1 = x[4 * i + 1];
                double x2 = x[4 * i + 2];
                double x3 = x[4 * i + 3];
                int row = i * d;
                for (int j = 0; j <= i; j++) {
                    c[row + j] = c[row + j] + x0 * x[4 * j] + x1 * x[4 * j + 1] + x2 * x[4 * j + 2] + x3 * x[4 * j + 3];
                }
            }
        }
        for (; m < to; m++) {
            int at = member[m] * d;
            for (int i = 0; i < d; i++) {
                double xi = u[at + i] - mean[i];
                x[i] = xi;
                for (int j = 0; j <= i; j++) {
                    c[i * d + j] += xi * x[j];
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                c[i * d + j] /= to - from - 1;
                c[j * d + i] = c[i * d + j];
            }
        }
        return c;
    }

    /** Four points less a centre, {@code [d x 4]}. */
    private static void centred(double[] u, int[] member, int first, double[] centre, double[] x) {
        int d = centre.length;
        for (int k = 0; k < 4; k++) {
            int at = member[first + k] * d;
            for (int i = 0; i < d; i++) {
                x[4 * i + k] = u[at + i] - centre[i];
            }
        }
    }

    /** The live ones among these indices. */
    private static int[] alive(int[] member, int from, int to, int live) {
        int[] alive = new int[to - from];
        int count = 0;
        for (int m = from; m < to; m++) {
            if (member[m] < live) {
                alive[count++] = member[m];
            }
        }
        return Arrays.copyOf(alive, count);
    }

    private static double logUnitBall(int d) {
        return 0.5 * d * Math.log(Math.PI) - Gamma.logGamma(0.5 * d + 1);
    }
}
