package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/** The exponential distribution, {@code ln p = ln rate - rate x} for x >= 0; rate above 0, the mean is 1 / rate. */
public record Exponential() implements Family {
    /** The family itself. */
    public static final Exponential FAMILY = new Exponential();

    public static Independent rate(Arg rate) {
        return Independent.of(FAMILY, rate);
    }

    public static Independent rate(double rate) {
        return rate(Arg.of(rate));
    }

    public static Independent rate(String node) {
        return rate(Arg.of(node));
    }

    @Override
    public String name() {
        return "exponential";
    }

    @Override
    public List<String> arguments() {
        return List.of("rate");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(Arguments.positive(theta[0]), "rate must be above 0 and finite", theta);
    }

    @Override
    public Support support(double[] theta) {
        return Support.POSITIVE;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        if (!Arguments.positive(theta[0])) {
            return Double.NaN;
        }
        return x < 0 ? Double.NEGATIVE_INFINITY : Math.log(theta[0]) - theta[0] * x;
    }

    @Override
    public double cdf(double x, double[] theta) {
        return -Math.expm1(-theta[0] * Math.max(x, 0));
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Arguments.toPositive(-Math.log1p(-p) / theta[0]);
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        out[0] = -theta[0];
        out[1] = 1 / theta[0] - x;
    }
}
