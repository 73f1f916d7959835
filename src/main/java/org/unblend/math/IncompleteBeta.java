package org.unblend.math;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Beta;

/**
 * The regularised incomplete beta function {@code I_x(a, b) = 1/B(a, b) ∫_0^x t^(a-1) (1-t)^(b-1) dt} and its inverse, in
 * terms of the logit {@code l = ln(x / (1 - x))}, which keeps both x and 1 - x precise. Continued fraction (Abramowitz
 * and Stegun 1964, 26.5.8); quadrature of the tail where both a and b are large. Each tail keeps its relative precision.
 */
public final class IncompleteBeta {
    /** Above this the continued fraction needs more terms than quadrature needs points. */
    private static final double LARGE = 400;
    /** Relative error of a probability before the last Newton step to its quantile, which squares it. */
    private static final double TOLERANCE = 1e-8;

    private IncompleteBeta() {}

    /** x from its logit. */
    public static double fromLogit(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** {@code a ln x + b ln(1 - x) - ln B(a, b)}: the logarithm of x (1 - x) times the density of a beta variate. */
    public static double logKernel(double a, double b, double logit) {
        double sum = a + b;
        double u = fromLogit(logit) * sum / a - 1;
        double v = fromLogit(-logit) * sum / b - 1;
        if (Math.min(a, b) < 10 || Math.max(Math.abs(u), Math.abs(v)) > 0.5) {
            return a * logFromLogit(logit) + b * logFromLogit(-logit) - Beta.logBeta(a, b);
        }
        return a * Stirling.logOnePlusMinus(u)
                + b * Stirling.logOnePlusMinus(v)
                + 0.5 * (Math.log(a) + Math.log(b / sum))
                - Stirling.HALF_LN_2PI
                - Stirling.error(a)
                - Stirling.error(b)
                + Stirling.error(sum);
    }

    /**
     * I_x(a, b) at x = 1 / (1 + exp(-logit)); {@code lower(b, a, -logit)} is its complement.
     *
     * @param a above 0
     * @param b above 0
     * @param logit any number, infinities included
     */
    public static double lower(double a, double b, double logit) {
        return Math.exp(logLower(a, b, logit));
    }

    /**
     * The inverse of {@link #lower}.
     *
     * @param p the value of I_x(a, b), between 0 and 1
     * @param q 1 - p, given as well so that the smaller of the two is precise
     * @return the logit of x
     */
    public static double logitQuantile(double a, double b, double p, double q) {
        boolean fromBelow = p <= q;
        double goal = Math.log(fromBelow ? p : q);
        double sign = fromBelow ? 1 : -1;
        return Root.increasing(
                (l, out) -> {
                    double tail = fromBelow ? logLower(a, b, l) : logLower(b, a, -l);
                    out[0] = sign * (tail - goal);
                    out[1] = Math.exp(logKernel(a, b, l) - tail);
                },
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                guess(a, b, p, q),
                TOLERANCE);
    }

    private static double guess(double a, double b, double p, double q) {
        if (Math.min(a, b) >= 1) {
            return Math.log(a / b) + Probit.quantile(p, q) * Math.sqrt(1 / a + 1 / b);
        }
        // The leading term of the tail: I_x ~ x^a / (a B).
        double logBeta = Beta.logBeta(a, b);
        return p <= q ? (Math.log(p) + Math.log(a) + logBeta) / a : -(Math.log(q) + Math.log(b) + logBeta) / b;
    }

    private static double logLower(double a, double b, double logit) {
        if (Double.isInfinite(logit)) {
            return logit > 0 ? 0 : Double.NEGATIVE_INFINITY;
        }
        boolean near = fromLogit(logit) <= (a + 1) / (a + b + 2);
        double tail = Math.min(0, near ? logNear(a, b, logit) : logNear(b, a, -logit));
        return near ? tail : Math.log1p(-Math.exp(tail));
    }

    private static double logNear(double a, double b, double logit) {
        double x = fromLogit(logit);
        if (Math.min(a, b) >= LARGE && x * (a + b) <= a) {
            // The kernel at logit + v, relative to that at logit.
            DoubleUnaryOperator h = v -> a * v - (a + b) * Math.log1p(x * Math.expm1(v));
            double slope = a * fromLogit(-logit) - b * x;
            return logKernel(a, b, logit) + Math.log(Quadrature.tail(h, slope, -Math.sqrt(1 / a + 1 / b)));
        }
        return logKernel(a, b, logit) + Math.log(fraction(a, b, x, fromLogit(-logit)));
    }

    /**
     * The integral over its kernel, by the continued fraction of Didonato and Morris 1992 (ACM TOMS 18, 360, eq. 9):
     * written with {@code λ = (a + b) y - b = a - (a + b) x}, it does not cancel near the ends. Converges for x below
     * about a / (a + b).
     */
    private static double fraction(double a, double b, double x, double y) {
        double c = 1 + (x < y ? a - (a + b) * x : (a + b) * y - b);
        double numerator = 0;
        double denominator = 1;
        double nextNumerator = 1;
        double nextDenominator = c / (1 + 1 / a);
        double ratio = nextNumerator / nextDenominator;
        for (int n = 1; n < 100_000; n++) {
            double w = n * (b - n) * x;
            double s = a + 2 * n - 1;
            double alpha = (a + n - 1) * (a + b + n - 1) / (s * s) * (w * x);
            double beta = n + w / s + (a + n) / (s + 2) * (c + n * (1 + y));
            double t = alpha * numerator + beta * nextNumerator;
            numerator = nextNumerator;
            nextNumerator = t;
            t = alpha * denominator + beta * nextDenominator;
            denominator = nextDenominator;
            nextDenominator = t;
            double previous = ratio;
            ratio = nextNumerator / nextDenominator;
            if (!(Math.abs(ratio - previous) > 4e-16 * ratio)) {
                break;
            }
            numerator /= nextDenominator;
            denominator /= nextDenominator;
            nextNumerator = ratio;
            nextDenominator = 1;
        }
        return ratio;
    }

    private static double logFromLogit(double l) {
        return l < 0 ? l - Math.log1p(Math.exp(l)) : -Math.log1p(Math.exp(-l));
    }
}
