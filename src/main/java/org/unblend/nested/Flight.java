package org.unblend.nested;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.unblend.math.Probit;
import org.unblend.math.SymmetricEigen;

/**
 * Free flight under the prior. In {@code z = Φ^-1(u)} the prior is a standard normal law, and it still is in coordinates y
 * along any orthogonal axes. A Hamiltonian with potential {@code |y|^2/2} and mass {@code 1/ω_i^2} along axis i turns each
 * pair of y_i and the scaled velocity w_i ~ N(0, 1) by the angle {@code ω_i t} (Pakman and Paninski 2014, J. Comput. Graph.
 * Statist. 23, 518): exact at any t, reversed by w -> -w, and without walls. Axes and ω_i come from the covariance of the
 * live points, so that in the time 1 about one standard deviation is flown along each axis.
 *
 * @param axes {@code [d x d]}, row k is the direction of axis k
 * @param rate ω, {@code [d]}
 */
record Flight(double[] axes, double[] rate) {
    /** Axes shorter than this, relative to the longest, are lost in rounding. */
    private static final double LEAST = 1e-10;

    /** The smallest uniform number and the largest. */
    private static final double LOWEST = 1e-300;

    private static final double HIGHEST = 1 - 0x1p-53;

    /** Fitted to the covariance of points of the unit cube, {@code u [points x d]}. */
    static Flight around(double[] u, int d) {
        int points = u.length / d;
        double[] z = Arrays.stream(u).map(Probit::quantile).toArray();
        double[] mean = new double[d];
        for (int i = 0; i < z.length; i++) {
            mean[i % d] += z[i] / points;
        }
        double[] covariance = new double[d * d];
        for (int p = 0; p < points; p++) {
            for (int i = 0; i < d; i++) {
                double from = (z[p * d + i] - mean[i]) / points;
                for (int j = 0; j <= i; j++) {
                    covariance[i * d + j] += from * (z[p * d + j] - mean[j]);
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                covariance[j * d + i] = covariance[i * d + j];
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(covariance, d);
        double longest = Arrays.stream(eigen.values()).max().orElseThrow();
        double[] rate = Arrays.stream(eigen.values())
                .map(v -> Math.sqrt(Math.max(v, LEAST * longest)))
                .toArray();
        return new Flight(eigen.vectors(), rate);
    }

    /** That of the prior itself. */
    static Flight free(int d) {
        double[] axes = new double[d * d];
        double[] rate = new double[d];
        for (int i = 0; i < d; i++) {
            axes[i * d + i] = 1;
            rate[i] = 1;
        }
        return new Flight(axes, rate);
    }

    int dimension() {
        return rate.length;
    }

    /** Coordinates y of the point {@code u [d]} of the cube. */
    double[] enter(double[] u) {
        return along(Arrays.stream(u).map(Probit::quantile).toArray());
    }

    /** Writes the point of the cube to {@code u[offset...]}. */
    void leave(double[] y, double[] u, int offset) {
        int d = rate.length;
        double[] z = new double[d];
        for (int k = 0; k < d; k++) {
            for (int i = 0; i < d; i++) {
                z[i] += y[k] * axes[k * d + i];
            }
        }
        for (int i = 0; i < d; i++) {
            u[offset + i] = Math.max(LOWEST, Math.min(HIGHEST, Probit.cdf(z[i])));
        }
    }

    /** Flies for a time; {@code y} and {@code w} are modified. */
    void fly(double[] y, double[] w, double time) {
        for (int k = 0; k < rate.length; k++) {
            double c = Math.cos(rate[k] * time);
            double s = Math.sin(rate[k] * time);
            double turned = c * y[k] + s * w[k];
            w[k] = c * w[k] - s * y[k];
            y[k] = turned;
        }
    }

    /**
     * Reverses the velocity across the surface of equal likelihood, {@code w' = w - 2 n (n·w)}, where n is along
     * {@code ω_k ∂ ln L / ∂y_k}: the energy, and with it the law of w, stays.
     *
     * @param u the place in the cube, from {@code offset} on
     * @param slope derivatives by u, from {@code offset} on
     * @param w modified
     * @return false, and w as it was, if there is no normal
     */
    boolean reflect(double[] u, double[] slope, int offset, double[] w) {
        int d = rate.length;
        double[] dz = new double[d];
        for (int i = 0; i < d; i++) {
            double z = Probit.quantile(u[offset + i]);
            dz[i] = slope[offset + i] * Math.exp(-0.5 * z * z);
        }
        double[] normal = along(dz);
        double largest = 0;
        for (int k = 0; k < d; k++) {
            normal[k] *= rate[k];
            largest = Math.max(largest, Math.abs(normal[k]));
        }
        double square = 0;
        double projection = 0;
        for (int k = 0; k < d; k++) {
            double n = normal[k] / largest;
            square += n * n;
            projection += n * w[k];
        }
        if (!(square > 0 && Double.isFinite(square))) {
            return false;
        }
        for (int k = 0; k < d; k++) {
            w[k] -= 2 * (normal[k] / largest) * projection / square;
        }
        return true;
    }

    /** Squared distance relative to its expectation for independent points of the law that was fitted. */
    double separation(double[] from, double[] to) {
        double sum = 0;
        for (int k = 0; k < rate.length; k++) {
            double step = (to[k] - from[k]) / rate[k];
            sum += step * step;
        }
        return sum / (2 * rate.length);
    }

    private double[] along(double[] z) {
        int d = rate.length;
        double[] y = new double[d];
        for (int k = 0; k < d; k++) {
            for (int i = 0; i < d; i++) {
                y[k] += axes[k * d + i] * z[i];
            }
        }
        return y;
    }

    /** The points that a flight is fitted to: the live ones, and as many that died last. */
    static List<Point> latest(Front front) {
        int dead = front.dead().size();
        int wanted = Math.min(dead, front.live().size());
        return Stream.concat(front.live().stream(), front.dead().subList(dead - wanted, dead).stream())
                .toList();
    }
}
