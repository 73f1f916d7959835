package org.unblend.model;

import java.util.List;
import java.util.Optional;
import org.unblend.math.RandomSource;

/**
 * A family of distributions of one number x, given its arguments θ in the order of {@link #arguments()}. Families are
 * stateless and thread-safe. Every implementation passes {@code DistributionContract}.
 *
 * <p>NaN as x gives NaN. Only {@link #invalid} and {@link #logDensity} accept arguments that are not allowed; what the
 * other methods return for them is unspecified.
 */
public interface Family {

    /** Name in model and prior files, such as {@code log_normal}. */
    String name();

    /** Names of the arguments θ, in order, such as {@code [mean, sd]}. */
    List<String> arguments();

    /** What is wrong with these arguments (not finite, negative scale, ...), or empty if they are allowed. */
    Optional<String> invalid(double[] theta);

    /** Where the density is positive. The arguments must be allowed. */
    Support support(double[] theta);

    /**
     * Natural logarithm of the density (of the probability, if discrete) at x; negative infinity outside the support;
     * at an end of the support the limit, which may be infinite. For arguments that are not allowed the result is NaN.
     */
    double logDensity(double x, double[] theta);

    /** Probability of a value at or below x; NaN if the family is improper. */
    double cdf(double x, double[] theta);

    /**
     * The inverse of {@link #cdf}: the smallest x with cdf(x) >= p.
     *
     * @param p strictly between 0 and 1
     * @return a value inside the support; NaN if the family is improper
     */
    double quantile(double p, double[] theta);

    /** One draw. NaN if the family is improper, but for {@code upper_limit}: the measurement behind it. */
    default double draw(RandomSource random, double[] theta) {
        return quantile(random.nextOpen(), theta);
    }

    /**
     * Derivatives of {@link #logDensity} at an x inside the support.
     *
     * @param out modified: out[0] = d/dx (0 if discrete), out[1 + i] = d/dθ_i; length {@code 1 + arguments().size()}
     */
    void gradient(double x, double[] theta, double[] out);

    /** True if {@link #support} does not depend on the arguments. */
    default boolean fixedSupport() {
        return true;
    }

    /** True if the density does not integrate to one, so that neither evidence nor prior draws exist. */
    default boolean improper() {
        return false;
    }

    /** True if both ends of the support are the same place. */
    default boolean periodic() {
        return false;
    }

    /** True if single values have a probability of their own beside the density, which then counts them as well. */
    default boolean mixed() {
        return false;
    }

    /** True if x takes whole numbers only. */
    default boolean discrete() {
        return false;
    }
}
