package org.unblend.math;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Gamma;

/**
 * The regularised incomplete gamma functions {@code P(a, x) = 1/Γ(a) ∫_0^x t^(a-1) e^-t dt} and {@code Q = 1 - P}, their
 * logarithms and their inverse. Series and continued fraction (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31); for large
 * a quadrature of the tail, so that the cost stays bounded. Each tail keeps its relative precision however small it is.
 */
public final class IncompleteGamma {
    /** Above this shape the series needs more terms than quadrature needs points. */
    private static final double LARGE = 400;
    /** Relative error of a probability before the last Newton step to its quantile, which squares it. */
    private static final double TOLERANCE = 1e-8;

    private static final double LOG_MAX = Math.log(Double.MAX_VALUE);

    private IncompleteGamma() {}

    /**
     * {@code a ln x - x - ln Γ(a)}: the logarithm of x times the density of a gamma variate.
     *
     * @param a above 0
     * @param x at least 0
     * @param logX ln x, which may be finite where x underflows to 0
     */
    public static double logKernel(double a, double x, double logX) {
        double u = (x - a) / a;
        if (a < 10 || Math.abs(u) > 0.5) {
            return a * logX - x - Gamma.logGamma(a);
        }
        return a * Stirling.logOnePlusMinus(u) + 0.5 * Math.log(a) - Stirling.HALF_LN_2PI - Stirling.error(a);
    }

    /** P(a, x), for a above 0 and x at least 0. */
    public static double lower(double a, double x) {
        return Math.exp(logTail(a, x, Math.log(x), true));
    }

    /** Q(a, x), for a above 0 and x at least 0. */
    public static double upper(double a, double x) {
        return Math.exp(logTail(a, x, Math.log(x), false));
    }

    /**
     * The inverse of P and Q, as a logarithm because quantiles of small shapes underflow.
     *
     * @param a above 0
     * @param p P(a, x), between 0 and 1
     * @param q Q(a, x) = 1 - p, given as well so that the smaller of the two is precise
     * @return ln x
     */
    public static double logQuantile(double a, double p, double q) {
        // P(a, x) <= x^a / Γ(a + 1) bounds x from below, sharply for small p.
        double low = (Math.log(p) + Gamma.logGamma(a) + Math.log(a)) / a;
        // Wilson and Hilferty 1931: the cube root of a gamma variate is nearly normal.
        double cubeRoot = 1 - 1 / (9 * a) + Probit.quantile(p, q) / (3 * Math.sqrt(a));
        double start = cubeRoot > 0.2 ? Math.log(a) + 3 * Math.log(cubeRoot) : low;
        boolean fromBelow = p <= q;
        double goal = Math.log(fromBelow ? p : q);
        double sign = fromBelow ? 1 : -1;
        return Root.increasing(
                (w, out) -> {
                    tail(a, Math.exp(w), w, fromBelow, out);
                    out[0] = sign * (out[0] - goal);
                },
                // The bound carries the rounding errors of its terms.
                low - 1e-9 * Math.max(1, Math.abs(low)),
                LOG_MAX,
                start,
                TOLERANCE);
    }

    /** ln P (lower) or ln Q at x = exp(logX). */
    private static double logTail(double a, double x, double logX, boolean lower) {
        double[] out = new double[2];
        tail(a, x, logX, lower, out);
        return out[0];
    }

    /** The same in out[0], and its derivative to ln x, without sign, in out[1]. */
    private static void tail(double a, double x, double logX, boolean lower, double[] out) {
        if (x == Double.POSITIVE_INFINITY || logX == Double.NEGATIVE_INFINITY) {
            out[0] = lower == x > 0 ? 0 : Double.NEGATIVE_INFINITY;
            out[1] = Double.NaN;
            return;
        }
        double kernel = logKernel(a, x, logX);
        boolean nearLower = x < a + (a < LARGE ? 1 : 0);
        double ratio;
        if (a >= LARGE) {
            // The kernel at x e^v, relative to that at x.
            DoubleUnaryOperator h = v -> a * v - x * Math.expm1(v);
            ratio = Quadrature.tail(h, a - x, (nearLower ? -1 : 1) / Math.sqrt(a));
        } else {
            ratio = nearLower ? series(a, x) : fraction(a, x);
        }
        double near = Math.min(0, kernel + Math.log(ratio));
        out[0] = lower == nearLower ? near : Math.log1p(-Math.exp(near));
        // Far out the kernel and the tail are huge and nearly equal: their ratio is known better than their difference.
        out[1] = lower == nearLower ? 1 / ratio : Math.exp(kernel - out[0]);
    }

    /** {@code 1/a (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...)}. */
    private static double series(double a, double x) {
        double term = 1;
        double sum = 1;
        for (double n = a + 1; term > 1e-17 * sum; n++) {
            term *= x / n;
            sum += term;
        }
        return sum / a;
    }

    /** {@code 1/(x+1-a- 1(1-a)/(x+3-a- 2(2-a)/(x+5-a- ...)))}, by the method of Lentz; converges for x above a + 1. */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = Double.MAX_VALUE;
        double d = 1 / b;
        double h = d;
        double delta = 0;
        for (int i = 1; Math.abs(delta - 1) > 4e-16 && i < 10_000; i++) {
            double an = -i * (i - a);
            b += 2;
            d = 1 / nonzero(an * d + b);
            c = nonzero(b + an / c);
            delta = d * c;
            h *= delta;
        }
        return h;
    }

    private static double nonzero(double x) {
        return Math.abs(x) < 1e-300 ? 1e-300 : x;
    }
}
