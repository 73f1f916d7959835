package org.unblend.math;

import org.apache.commons.math3.special.Erf;

/** The standard normal distribution function Φ, its inverse (the probit) and its tails, precise far out. */
public final class Probit {
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double SQRT_HALF_PI = Math.sqrt(Math.PI / 2);
    private static final double SQRT_2PI = Math.sqrt(2 * Math.PI);
    /** Beyond this the continued fraction of the tail has converged at {@link #FRACTION_DEPTH}. */
    private static final double FAR = 5;

    private static final int FRACTION_DEPTH = 60;

    // Wichura 1988, Applied Statistics 37, 477 (algorithm AS 241, PPND16): rational approximations with relative error
    // about 1e-16, as numerator and denominator for the centre and two stretches of the tail.
    private static final double[] CENTRE = {
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3
    };
    private static final double[] CENTRE_BELOW = {
        1,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3
    };
    private static final double[] NEAR_TAIL = {
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4
    };
    private static final double[] NEAR_TAIL_BELOW = {
        1,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9
    };
    private static final double[] FAR_TAIL = {
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7
    };
    private static final double[] FAR_TAIL_BELOW = {
        1,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15
    };

    private Probit() {}

    /** The z with Φ(z) = p, for p between 0 and 1. */
    public static double quantile(double p) {
        return quantile(p, 1 - p);
    }

    /** The z with Φ(z) = p, where q = 1 - p is given as well so that the smaller of the two is precise. */
    public static double quantile(double p, double q) {
        return p < q ? -positive(0.5 - p, p) : positive(0.5 - q, q);
    }

    /** The z > 0 with Φ(z) - Φ(-z) = p: the quantile of the absolute value. */
    public static double absolute(double p) {
        return positive(0.5 * p, 0.5 * (1 - p));
    }

    /** Φ(z), with relative precision in the lower tail. */
    public static double cdf(double z) {
        return z < -FAR ? Math.exp(-0.5 * z * z) / SQRT_2PI * tailRatio(-z) : 0.5 * Erf.erfc(-z * SQRT_HALF);
    }

    /** {@code ln Φ(z)}, finite for every finite z whose square is. */
    public static double logCdf(double z) {
        if (z < 0) {
            return -0.5 * z * z - Stirling.HALF_LN_2PI + Math.log(tailRatio(-z));
        }
        return Math.log1p(-cdf(-z));
    }

    /**
     * The Mills ratio {@code (1 - Φ(z)) / φ(z)}, for z at least 0: the tail relative to the density where it begins.
     */
    public static double tailRatio(double z) {
        if (z < FAR) {
            return SQRT_HALF_PI * Math.exp(0.5 * z * z) * Erf.erfc(z * SQRT_HALF);
        }
        // Abramowitz and Stegun 1964, 26.2.14: 1/(z+ 1/(z+ 2/(z+ 3/(z+ ...)))).
        double fraction = z;
        for (int k = FRACTION_DEPTH; k > 0; k--) {
            fraction = z + k / fraction;
        }
        return 1 / fraction;
    }

    /**
     * {@code ln ∫ exp(-(t^2 - r^2) / 2) dt} from z to z + width, where r = max(z, 0). Relative to the density where the
     * interval begins, so it neither underflows in the far tail nor loses narrow intervals.
     *
     * @param z begin of the interval; may be negative infinity
     * @param width length of the interval, at least 0; may be infinite
     */
    public static double logInterval(double z, double width) {
        double end = z + width;
        if (z < 0 && end <= 0) {
            return logInterval(-end, width) - 0.5 * end * end;
        }
        if (width * Math.max(1, Math.abs(z)) <= 1) {
            double r = Math.max(z, 0);
            double start = z - r;
            return Math.log(Quadrature.panel(t -> Math.exp(-(r * t + 0.5 * t * t)), start, start + width));
        }
        if (z < 0) {
            return Math.log(SQRT_2PI) + Math.log1p(-cdf(z) - cdf(-end));
        }
        return Math.log(tailRatio(z) - Math.exp(-width * (z + 0.5 * width)) * tailRatio(end));
    }

    /** The quantile for p = 1/2 + excess >= 1/2, where tail = 1 - p. */
    private static double positive(double excess, double tail) {
        if (excess <= 0.425) {
            double r = 0.180625 - excess * excess;
            return excess * polynomial(CENTRE, r) / polynomial(CENTRE_BELOW, r);
        }
        double r = Math.sqrt(-Math.log(tail));
        return r <= 5
                ? polynomial(NEAR_TAIL, r - 1.6) / polynomial(NEAR_TAIL_BELOW, r - 1.6)
                : polynomial(FAR_TAIL, r - 5) / polynomial(FAR_TAIL_BELOW, r - 5);
    }

    private static double polynomial(double[] c, double x) {
        double sum = 0;
        for (int i = c.length - 1; i >= 0; i--) {
            sum = sum * x + c[i];
        }
        return sum;
    }
}
