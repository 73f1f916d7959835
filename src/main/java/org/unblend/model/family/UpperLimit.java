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
 * The likelihood of an upper limit x: a measurement with Normal error would have come out at or below it,
 * {@code ln p = ln Phi((x - mean) / sd)}; sd above 0. Mean is the model's value, sd the noise, x the limit that was
 * reported, such as 3 sd. A probability of data, not a density of x: as a prior it is improper.
 */
public record UpperLimit() implements Family {
    /** The family itself. */
    public static final UpperLimit FAMILY = new UpperLimit();

    /** First half of {@code UpperLimit.mean(m).sd(s)}. */
    public static Steps.Sd<Independent> mean(Arg mean) {
        return sd -> Independent.of(FAMILY, mean, sd);
    }

    public static Steps.Sd<Independent> mean(String node) {
        return mean(Arg.of(node));
    }

    @Override
    public String name() {
        return "upper_limit";
    }

    @Override
    public List<String> arguments() {
        return Normal.FAMILY.arguments();
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Normal.FAMILY.invalid(theta);
    }

    @Override
    public Support support(double[] theta) {
        return Support.REAL;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        return invalid(theta).isEmpty() ? Probit.logCdf((x - theta[0]) / theta[1]) : Double.NaN;
    }

    @Override
    public double cdf(double x, double[] theta) {
        return Double.NaN;
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Double.NaN;
    }

    /** What a measurement would have given, to be compared with the limit. */
    @Override
    public double draw(RandomSource random, double[] theta) {
        return Normal.FAMILY.draw(random, theta);
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double z = (x - theta[0]) / theta[1];
        // phi(z) / Phi(z), by Mills' ratio where Phi underflows.
        double hazard =
                z < 0 ? 1 / Probit.tailRatio(-z) : Math.exp(-0.5 * z * z) / (Math.sqrt(2 * Math.PI) * Probit.cdf(z));
        out[0] = hazard / theta[1];
        out[1] = -out[0];
        out[2] = -out[0] * z;
    }

    @Override
    public boolean improper() {
        return true;
    }
}
