package org.unblend.mcmc.factor;

import java.util.Optional;
import org.unblend.model.Family;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.GammaMean;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.LogNormalMean;
import org.unblend.model.family.TruncatedNormal;

/**
 * A density of a positive number w that holds all priors of a factor's entries and, for Normal and Poisson data, their
 * conditionals:
 *
 * <p>{@code ln p = (a - 1) ln w - b w - q w^2 / 2 - t (ln w - nu)^2 / 2 + constant}.
 *
 * @param a power, at least 0; above 0 unless t is
 * @param b rate; any sign if q is above 0
 * @param q curvature in w, at least 0
 * @param t curvature in ln w, at least 0
 * @param nu centre in ln w
 * @param slab where w may be exactly 0: the constant of the density of what is not, as ln of its ratio to the probability of
 *     zero; infinity where zeros do not occur
 */
record Shape(double a, double b, double q, double t, double nu, double slab) {

    /** A density without zeros. */
    Shape(double a, double b, double q, double t, double nu) {
        this(a, b, q, t, nu, Double.POSITIVE_INFINITY);
    }

    /** True if w is 0 with a probability of its own. */
    boolean zeros() {
        return slab < Double.POSITIVE_INFINITY;
    }

    /** The same density beside a point mass. */
    Shape beside(double slab) {
        return new Shape(a, b, q, t, nu, slab);
    }

    /** The form of a prior with these arguments; empty if it has none. */
    static Optional<Shape> of(Family family, double[] theta) {
        if (family instanceof Exponential) {
            return Optional.of(new Shape(1, theta[0], 0, 0, 0));
        }
        if (family instanceof Gamma) {
            return Optional.of(new Shape(theta[0], theta[1], 0, 0, 0));
        }
        if (family instanceof GammaMean) {
            return Optional.of(new Shape(theta[0], theta[0] / theta[1], 0, 0, 0));
        }
        if (family instanceof HalfNormal) {
            return Optional.of(new Shape(1, 0, 1 / (theta[0] * theta[0]), 0, 0));
        }
        if (family instanceof TruncatedNormal) {
            double q = 1 / (theta[1] * theta[1]);
            return theta[2] == 0 && theta[3] == Double.POSITIVE_INFINITY
                    ? Optional.of(new Shape(1, -theta[0] * q, q, 0, 0))
                    : Optional.empty();
        }
        if (family instanceof LogNormal) {
            return Optional.of(new Shape(0, 0, 0, 1 / (theta[1] * theta[1]), theta[0]));
        }
        if (family instanceof LogNormalMean) {
            return of(LogNormal.FAMILY, LogNormalMean.byMu(theta));
        }
        return Optional.empty();
    }

    /** The unnormalised log density of ln w (Jacobian included) at u = ln w. */
    double logOfLog(double u) {
        return logOfLog(u, a, b, q, t, nu);
    }

    static double logOfLog(double u, double a, double b, double q, double t, double nu) {
        return logOfLog(u, Math.exp(u), a, b, q, t, nu);
    }

    /** The same where w = exp(u) is known. */
    double logOfLog(double u, double w) {
        return logOfLog(u, w, a, b, q, t, nu);
    }

    private static double logOfLog(double u, double w, double a, double b, double q, double t, double nu) {
        double log = a * u - b * w;
        if (q > 0) {
            log -= 0.5 * q * w * w;
        }
        if (t > 0) {
            log -= 0.5 * t * (u - nu) * (u - nu);
        }
        return log;
    }
}
