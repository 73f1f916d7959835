package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.math.Probit;
import org.unblend.math.RandomSource;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The distribution of a number whose natural logarithm is normal with mean mu and standard deviation sigma,
 * {@code ln p = -(ln x - mu)^2 / (2 sigma^2) - ln(sigma x) - ln(2 pi) / 2} for x > 0; sigma above 0. The median is exp(mu). By
 * its mean: {@link LogNormalMean}.
 */
public record LogNormal() implements Family {
    /** The family itself. */
    public static final LogNormal FAMILY = new LogNormal();

    /** First half of {@code LogNormal.mu(m).sigma(s)}. */
    public static Steps.Sigma<Independent> mu(Arg mu) {
        return sigma -> Independent.of(FAMILY, mu, sigma);
    }

    public static Steps.Sigma<Independent> mu(double mu) {
        return mu(Arg.of(mu));
    }

    public static Steps.Sigma<Independent> mu(String node) {
        return mu(Arg.of(node));
    }

    /** First half of {@code LogNormal.mean(m).sigma(s)}, the law by its mean: {@link LogNormalMean}. */
    public static Steps.Sigma<Independent> mean(Arg mean) {
        return sigma -> Independent.of(LogNormalMean.FAMILY, mean, sigma);
    }

    public static Steps.Sigma<Independent> mean(double mean) {
        return mean(Arg.of(mean));
    }

    public static Steps.Sigma<Independent> mean(String node) {
        return mean(Arg.of(node));
    }

    @Override
    public String name() {
        return "log_normal";
    }

    @Override
    public List<String> arguments() {
        return List.of("mu", "sigma");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        boolean allowed = Normal.FAMILY.invalid(theta).isEmpty();
        return Arguments.unless(allowed, "mu must be finite and sigma above 0", theta);
    }

    @Override
    public Support support(double[] theta) {
        return Support.POSITIVE;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        double log = Math.log(Math.max(x, 0));
        double density = Normal.FAMILY.logDensity(log, theta);
        // At x = 0 the square outweighs the logarithm.
        return x <= 0 && !Double.isNaN(density) ? Double.NEGATIVE_INFINITY : density - log;
    }

    @Override
    public double cdf(double x, double[] theta) {
        return Normal.FAMILY.cdf(Math.log(Math.max(x, 0)), theta);
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Arguments.toPositive(Math.exp(theta[0] + theta[1] * Probit.quantile(p)));
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        return Arguments.toPositive(Math.exp(theta[0] + theta[1] * random.nextGaussian()));
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        Normal.FAMILY.gradient(Math.log(x), theta, out);
        out[0] = (out[0] - 1) / x;
    }
}
