package org.unblend.math;

/** The root of an increasing function of one variable, by Newton's method kept inside a shrinking bracket. */
public final class Root {
    private static final int MAX_STEPS = 400;

    private Root() {}

    /** A function with its derivative. */
    @FunctionalInterface
    public interface Slope {
        /**
         * @param out modified: out[0] the value, infinite values allowed; out[1] the derivative. Where the derivative is
         *     of no use (zero, not finite) the bracket is halved instead.
         */
        void at(double x, double[] out);
    }

    /**
     * Solves {@code f(x) = 0} for a non-decreasing f.
     *
     * @param low below or at the root; may be negative infinity
     * @param high above or at the root; may be positive infinity
     * @param start where to begin; moved into the bracket if outside or not finite
     * @param tolerance ends with the step of Newton's method from a place where |f| is at most this, which leaves an error
     *     of the order of its square; at least 0
     */
    public static double increasing(Slope f, double low, double high, double start, double tolerance) {
        double[] out = new double[2];
        double x = start >= low && start <= high && Double.isFinite(start) ? start : middle(low, high);
        for (int i = 0; i < MAX_STEPS; i++) {
            f.at(x, out);
            if (out[0] == 0) {
                return x;
            }
            if (out[0] > 0) {
                high = x;
            } else {
                low = x;
            }
            double next = x - out[0] / out[1];
            boolean newton = next >= low && next <= high && Double.isFinite(next);
            if (!newton) {
                next = middle(low, high);
            }
            boolean done = newton && Math.abs(out[0]) <= tolerance || Math.abs(next - x) <= 2 * Math.ulp(next);
            x = next;
            if (done) {
                return x;
            }
        }
        return x;
    }

    /** The middle of the bracket; from the finite end outwards, doubling, if the other end is infinite. */
    private static double middle(double low, double high) {
        if (Double.isInfinite(low) && Double.isInfinite(high)) {
            return 0;
        }
        if (Double.isInfinite(low)) {
            return high - Math.max(1, Math.abs(high));
        }
        return Double.isInfinite(high) ? low + Math.max(1, Math.abs(low)) : low + 0.5 * (high - low);
    }
}
