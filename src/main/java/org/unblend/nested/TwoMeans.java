package org.unblend.nested;

/**
 * Lloyd's algorithm for two clusters, started from a cut through the mean. Distances are measured in standard deviations
 * of each coordinate.
 */
final class TwoMeans {
    private static final int ROUNDS = 5;
    private static final int POWER_ROUNDS = 20;

    private final double[] x;
    private final double[] projection;
    private final int n;
    private final int d;

    /** @param member indices of the points of {@code u [points x d]} in question, between {@code from} and {@code to} */
    TwoMeans(double[] u, int d, int[] member, int from, int to) {
        this.n = to - from;
        this.d = d;
        this.x = new double[n * d];
        this.projection = new double[n];
        for (int i = 0; i < d; i++) {
            double mean = 0;
            double square = 0;
            for (int m = 0; m < n; m++) {
                mean += u[member[from + m] * d + i];
            }
            mean /= n;
            for (int m = 0; m < n; m++) {
                double y = u[member[from + m] * d + i] - mean;
                x[m * d + i] = y;
                square += y * y;
            }
            double sd = Math.sqrt(square / n);
            for (int m = 0; m < n; m++) {
                x[m * d + i] /= sd > 0 ? sd : 1;
            }
        }
    }

    /** The longest axis of an ellipsoid, as a direction in units of its extent along each coordinate. */
    static double[] principalAxis(Ellipsoid e) {
        int d = e.dimension();
        double[] f = e.factor();
        double[] extent = new double[d];
        int widest = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                extent[i] += f[i * d + j] * f[i * d + j];
            }
            widest = extent[i] > extent[widest] ? i : widest;
        }
        double[] v = new double[d];
        v[widest] = 1;
        for (int round = 0; round < POWER_ROUNDS; round++) {
            v = normalised(times(f, timesTransposed(f, v, d), d));
        }
        for (int i = 0; i < d; i++) {
            v[i] *= Math.sqrt(extent[i]);
        }
        return v;
    }

    /** The coordinate axis along which the kurtosis is smallest: 1 for two points, 1.8 for a uniform density. */
    double[] mostBimodalAxis() {
        int axis = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < d; i++) {
            double fourth = 0;
            for (int m = 0; m < n; m++) {
                double square = x[m * d + i] * x[m * d + i];
                fourth += square * square;
            }
            if (fourth > 0 && fourth < least) {
                least = fourth;
                axis = i;
            }
        }
        double[] v = new double[d];
        v[axis] = 1;
        return v;
    }

    /** For each point whether it belongs to the cluster that began on the positive side of the cut across {@code v}. */
    boolean[] along(double[] v) {
        boolean[] right = new boolean[n];
        project(v);
        for (int m = 0; m < n; m++) {
            right[m] = projection[m] > 0;
        }
        for (int round = 0; round < ROUNDS && reassign(right); round++) {}
        return right;
    }

    /** One round; false if nothing changed or one side is empty. */
    private boolean reassign(boolean[] right) {
        double[] sumLeft = new double[d];
        double[] sumRight = new double[d];
        int count = 0;
        for (int m = 0; m < n; m++) {
            double[] sum = right[m] ? sumRight : sumLeft;
            count += right[m] ? 1 : 0;
            for (int i = 0; i < d; i++) {
                sum[i] += x[m * d + i];
            }
        }
        if (count == 0 || count == n) {
            return false;
        }
        // Nearer to the right mean r than to the left one l: 2 x (r - l) > |r|^2 - |l|^2.
        double[] across = sumLeft;
        double middle = 0;
        for (int i = 0; i < d; i++) {
            double l = sumLeft[i] / (n - count);
            double r = sumRight[i] / count;
            across[i] = r - l;
            middle += (r + l) * (r - l) / 2;
        }
        project(across);
        boolean changed = false;
        for (int m = 0; m < n; m++) {
            changed |= right[m] != projection[m] > middle;
            right[m] = projection[m] > middle;
        }
        return changed;
    }

    /** Scalar products of all points with {@code v}, four at a time: their sums do not wait for one another. */
    private void project(double[] v) {
        double[] out = projection;
        int m = 0;
        for (; m + 4 <= n; m += 4) {
            int at = m * d;
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int i = 0; i < d; i++) {
                double w = v[i];
                s0 += x[at + i] * w;
                s1 += x[at + d + i] * w;
                s2 += x[at + 2 * d + i] * w;
                s3 += x[at + 3 * d + i] * w;
            }
            out[m] = s0;
            out[m + 1] = s1;
            out[m + 2] = s2;
            out[m + 3] = s3;
        }
        for (; m < n; m++) {
            double sum = 0;
            for (int i = 0; i < d; i++) {
                sum += x[m * d + i] * v[i];
            }
            out[m] = sum;
        }
    }

    private static double[] timesTransposed(double[] f, double[] v, int d) {
        double[] w = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                w[j] += f[i * d + j] * v[i];
            }
        }
        return w;
    }

    private static double[] times(double[] f, double[] w, int d) {
        double[] v = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                v[i] += f[i * d + j] * w[j];
            }
        }
        return v;
    }

    private static double[] normalised(double[] v) {
        double norm = 0;
        for (double a : v) {
            norm += a * a;
        }
        norm = Math.sqrt(norm);
        for (int i = 0; i < v.length; i++) {
            v[i] /= norm;
        }
        return v;
    }
}
