package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.math.RandomSource;
import org.unblend.model.Family;
import org.unblend.model.Support;

/**
 * The log-normal distribution by its mean and the standard deviation sigma of the logarithm: {@link LogNormal} with
 * {@code mu = ln mean - sigma^2 / 2}; both above 0. Written {@code LogNormal.mean(m).sigma(s)}. Whatever sigma is, and so where it
 * is inferred, the mean stays.
 */
public record LogNormalMean() implements Family {
    /** The family itself. */
    public static final LogNormalMean FAMILY = new LogNormalMean();

    @Override
    public String name() {
        return "log_normal";
    }

    @Override
    public List<String> arguments() {
        return List.of("mean", "sigma");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        boolean allowed = Arguments.positive(theta[0])
                && Arguments.positive(theta[1])
                && LogNormal.FAMILY.invalid(byMu(theta)).isEmpty();
        return Arguments.unless(allowed, "mean and sigma must be above 0 and finite", theta);
    }

    @Override
    public Support support(double[] theta) {
        return Support.POSITIVE;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        return LogNormal.FAMILY.logDensity(x, byMu(theta));
    }

    @Override
    public double cdf(double x, double[] theta) {
        return LogNormal.FAMILY.cdf(x, byMu(theta));
    }

    @Override
    public double quantile(double p, double[] theta) {
        return LogNormal.FAMILY.quantile(p, byMu(theta));
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        return LogNormal.FAMILY.draw(random, byMu(theta));
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        LogNormal.FAMILY.gradient(x, byMu(theta), out);
        // Mu changes with sigma.
        out[2] -= theta[1] * out[1];
        out[1] /= theta[0];
    }

    /** The arguments mu and sigma of {@link LogNormal}; mu is NaN, which is not allowed, where the mean has no logarithm. */
    public static double[] byMu(double[] theta) {
        return new double[] {Math.log(theta[0]) - 0.5 * theta[1] * theta[1], theta[1]};
    }
}
