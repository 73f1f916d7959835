package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The Cauchy distribution, {@code ln p = -ln(1 + z^2) - ln(pi scale)} with {@code z = (x - location) / scale}; scale above
 * 0. It has no mean.
 */
public record Cauchy() implements Family {
    /** The family itself. */
    public static final Cauchy FAMILY = new Cauchy();

    /** First half of {@code Cauchy.location(m).scale(s)}. */
    public static Steps.Scale<Independent> location(Arg location) {
        return scale -> Independent.of(FAMILY, location, scale);
    }

    public static Steps.Scale<Independent> location(double location) {
        return location(Arg.of(location));
    }

    public static Steps.Scale<Independent> location(String node) {
        return location(Arg.of(node));
    }

    @Override
    public String name() {
        return "cauchy";
    }

    @Override
    public List<String> arguments() {
        return List.of("location", "scale");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(allowed(theta), "location must be finite and scale above 0", theta);
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
        return allowed(theta) ? -Arguments.logOnePlusSquare(z, 1) - Math.log(theta[1]) - Math.log(Math.PI) : Double.NaN;
    }

    @Override
    public double cdf(double x, double[] theta) {
        // The angle, measured from the lower tail, keeps that tail precise.
        return Math.atan2(1, -(x - theta[0]) / theta[1]) / Math.PI;
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Arguments.toFinite(theta[0] + theta[1] * standardQuantile(p));
    }

    private static double standardQuantile(double p) {
        if (Math.abs(p - 0.5) < 0.25) {
            return Math.tan(Math.PI * (p - 0.5));
        }
        return Math.copySign(1 / Math.tan(Math.PI * Math.min(p, 1 - p)), p - 0.5);
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double z = (x - theta[0]) / theta[1];
        double pull = z == 0 ? 0 : 2 / (1 + 1 / z / z);
        out[0] = z == 0 ? 0 : -pull / z / theta[1];
        out[1] = -out[0];
        out[2] = (pull - 1) / theta[1];
    }
}
