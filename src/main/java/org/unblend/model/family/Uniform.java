package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/** The uniform distribution, {@code p = 1 / (high - low)} for low <= x <= high; low below high. */
public record Uniform() implements Family {
    /** The family itself. */
    public static final Uniform FAMILY = new Uniform();

    public static Independent between(double low, double high) {
        return between(Arg.of(low), Arg.of(high));
    }

    public static Independent between(Arg low, Arg high) {
        return Independent.of(FAMILY, low, high);
    }

    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public List<String> arguments() {
        return List.of("low", "high");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(allowed(theta), "low must be below high, and their difference finite", theta);
    }

    private static boolean allowed(double[] theta) {
        return Arguments.positive(theta[1] - theta[0]);
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
        return support(theta).contains(x) ? -Math.log(theta[1] - theta[0]) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double cdf(double x, double[] theta) {
        return Math.max(0, Math.min(1, (x - theta[0]) / (theta[1] - theta[0])));
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Math.min(theta[1], theta[0] + p * (theta[1] - theta[0]));
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        out[0] = 0;
        out[1] = 1 / (theta[1] - theta[0]);
        out[2] = -out[1];
    }
}
