package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.math.RandomSource;
import org.unblend.model.Family;
import org.unblend.model.Support;

/**
 * The gamma distribution by shape and mean: {@link Gamma} with rate = shape / mean; both above 0. Its standard deviation is
 * mean / sqrt(shape). Written {@code Gamma.shape(a).mean(m)}.
 */
public record GammaMean() implements Family {
    /** The family itself. */
    public static final GammaMean FAMILY = new GammaMean();

    @Override
    public String name() {
        return "gamma";
    }

    @Override
    public List<String> arguments() {
        return List.of("shape", "mean");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        boolean allowed =
                Arguments.positive(theta[0]) && Arguments.positive(theta[1]) && Arguments.positive(theta[0] / theta[1]);
        return Arguments.unless(allowed, "shape, mean and shape / mean must be above 0 and finite", theta);
    }

    @Override
    public Support support(double[] theta) {
        return Support.POSITIVE;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        return Gamma.FAMILY.logDensity(x, byRate(theta));
    }

    @Override
    public double cdf(double x, double[] theta) {
        return Gamma.FAMILY.cdf(x, byRate(theta));
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Gamma.FAMILY.quantile(p, byRate(theta));
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        return Gamma.FAMILY.draw(random, byRate(theta));
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double ratio = x / theta[1];
        Gamma.FAMILY.gradient(x, byRate(theta), out);
        // The rate changes with the shape.
        out[1] += 1 - ratio;
        out[2] = theta[0] / theta[1] * (ratio - 1);
    }

    private static double[] byRate(double[] theta) {
        // A mean that is not allowed must not become a rate that is.
        double rate = theta[0] / theta[1];
        return new double[] {theta[0], theta[1] > 0 ? rate : Double.NaN};
    }
}
