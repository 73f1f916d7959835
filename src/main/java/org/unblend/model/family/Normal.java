package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.math.Probit;
import org.unblend.math.RandomSource;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/** The normal distribution, {@code ln p = -(x - mean)^2 / (2 sd^2) - ln sd - ln(2 pi) / 2}; sd above 0. */
public record Normal() implements Family {
    /** The family itself. */
    public static final Normal FAMILY = new Normal();

    private static final double HALF_LN_2PI = 0.5 * Math.log(2 * Math.PI);

    /** First half of {@code Normal.mean(m).sd(s)}. */
    public static Steps.Sd<Independent> mean(Arg mean) {
        return sd -> Independent.of(FAMILY, mean, sd);
    }

    public static Steps.Sd<Independent> mean(double mean) {
        return mean(Arg.of(mean));
    }

    public static Steps.Sd<Independent> mean(String node) {
        return mean(Arg.of(node));
    }

    @Override
    public String name() {
        return "normal";
    }

    @Override
    public List<String> arguments() {
        return List.of("mean", "sd");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(allowed(theta), "mean must be finite and sd above 0", theta);
    }

    private static boolean allowed(double[] theta) {
        return Double.isFinite(theta[0]) && Arguments.positive(theta[1]);
    }

    @Override
    public Support support(double[] theta) {
        return Support.REAL;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        double z = (x - theta[0]) / theta[1];
        return allowed(theta) ? -0.5 * z * z - Math.log(theta[1]) - HALF_LN_2PI : Double.NaN;
    }

    @Override
    public double cdf(double x, double[] theta) {
        return Probit.cdf((x - theta[0]) / theta[1]);
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Arguments.toFinite(theta[0] + theta[1] * Probit.quantile(p));
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        return theta[0] + theta[1] * random.nextGaussian();
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double z = (x - theta[0]) / theta[1];
        out[0] = -z / theta[1];
        out[1] = z / theta[1];
        out[2] = (z * z - 1) / theta[1];
    }
}
