package org.unblend.model.family;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What families say about their arguments, and how they keep results in their range. */
final class Arguments {

    private Arguments() {}

    /** Empty if allowed, else the rule and what was given instead. */
    static Optional<String> unless(boolean allowed, String rule, double[] theta) {
        return allowed
                ? Optional.empty()
                : Optional.of(rule + ", got "
                        + Arrays.stream(theta).mapToObj(Double::toString).collect(Collectors.joining(", ")));
    }

    /** True if x is above 0 and finite. */
    static boolean positive(double x) {
        return x > 0 && x < Double.POSITIVE_INFINITY;
    }

    /** The nearest positive finite number: what becomes of a quantile that underflows or overflows. */
    static double toPositive(double x) {
        return Math.max(Double.MIN_VALUE, Math.min(x, Double.MAX_VALUE));
    }

    /** The nearest finite number. */
    static double toFinite(double x) {
        return Math.max(-Double.MAX_VALUE, Math.min(x, Double.MAX_VALUE));
    }

    /** {@code ln(1 + z^2 / n)}, also where the square overflows. */
    static double logOnePlusSquare(double z, double n) {
        double ratio = z * z / n;
        return ratio < Double.POSITIVE_INFINITY || Double.isNaN(z)
                ? Math.log1p(ratio)
                : 2 * Math.log(Math.abs(z)) - Math.log(n);
    }
}
