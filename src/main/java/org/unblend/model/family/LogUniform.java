package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The distribution of a number whose logarithm is uniform, {@code p = 1 / (x ln(high / low))} for low <= x <= high; both
 * ends above 0.
 */
public record LogUniform() implements Family {
    /** The family itself. */
    public static final LogUniform FAMILY = new LogUniform();

    public static Independent between(double low, double high) {
        return between(Arg.of(low), Arg.of(high));
    }

    public static Independent between(Arg low, Arg high) {
        return Independent.of(FAMILY, low, high);
    }

    @Override
    public String name() {
        return "log_uniform";
    }

    @Override
    public List<String> arguments() {
        return List.of("low", "high");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(allowed(theta), "low must be above 0 and below high, and high finite", theta);
    }

    private static boolean allowed(double[] theta) {
        return theta[0] > 0 && theta[1] > theta[0] && theta[1] < Double.POSITIVE_INFINITY;
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
        return support(theta).contains(x)
                ? -Math.log(x) - Math.log(logRatio(theta[0], theta[1]))
                : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double cdf(double x, double[] theta) {
        double inside = Math.max(theta[0], Math.min(x, theta[1]));
        return logRatio(theta[0], inside) / logRatio(theta[0], theta[1]);
    }

    @Override
    public double quantile(double p, double[] theta) {
        double low = theta[0];
        double high = theta[1];
        double length = logRatio(low, high);
        // From the nearer end, so that both ends are met.
        double x = p < 0.5 ? low * Math.exp(p * length) : high * Math.exp((p - 1) * length);
        return Math.max(low, Math.min(x, high));
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double length = logRatio(theta[0], theta[1]);
        out[0] = -1 / x;
        out[1] = 1 / (theta[0] * length);
        out[2] = -1 / (theta[1] * length);
    }

    /** {@code ln(high / low)}, precise for narrow intervals and finite for the widest. */
    private static double logRatio(double low, double high) {
        double excess = (high - low) / low;
        return excess < 1 ? Math.log1p(excess) : Math.log(high) - Math.log(low);
    }
}
