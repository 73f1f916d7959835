package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.special.Erf;
import org.unblend.math.Probit;
import org.unblend.math.RandomSource;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The absolute value of a normal variate of mean 0, {@code ln p = -x^2 / (2 scale^2) - ln scale + ln(2 / pi) / 2} for
 * x >= 0; scale above 0.
 */
public record HalfNormal() implements Family {
    /** The family itself. */
    public static final HalfNormal FAMILY = new HalfNormal();

    private static final double HALF_LN_TWO_OVER_PI = 0.5 * Math.log(2 / Math.PI);

    public static Independent scale(Arg scale) {
        return Independent.of(FAMILY, scale);
    }

    public static Independent scale(double scale) {
        return scale(Arg.of(scale));
    }

    public static Independent scale(String node) {
        return scale(Arg.of(node));
    }

    @Override
    public String name() {
        return "half_normal";
    }

    @Override
    public List<String> arguments() {
        return List.of("scale");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(Arguments.positive(theta[0]), "scale must be above 0 and finite", theta);
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
        double z = x / theta[0];
        return x < 0 ? Double.NEGATIVE_INFINITY : -0.5 * z * z - Math.log(theta[0]) + HALF_LN_TWO_OVER_PI;
    }

    @Override
    public double cdf(double x, double[] theta) {
        return x <= 0 ? 0 : Erf.erf(x / theta[0] * Math.sqrt(0.5));
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Arguments.toPositive(theta[0] * Probit.absolute(p));
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        return theta[0] * Math.abs(random.nextGaussian());
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double z = x / theta[0];
        out[0] = -z / theta[0];
        out[1] = (z * z - 1) / theta[0];
    }
}
