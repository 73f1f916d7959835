package org.unblend.density;

import org.unblend.model.Support;

/**
 * A smooth one-to-one map from the real line to an interval, chosen by the interval: identity, shifted exponential, or
 * logistic; logistic in ln x where the interval spans more than three decades of positive numbers.
 *
 * @param low lower end
 * @param high upper end
 * @param kind which map
 */
record Link(double low, double high, Kind kind) {

    /** Ratio of the ends from which an interval is mapped in the logarithm. */
    private static final double WIDE = 1e3;

    enum Kind {
        IDENTITY,
        ABOVE,
        BELOW,
        INTERVAL,
        LOG_INTERVAL
    }

    static Link to(Support support) {
        double low = support.low();
        double high = support.high();
        if (Double.isInfinite(low)) {
            return new Link(low, high, Double.isInfinite(high) ? Kind.IDENTITY : Kind.BELOW);
        }
        if (Double.isInfinite(high)) {
            return new Link(low, high, Kind.ABOVE);
        }
        return new Link(low, high, low > 0 && high / low > WIDE ? Kind.LOG_INTERVAL : Kind.INTERVAL);
    }

    /** x(z), kept off the ends: a density may be infinite there, or, past them by a rounding error, zero. */
    double value(double z) {
        double x = switch (kind) {
            case IDENTITY -> z;
            case ABOVE -> low + Math.exp(z);
            case BELOW -> high - Math.exp(z);
            case INTERVAL -> between(low, high, z);
            case LOG_INTERVAL -> Math.exp(between(Math.log(low), Math.log(high), z));
        };
        return Math.max(Math.nextUp(low), Math.min(x, Math.nextDown(high)));
    }

    /** z(x). */
    double inverse(double x) {
        return switch (kind) {
            case IDENTITY -> x;
            case ABOVE -> Math.log(x - low);
            case BELOW -> Math.log(high - x);
            case INTERVAL -> Math.log(x - low) - Math.log(high - x);
            case LOG_INTERVAL -> Math.log(logRatio(low, x)) - Math.log(logRatio(x, high));
        };
    }

    /** ln |dx/dz|. */
    double logSlope(double z) {
        return switch (kind) {
            case IDENTITY -> 0;
            case ABOVE, BELOW -> z;
            case INTERVAL -> Math.log(high - low) - softplus(z) - softplus(-z);
            case LOG_INTERVAL ->
                Math.log(logRatio(low, high)) - softplus(z) - softplus(-z) + between(Math.log(low), Math.log(high), z);
        };
    }

    /** dx/dz, with its sign. */
    double slope(double z) {
        double slope = Math.exp(logSlope(z));
        return kind == Kind.BELOW ? -slope : slope;
    }

    /** d ln|dx/dz| / dz. */
    double logSlopeDerivative(double z) {
        return switch (kind) {
            case IDENTITY -> 0;
            case ABOVE, BELOW -> 1;
            case INTERVAL -> 1 - 2 * logistic(z);
            case LOG_INTERVAL -> 1 - 2 * logistic(z) + logRatio(low, high) * logistic(z) * logistic(-z);
        };
    }

    private static double between(double low, double high, double z) {
        // Counted from the nearer end, so that neither end loses digits.
        return z < 0 ? low + (high - low) * logistic(z) : high - (high - low) * logistic(-z);
    }

    /** ln(b / a), precise where b is close to a. */
    private static double logRatio(double a, double b) {
        double excess = (b - a) / a;
        return excess < 1 ? Math.log1p(excess) : Math.log(b) - Math.log(a);
    }

    private static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }
}
