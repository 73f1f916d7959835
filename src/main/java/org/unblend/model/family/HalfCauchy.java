package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The absolute value of a Cauchy variate of location 0, {@code ln p = ln 2 - ln(1 + (x / scale)^2) - ln(pi scale)} for
 * x >= 0; scale above 0.
 */
public record HalfCauchy() implements Family {
    /** The family itself. */
    public static final HalfCauchy FAMILY = new HalfCauchy();

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
        return "half_cauchy";
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
        return x < 0
                ? Double.NEGATIVE_INFINITY
                : Math.log(2 / Math.PI) - Arguments.logOnePlusSquare(x / theta[0], 1) - Math.log(theta[0]);
    }

    @Override
    public double cdf(double x, double[] theta) {
        return 2 / Math.PI * Math.atan(Math.max(x, 0) / theta[0]);
    }

    @Override
    public double quantile(double p, double[] theta) {
        double z = p < 0.5 ? Math.tan(0.5 * Math.PI * p) : 1 / Math.tan(0.5 * Math.PI * (1 - p));
        return Arguments.toPositive(theta[0] * z);
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double z = x / theta[0];
        double pull = z == 0 ? 0 : 2 / (1 + 1 / z / z);
        out[0] = z == 0 ? 0 : -pull / z / theta[0];
        out[1] = (pull - 1) / theta[0];
    }
}
