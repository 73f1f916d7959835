package org.unblend.math;

/** Sums of numbers that are known by their natural logarithms. */
public final class LogSum {

    private LogSum() {}

    /** {@code ln(e^a + e^b)}; either may be -infinity. */
    public static double add(double a, double b) {
        double high = Math.max(a, b);
        return high == Double.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
    }

    /** {@code ln(e^a - e^b)} for a >= b; -infinity if they are equal. */
    public static double subtract(double a, double b) {
        return b == Double.NEGATIVE_INFINITY ? a : a + Math.log(-Math.expm1(b - a));
    }

    /** {@code ln sum_i e^x_i}; -infinity if there are none. */
    public static double of(double... x) {
        double high = Double.NEGATIVE_INFINITY;
        for (double v : x) {
            high = Math.max(high, v);
        }
        if (high == Double.NEGATIVE_INFINITY) {
            return high;
        }
        double sum = 0;
        for (double v : x) {
            sum += Math.exp(v - high);
        }
        return high + Math.log(sum);
    }
}
