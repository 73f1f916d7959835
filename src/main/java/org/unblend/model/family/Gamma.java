package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.math.Digamma;
import org.unblend.math.GammaDraw;
import org.unblend.math.IncompleteGamma;
import org.unblend.math.RandomSource;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Support;

/**
 * The gamma distribution by shape and rate, {@code ln p = shape ln rate + (shape - 1) ln x - rate x - ln Γ(shape)} for
 * x > 0; both above 0. The mean is shape / rate. By shape and mean: {@link GammaMean}.
 */
public record Gamma() implements Family {
    /** The family itself. */
    public static final Gamma FAMILY = new Gamma();

    /** First half of {@code Gamma.shape(a).rate(b)} and of {@code Gamma.shape(a).mean(m)}. */
    public static Steps.RateOrMean shape(Arg shape) {
        return new Steps.RateOrMean(shape);
    }

    public static Steps.RateOrMean shape(double shape) {
        return shape(Arg.of(shape));
    }

    public static Steps.RateOrMean shape(String node) {
        return shape(Arg.of(node));
    }

    @Override
    public String name() {
        return "gamma";
    }

    @Override
    public List<String> arguments() {
        return List.of("shape", "rate");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(allowed(theta), "shape and rate must be above 0 and finite", theta);
    }

    private static boolean allowed(double[] theta) {
        return Arguments.positive(theta[0]) && Arguments.positive(theta[1]);
    }

    @Override
    public Support support(double[] theta) {
        return Support.POSITIVE;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        double shape = theta[0];
        double rate = theta[1];
        if (!allowed(theta)) {
            return Double.NaN;
        }
        if (x < 0 || x == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        if (x == 0) {
            return shape == 1 ? Math.log(rate) : (shape - 1) * Double.NEGATIVE_INFINITY;
        }
        double log = Math.log(x);
        return IncompleteGamma.logKernel(shape, rate * x, Math.log(rate) + log) - log;
    }

    @Override
    public double cdf(double x, double[] theta) {
        return IncompleteGamma.lower(theta[0], theta[1] * Math.max(x, 0));
    }

    @Override
    public double quantile(double p, double[] theta) {
        double log = IncompleteGamma.logQuantile(theta[0], p, 1 - p);
        return Arguments.toPositive(Math.exp(log - Math.log(theta[1])));
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        return Arguments.toPositive(Math.exp(GammaDraw.log(random, theta[0]) - Math.log(theta[1])));
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double shape = theta[0];
        double rate = theta[1];
        out[0] = (shape - 1) / x - rate;
        out[1] = Math.log(rate) + Math.log(x) - Digamma.of(shape);
        out[2] = shape / rate - x;
    }
}
