package org.unblend.model.family;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.math.RandomSource;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.InvalidModel;
import org.unblend.model.Support;

/**
 * Exactly 0 with probability {@code zero}, else a draw of another family: a mixture of a point mass and a density, which is
 * relative to Lebesgue's measure plus a unit mass at 0, {@code ln p(0) = ln zero} and {@code ln p(x) = ln(1 - zero) + ln
 * p_else(x)} for x > 0. {@code zero} is at least 0 and below 1.
 *
 * <p>Arguments: {@code zero}, then those of the other family.
 *
 * @param otherwise the other family: continuous and proper, of numbers that are not negative
 */
public record ZeroInflated(Family otherwise) implements Family {
    /** Name in files, where the other distribution stands under the key {@link #ELSE}. */
    public static final String NAME = "zero_inflated";

    /** Key of the probability of zero in files, and its argument's name. */
    public static final String ZERO = "zero";

    /** Key of the other distribution in files. */
    public static final String ELSE = "else";

    /** @throws InvalidModel M016 if the other family is improper, discrete or mixed itself */
    public ZeroInflated {
        if (otherwise.improper() || otherwise.discrete() || otherwise.mixed()) {
            throw new InvalidModel(
                    "M016",
                    "",
                    "numbers that are not zero cannot be " + otherwise.name(),
                    "give a proper continuous distribution, such as gamma, exponential or half_normal");
        }
    }

    /** First half of {@code ZeroInflated.zero(q).otherwise(Gamma.shape(a).mean(m))}. */
    public static Otherwise zero(Arg zero) {
        return new Otherwise(zero);
    }

    public static Otherwise zero(double zero) {
        return zero(Arg.of(zero));
    }

    public static Otherwise zero(String node) {
        return zero(Arg.of(node));
    }

    /** Waits for the distribution of what is not zero. */
    public record Otherwise(Arg zero) {
        public Independent otherwise(Independent other) {
            return new Independent(
                    new ZeroInflated(other.family()),
                    Stream.concat(Stream.of(zero), other.args().stream()).toList());
        }
    }

    /** The arguments of the other family. */
    public static double[] rest(double[] theta) {
        return Arrays.copyOfRange(theta, 1, theta.length);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> arguments() {
        return Stream.concat(Stream.of(ZERO), otherwise.arguments().stream()).toList();
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        double[] rest = rest(theta);
        if (!(theta[0] >= 0 && theta[0] < 1)) {
            return Arguments.unless(false, "zero must be a probability, at least 0 and below 1", theta);
        }
        Optional<String> why = otherwise.invalid(rest).map(w -> "of what is not zero, " + w);
        return why.isPresent()
                ? why
                : Arguments.unless(otherwise.support(rest).low() >= 0, "what is not zero must not be negative", theta);
    }

    private boolean allowed(double[] theta) {
        return theta[0] >= 0 && theta[0] < 1;
    }

    @Override
    public Support support(double[] theta) {
        return new Support(0, otherwise.support(rest(theta)).high());
    }

    @Override
    public boolean fixedSupport() {
        return otherwise.fixedSupport();
    }

    @Override
    public boolean mixed() {
        return true;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        double other = otherwise.logDensity(x, rest(theta));
        if (!allowed(theta) || Double.isNaN(other)) {
            return Double.NaN;
        }
        return x == 0 && theta[0] > 0 ? Math.log(theta[0]) : Math.log1p(-theta[0]) + other;
    }

    @Override
    public double cdf(double x, double[] theta) {
        double other = otherwise.cdf(x, rest(theta));
        return x < 0 ? 0 : theta[0] + (1 - theta[0]) * other;
    }

    @Override
    public double quantile(double p, double[] theta) {
        double other = (p - theta[0]) / (1 - theta[0]);
        return other > 0 ? otherwise.quantile(Math.min(other, Math.nextDown(1.0)), rest(theta)) : 0;
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        return random.nextOpen() < theta[0] ? 0 : otherwise.draw(random, rest(theta));
    }

    /** Of the density beside the point mass; at 0 of the mass, which does not change with x. */
    @Override
    public void gradient(double x, double[] theta, double[] out) {
        if (x == 0 && theta[0] > 0) {
            Arrays.fill(out, 0);
            out[1] = 1 / theta[0];
            return;
        }
        double[] other = new double[theta.length];
        otherwise.gradient(x, rest(theta), other);
        out[0] = other[0];
        out[1] = -1 / (1 - theta[0]);
        System.arraycopy(other, 1, out, 2, other.length - 1);
    }
}
