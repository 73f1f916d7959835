package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.math.Probit;
import org.unblend.math.Root;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The normal distribution confined to low <= x <= high, {@code p = φ((x - mean) / sd) / (sd (Φ(β) - Φ(α)))} with
 * {@code α = (low - mean) / sd} and {@code β = (high - mean) / sd}; sd above 0, low below high, either may be infinite.
 * Precise however far from the mean the interval lies and however narrow it is.
 */
public record TruncatedNormal() implements Family {
    /** The family itself. */
    public static final TruncatedNormal FAMILY = new TruncatedNormal();

    /** Beyond this many sd the tail is nearly exponential. */
    private static final double FAR = 5;
    /** Relative error of a probability before the last Newton step to its quantile, which squares it. */
    private static final double TOLERANCE = 1e-8;

    /** First third of {@code TruncatedNormal.mean(m).sd(s).between(low, high)}. */
    public static Steps.Sd<Steps.Ends<Independent>> mean(Arg mean) {
        return sd -> (low, high) -> Independent.of(FAMILY, mean, sd, low, high);
    }

    public static Steps.Sd<Steps.Ends<Independent>> mean(double mean) {
        return mean(Arg.of(mean));
    }

    public static Steps.Sd<Steps.Ends<Independent>> mean(String node) {
        return mean(Arg.of(node));
    }

    @Override
    public String name() {
        return "truncated_normal";
    }

    @Override
    public List<String> arguments() {
        return List.of("mean", "sd", "low", "high");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(
                allowed(theta), "mean must be finite, sd above 0 and low below high (in units of sd as well)", theta);
    }

    private static boolean allowed(double[] theta) {
        return Double.isFinite(theta[0])
                && Arguments.positive(theta[1])
                && (theta[3] - theta[2]) / theta[1] > 0
                && Double.isFinite(Interval.of(theta).begin()) == !unbounded(theta);
    }

    private static boolean unbounded(double[] theta) {
        return theta[2] == Double.NEGATIVE_INFINITY && theta[3] == Double.POSITIVE_INFINITY;
    }

    @Override
    public Support support(double[] theta) {
        return new Support(theta[2], theta[3]);
    }

    @Override
    public boolean fixedSupport() {
        return false;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        if (!allowed(theta) || Double.isNaN(x)) {
            return Double.NaN;
        }
        if (!support(theta).contains(x)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (unbounded(theta)) {
            return Normal.FAMILY.logDensity(x, theta);
        }
        Interval i = Interval.of(theta);
        return -i.fall(i.from(x, theta)) - i.logMass() - Math.log(theta[1]);
    }

    @Override
    public double cdf(double x, double[] theta) {
        if (unbounded(theta)) {
            return Normal.FAMILY.cdf(x, theta);
        }
        if (x <= theta[2] || x >= theta[3]) {
            return x <= theta[2] ? 0 : 1;
        }
        Interval i = Interval.of(theta);
        double s = i.from(x, theta);
        double log = i.flipped() ? i.logMassBeyond(s, (x - theta[2]) / theta[1]) : i.logMassWithin(s);
        return Math.min(1, Math.exp(log - i.logMass()));
    }

    @Override
    public double quantile(double p, double[] theta) {
        if (unbounded(theta)) {
            return Normal.FAMILY.quantile(p, theta);
        }
        Interval i = Interval.of(theta);
        double s = i.flipped() ? i.quantile(1 - p, p) : i.quantile(p, 1 - p);
        double x = i.flipped() ? theta[3] - theta[1] * s : theta[2] + theta[1] * s;
        return Arguments.toFinite(Math.max(theta[2], Math.min(x, theta[3])));
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double sd = theta[1];
        double z = (x - theta[0]) / sd;
        // Densities of the standard variate at the two ends; 0 where there is none.
        double low = endDensity(theta[2], theta);
        double high = endDensity(theta[3], theta);
        double lowMoment = low == 0 ? 0 : (theta[2] - theta[0]) / sd * low;
        double highMoment = high == 0 ? 0 : (theta[3] - theta[0]) / sd * high;
        out[0] = -z / sd;
        out[1] = (z + high - low) / sd;
        out[2] = (z * z - 1 + highMoment - lowMoment) / sd;
        out[3] = low / sd;
        out[4] = -high / sd;
    }

    private double endDensity(double end, double[] theta) {
        return Double.isInfinite(end) ? 0 : theta[1] * Math.exp(logDensity(end, theta));
    }

    /**
     * The interval seen from its end nearer to the mean, in units of sd: a place lies at distance s from that end, where
     * the standard variate is {@code begin + s}. Masses are relative to the highest density, so nothing underflows.
     *
     * @param flipped true if the nearer end is {@code high}
     */
    private record Interval(double begin, double width, boolean flipped) {

        static Interval of(double[] theta) {
            double low = (theta[2] - theta[0]) / theta[1];
            double high = (theta[3] - theta[0]) / theta[1];
            boolean flipped = Math.abs(high) < Math.abs(low);
            return new Interval(flipped ? -high : low, (theta[3] - theta[2]) / theta[1], flipped);
        }

        double from(double x, double[] theta) {
            return (flipped ? theta[3] - x : x - theta[2]) / theta[1];
        }

        /** How far the log density at s lies below its highest value, up to which it may reach on this side. */
        double fall(double s) {
            double z = begin + s;
            return begin > 0 ? s * (begin + 0.5 * s) : 0.5 * z * z;
        }

        double logMass() {
            return Probit.logInterval(begin, width);
        }

        double logMassWithin(double s) {
            return Probit.logInterval(begin, s);
        }

        /** Mass between s and the farther end, which is {@code rest} away from s. */
        double logMassBeyond(double s, double rest) {
            return Probit.logInterval(begin + s, rest) - (begin + s > 0 ? fall(s) : 0);
        }

        /** The distance s within which lies the fraction p of the mass; q = 1 - p. */
        double quantile(double p, double q) {
            boolean within = p <= q;
            double goal = logMass() + Math.log(within ? p : q);
            double sign = within ? 1 : -1;
            return Root.increasing(
                    (s, out) -> {
                        double mass = within ? logMassWithin(s) : logMassBeyond(s, width - s);
                        out[0] = sign * (mass - goal);
                        out[1] = Math.exp(-fall(s) - mass);
                    },
                    0,
                    width,
                    guess(p),
                    TOLERANCE);
        }

        private double guess(double p) {
            if (begin > FAR) {
                return -Math.log1p(p * Math.expm1(-begin * width)) / begin;
            }
            double above = Probit.cdf(-begin);
            double s = -Probit.quantile(above - p * (above - Probit.cdf(-begin - width))) - begin;
            // Close to the end the difference has no digits left, but there the density is level.
            return s > 1e-3 ? s : p * Math.exp(logMass() + fall(0));
        }
    }
}
