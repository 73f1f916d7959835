package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.math.Digamma;
import org.unblend.math.GammaDraw;
import org.unblend.math.IncompleteGamma;
import org.unblend.math.RandomSource;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The distribution of 1/y for a gamma variate y with this shape and with rate = scale,
 * {@code ln p = shape ln scale - (shape + 1) ln x - scale / x - ln Γ(shape)} for x > 0; both above 0.
 */
public record InverseGamma() implements Family {
    /** The family itself. */
    public static final InverseGamma FAMILY = new InverseGamma();

    /** First half of {@code InverseGamma.shape(a).scale(b)}. */
    public static Steps.Scale<Independent> shape(Arg shape) {
        return scale -> Independent.of(FAMILY, shape, scale);
    }

    public static Steps.Scale<Independent> shape(double shape) {
        return shape(Arg.of(shape));
    }

    public static Steps.Scale<Independent> shape(String node) {
        return shape(Arg.of(node));
    }

    @Override
    public String name() {
        return "inverse_gamma";
    }

    @Override
    public List<String> arguments() {
        return List.of("shape", "scale");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(allowed(theta), "shape and scale must be above 0 and finite", theta);
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
        if (!allowed(theta)) {
            return Double.NaN;
        }
        if (x <= 0 || x == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double log = Math.log(x);
        return IncompleteGamma.logKernel(theta[0], theta[1] / x, Math.log(theta[1]) - log) - log;
    }

    @Override
    public double cdf(double x, double[] theta) {
        return x <= 0 ? 0 : IncompleteGamma.upper(theta[0], theta[1] / x);
    }

    @Override
    public double quantile(double p, double[] theta) {
        double log = IncompleteGamma.logQuantile(theta[0], 1 - p, p);
        return Arguments.toPositive(Math.exp(Math.log(theta[1]) - log));
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        return Arguments.toPositive(Math.exp(Math.log(theta[1]) - GammaDraw.log(random, theta[0])));
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        out[0] = (theta[1] / x - theta[0] - 1) / x;
        out[1] = Math.log(theta[1]) - Math.log(x) - Digamma.of(theta[0]);
        out[2] = theta[0] / theta[1] - 1 / x;
    }
}
