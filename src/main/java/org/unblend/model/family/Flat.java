package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The flat density {@code p = 1} for low <= x <= high, where one end or both are infinite: improper, so fit for point
 * estimates and for posteriors that the likelihood makes proper, but not for evidence. Between finite ends use
 * {@link Uniform}.
 */
public record Flat() implements Family {
    /** The family itself. */
    public static final Flat FAMILY = new Flat();

    /** Flat on the whole real line. */
    public static Independent real() {
        return between(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Flat on the numbers not below 0. */
    public static Independent nonNegative() {
        return between(0, Double.POSITIVE_INFINITY);
    }

    /** Flat between these ends, at least one of them infinite. */
    public static Independent between(double low, double high) {
        return between(Arg.of(low), Arg.of(high));
    }

    public static Independent between(Arg low, Arg high) {
        return Independent.of(FAMILY, low, high);
    }

    @Override
    public String name() {
        return "flat";
    }

    @Override
    public List<String> arguments() {
        return List.of("low", "high");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(
                allowed(theta), "low must be below high and one of them infinite (else use uniform)", theta);
    }

    private static boolean allowed(double[] theta) {
        return theta[1] - theta[0] == Double.POSITIVE_INFINITY
                && (Double.isInfinite(theta[0]) || Double.isInfinite(theta[1]));
    }

    @Override
    public Support support(double[] theta) {
        return new Support(theta[0], theta[1]);
    }

    @Override
    public boolean fixedSupport() {
        return false;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        if (!allowed(theta) || Double.isNaN(x)) {
            return Double.NaN;
        }
        return support(theta).contains(x) ? 0 : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double cdf(double x, double[] theta) {
        return Double.NaN;
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Double.NaN;
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        out[0] = 0;
        out[1] = 0;
        out[2] = 0;
    }

    @Override
    public boolean improper() {
        return true;
    }
}
