package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.math.IncompleteGamma;
import org.unblend.math.Probit;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The Poisson distribution of counts, {@code ln P = x ln mean - mean - ln x!} for x = 0, 1, ...; mean at least 0. A mean of 0
 * puts all probability on 0.
 */
public record Poisson() implements Family {
    /** The family itself. */
    public static final Poisson FAMILY = new Poisson();

    public static Independent mean(Arg mean) {
        return Independent.of(FAMILY, mean);
    }

    public static Independent mean(double mean) {
        return mean(Arg.of(mean));
    }

    public static Independent mean(String node) {
        return mean(Arg.of(node));
    }

    @Override
    public String name() {
        return "poisson";
    }

    @Override
    public List<String> arguments() {
        return List.of("mean");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(allowed(theta), "mean must be 0 or above, and finite", theta);
    }

    private static boolean allowed(double[] theta) {
        return theta[0] >= 0 && theta[0] < Double.POSITIVE_INFINITY;
    }

    @Override
    public Support support(double[] theta) {
        return Support.POSITIVE;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        double mean = theta[0];
        if (!allowed(theta) || Double.isNaN(x)) {
            return Double.NaN;
        }
        if (x < 0 || x != Math.rint(x) || x == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double log = Math.log(x);
        return x == 0 ? -mean : IncompleteGamma.logKernel(x, mean, Math.log(mean)) - log;
    }

    @Override
    public double cdf(double x, double[] theta) {
        if (x < 0 || x == Double.POSITIVE_INFINITY) {
            return x < 0 ? 0 : 1;
        }
        return IncompleteGamma.upper(Math.floor(x) + 1, theta[0]);
    }

    @Override
    public double quantile(double p, double[] theta) {
        double mean = theta[0];
        // Cornish and Fisher 1938, to the skewness.
        double z = Probit.quantile(p);
        double guess = Math.max(0, Math.floor(mean + Math.sqrt(mean) * z + (z * z - 1) / 6));
        double low = guess;
        double high = guess;
        for (double step = 1; cdf(high, theta) < p; step *= 2) {
            low = high;
            high += step;
        }
        for (double step = 1; low >= 0 && cdf(low, theta) >= p; step *= 2) {
            high = low;
            low -= step;
        }
        // Now cdf(low) < p <= cdf(high), where low may be below 0.
        double middle = Math.floor(low + 0.5 * (high - low));
        while (middle > low && middle < high) {
            if (cdf(middle, theta) < p) {
                low = middle;
            } else {
                high = middle;
            }
            middle = Math.floor(low + 0.5 * (high - low));
        }
        return high;
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        out[0] = 0;
        out[1] = x == 0 ? -1 : x / theta[0] - 1;
    }

    @Override
    public boolean discrete() {
        return true;
    }
}
