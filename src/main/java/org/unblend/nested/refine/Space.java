package org.unblend.nested.refine;

import org.unblend.math.Probit;

/**
 * Coordinates in which a proposal lives. In the cube the prior is uniform on it; in probit coordinates {@code z =
 * Phi^-1(u)} it is the standard normal density, so that walls are at infinity.
 */
enum Space {
    CUBE,
    PROBIT;

    /** Coordinates of points of the unit cube; u and the result have one layout. */
    double[] of(double[] u) {
        double[] z = u.clone();
        for (int i = 0; this == PROBIT && i < z.length; i++) {
            z[i] = Probit.quantile(inside(u[i]));
        }
        return z;
    }

    /** Points of the unit cube; meaningful where {@link #logPrior} is finite. */
    double[] toCube(double[] z) {
        double[] u = z.clone();
        for (int i = 0; i < u.length; i++) {
            u[i] = inside(this == PROBIT ? Probit.cdf(z[i]) : z[i]);
        }
        return u;
    }

    /** ln of the prior density at {@code z[at...]}. */
    double logPrior(double[] z, int at, int d) {
        double sum = this == PROBIT ? -0.5 * d * Math.log(2 * Math.PI) : 0;
        for (int i = at; i < at + d; i++) {
            if (this == PROBIT) {
                sum -= 0.5 * z[i] * z[i];
            } else if (!(z[i] > 0 && z[i] < 1)) {
                return Double.NEGATIVE_INFINITY;
            }
        }
        return sum;
    }

    /** Targets are defined strictly inside of the cube. */
    private static double inside(double u) {
        return Math.max(Double.MIN_NORMAL, Math.min(1 - 0x1p-53, u));
    }
}
