package org.unblend.math;

import org.apache.commons.math3.special.Gamma;

/**
 * The parts of the logarithms of gamma and beta densities that cancel for large shapes, in forms without the
 * cancellation (Loader 2000, "Fast and accurate computation of binomial probabilities").
 */
final class Stirling {
    static final double HALF_LN_2PI = 0.5 * Math.log(2 * Math.PI);

    private Stirling() {}

    /** {@code ln Γ(a) - ((a - 1/2) ln a - a + ln(2π)/2)}, for a above 0: the error of Stirling's formula. */
    static double error(double a) {
        if (a < 10) {
            return Gamma.logGamma(a) - ((a - 0.5) * Math.log(a) - a + HALF_LN_2PI);
        }
        // Abramowitz and Stegun 1964, 6.1.41; the first term left out is below 3e-17 at a = 10.
        double r = 1 / (a * a);
        double series = 1.0 / 156 - r * 3617 / 122400;
        series = -691.0 / 360360 + r * series;
        series = 1.0 / 1188 + r * series;
        series = -1.0 / 1680 + r * series;
        series = 1.0 / 1260 + r * series;
        series = -1.0 / 360 + r * series;
        return (1.0 / 12 + r * series) / a;
    }

    /** {@code ln n!}, for n at least 0. */
    static double logFactorial(int n) {
        double a = n + 1.0;
        return (a - 0.5) * Math.log(a) - a + HALF_LN_2PI + error(a);
    }

    /** {@code ln(1 + u) - u}, for u above -1, with full relative precision. */
    static double logOnePlusMinus(double u) {
        if (Math.abs(u) > 0.3) {
            return Math.log1p(u) - u;
        }
        // With r = u / (2 + u): ln(1 + u) = 2 (r + r^3/3 + r^5/5 + ...) and 2 r - u = -u r.
        double r = u / (2 + u);
        double square = r * r;
        double power = r * square;
        double sum = 0;
        for (int k = 3; k < 40; k += 2) {
            double term = power / k;
            sum += term;
            if (Math.abs(term) <= 1e-17 * Math.abs(sum)) {
                break;
            }
            power *= square;
        }
        return 2 * sum - u * r;
    }
}
