package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The uniform distribution on a circle that is cut open, {@code p = 1 / (high - low)} for low <= x <= high, where low and high
 * are the same place: angles, phases. For engines that know of circles a peak across the cut is one peak.
 */
public record CircularUniform() implements Family {
    /** The family itself. */
    public static final CircularUniform FAMILY = new CircularUniform();

    public static Independent between(double low, double high) {
        return Independent.of(FAMILY, Arg.of(low), Arg.of(high));
    }

    @Override
    public String name() {
        return "circular_uniform";
    }

    @Override
    public boolean periodic() {
        return true;
    }

    @Override
    public List<String> arguments() {
        return Uniform.FAMILY.arguments();
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Uniform.FAMILY.invalid(theta);
    }

    @Override
    public Support support(double[] theta) {
        return Uniform.FAMILY.support(theta);
    }

    @Override
    public boolean fixedSupport() {
        return Uniform.FAMILY.fixedSupport();
    }

    @Override
    public double logDensity(double x, double[] theta) {
        return Uniform.FAMILY.logDensity(x, theta);
    }

    @Override
    public double cdf(double x, double[] theta) {
        return Uniform.FAMILY.cdf(x, theta);
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Uniform.FAMILY.quantile(p, theta);
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        Uniform.FAMILY.gradient(x, theta, out);
    }
}
