package org.unblend.nmf;

import java.util.function.DoubleUnaryOperator;

/** Minima of functions of one entry x above 0 that hold the square of ln x, found in u = ln x. */
final class LogPenalty {
    private static final int BISECTIONS = 200;

    private LogPenalty() {}

    /**
     * The x that minimises {@code a/2 x^2 - c x - barrier ln x + bend/2 (ln x - centre)^2}, the lower one of two minima that there
     * may be if c is above 0.
     *
     * @param a at least 0; where it is 0, c above 0 has no minimum, and the local one, or {@code exp(centre)}, is given
     * @param bend above 0
     */
    static double quadratic(double a, double c, double barrier, double bend, double centre) {
        DoubleUnaryOperator slope = u -> {
            double x = Math.exp(u);
            return (a * x - c) * x - barrier + bend * (u - centre);
        };
        // It falls only between the two places where 2 a x^2 - c x + bend is zero.
        double discriminant = c * c - 8 * a * bend;
        if (c <= 0 || discriminant <= 0) {
            return Math.exp(root(slope, centre));
        }
        double root = Math.sqrt(discriminant);
        double lowTurn = Math.log(2 * bend / (c + root));
        boolean low = slope.applyAsDouble(lowTurn) >= 0;
        if (a == 0) {
            return Math.exp(low ? within(slope, below(slope, lowTurn), lowTurn) : centre);
        }
        double highTurn = Math.log((c + root) / (4 * a));
        boolean high = slope.applyAsDouble(highTurn) <= 0;
        double small = low ? Math.exp(within(slope, below(slope, lowTurn), lowTurn)) : Double.NaN;
        double large = high ? Math.exp(within(slope, highTurn, above(slope, highTurn))) : Double.NaN;
        if (!low || !high) {
            return low ? small : large;
        }
        return value(small, a, c, barrier, bend, centre) < value(large, a, c, barrier, bend, centre) ? small : large;
    }

    private static double value(double x, double a, double c, double barrier, double bend, double centre) {
        double u = Math.log(x);
        return (0.5 * a * x - c) * x - barrier * u + 0.5 * bend * (u - centre) * (u - centre);
    }

    /** The x that minimises {@code up/x + down x + l2/2 x^2 - barrier ln x + bend/2 (ln x - centre)^2}, all at least 0. */
    static double reciprocal(double up, double down, Penalty penalty) {
        return Math.exp(root(
                u -> {
                    double x = Math.exp(u);
                    return (penalty.l2() * x + down) * x
                            - up / x
                            - penalty.barrier()
                            + penalty.bend() * (u - penalty.centre());
                },
                penalty.centre()));
    }

    /** The x that minimises {@code down x - up ln x + l2/2 x^2 + bend/2 (ln x - centre)^2}, all at least 0. */
    static double logarithm(double up, double down, Penalty penalty) {
        return Math.exp(root(
                u -> {
                    double x = Math.exp(u);
                    return (penalty.l2() * x + down) * x - up + penalty.bend() * (u - penalty.centre());
                },
                penalty.centre()));
    }

    /** The root of a function that rises from below 0 to above it. */
    private static double root(DoubleUnaryOperator rising, double from) {
        return rising.applyAsDouble(from) > 0
                ? within(rising, below(rising, from), from)
                : within(rising, from, above(rising, from));
    }

    private static double below(DoubleUnaryOperator rising, double from) {
        double step = 0.5;
        double at = from;
        while (rising.applyAsDouble(at) > 0) {
            at -= step;
            step *= 2;
        }
        return at;
    }

    private static double above(DoubleUnaryOperator rising, double from) {
        double step = 0.5;
        double at = from;
        while (rising.applyAsDouble(at) < 0) {
            at += step;
            step *= 2;
        }
        return at;
    }

    /** By bisection and the rule of false position in turns. */
    private static double within(DoubleUnaryOperator rising, double from, double to) {
        double low = from;
        double high = to;
        double ofLow = rising.applyAsDouble(low);
        double ofHigh = rising.applyAsDouble(high);
        for (int i = 0; i < BISECTIONS && high - low > 1e-15 * Math.max(1, Math.abs(low)); i++) {
            double part =
                    i % 2 == 0 && ofHigh > ofLow && Double.isFinite(ofHigh - ofLow) ? -ofLow / (ofHigh - ofLow) : 0.5;
            double at = low + part * (high - low);
            if (!(at > low && at < high)) {
                at = 0.5 * (low + high);
            }
            double value = rising.applyAsDouble(at);
            if (value == 0) {
                return at;
            }
            if (value < 0) {
                low = at;
                ofLow = value;
            } else {
                high = at;
                ofHigh = value;
            }
        }
        return 0.5 * (low + high);
    }
}
