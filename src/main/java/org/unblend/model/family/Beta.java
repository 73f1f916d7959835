package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.unblend.math.Digamma;
import org.unblend.math.GammaDraw;
import org.unblend.math.IncompleteBeta;
import org.unblend.math.RandomSource;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * The beta distribution, {@code ln p = (alpha - 1) ln x + (beta - 1) ln(1 - x) - ln B(alpha, beta)} for 0 < x < 1; both
 * above 0.
 */
public record Beta() implements Family {
    /** The family itself. */
    public static final Beta FAMILY = new Beta();

    private static final Support UNIT = new Support(0, 1);

    /** First half of {@code Beta.alpha(a).beta(b)}. */
    public static Steps.SecondShape<Independent> alpha(Arg alpha) {
        return beta -> Independent.of(FAMILY, alpha, beta);
    }

    public static Steps.SecondShape<Independent> alpha(double alpha) {
        return alpha(Arg.of(alpha));
    }

    public static Steps.SecondShape<Independent> alpha(String node) {
        return alpha(Arg.of(node));
    }

    @Override
    public String name() {
        return "beta";
    }

    @Override
    public List<String> arguments() {
        return List.of("alpha", "beta");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(allowed(theta), "alpha and beta must be above 0 and finite", theta);
    }

    private static boolean allowed(double[] theta) {
        return Arguments.positive(theta[0]) && Arguments.positive(theta[1]);
    }

    @Override
    public Support support(double[] theta) {
        return UNIT;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        if (!allowed(theta) || Double.isNaN(x)) {
            return Double.NaN;
        }
        if (!UNIT.contains(x)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (x == 0 || x == 1) {
            double near = x == 0 ? theta[0] : theta[1];
            double far = x == 0 ? theta[1] : theta[0];
            return near == 1 ? Math.log(far) : (near - 1) * Double.NEGATIVE_INFINITY;
        }
        double log = Math.log(x);
        double logRest = Math.log1p(-x);
        return IncompleteBeta.logKernel(theta[0], theta[1], log - logRest) - log - logRest;
    }

    @Override
    public double cdf(double x, double[] theta) {
        double inside = Math.max(0, Math.min(x, 1));
        return IncompleteBeta.lower(theta[0], theta[1], Math.log(inside) - Math.log1p(-inside));
    }

    @Override
    public double quantile(double p, double[] theta) {
        return inside(IncompleteBeta.logitQuantile(theta[0], theta[1], p, 1 - p));
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        return inside(GammaDraw.log(random, theta[0]) - GammaDraw.log(random, theta[1]));
    }

    /** x from its logit, kept off the ends, where the density may be infinite. */
    private static double inside(double logit) {
        return Math.max(Double.MIN_VALUE, Math.min(IncompleteBeta.fromLogit(logit), Math.nextDown(1.0)));
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double sum = Digamma.of(theta[0] + theta[1]);
        out[0] = (theta[0] - 1) / x - (theta[1] - 1) / (1 - x);
        out[1] = Math.log(x) - Digamma.of(theta[0]) + sum;
        out[2] = Math.log1p(-x) - Digamma.of(theta[1]) + sum;
    }
}
