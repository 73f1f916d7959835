package org.unblend.model.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Family;
import org.unblend.model.Support;

/** What holds for every proper family; each check throws an AssertionError where it does not. */
final class DistributionChecks {
    /** False-alarm rate of one statistical check. With about 100 of them, the whole suite fails by chance in 1e-4 of seeds. */
    static final double ALPHA = 1e-6;

    private static final int DRAWS = 4000;
    private static final double[] CENTRAL = {0.05, 0.3, 0.6, 0.95};
    private static final double[] PROBABILITIES = {
        1e-100, 1e-12, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-6, 1 - 1e-12, Math.nextDown(1.0)
    };
    private static final double[] SPLITS = {
        1e-14, 1e-10, 1e-6, 1e-3, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.999, 1 - 1e-6, 1 - 1e-10, 1 - 1e-14
    };
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(20);

    private DistributionChecks() {}

    /** Kolmogorov-Smirnov against the cdf, or chi-square against the probabilities if discrete. */
    static void drawsMatchDensity(Family family, double[] theta) {
        RandomSource random = RandomStream.of(20261122).split(family.name()).generator();
        double[] draws = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            draws[i] = family.draw(random, theta);
            assertTrue(family.support(theta).contains(draws[i]), () -> "a draw lies outside the support");
        }
        if (family.discrete()) {
            chiSquare(family, theta, draws);
        } else {
            kolmogorovSmirnov(draws, x -> family.cdf(x, theta));
        }
    }

    static void kolmogorovSmirnov(double[] draws, DoubleUnaryOperator cdf) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double distance = 0;
        for (int i = 0; i < n; i++) {
            double c = cdf.applyAsDouble(sorted[i]);
            distance = Math.max(distance, Math.max((i + 1.0) / n - c, c - (double) i / n));
        }
        // P(D > d) <= 2 exp(-2 n d^2) (Massart 1990).
        double critical = Math.sqrt(Math.log(2 / ALPHA) / (2 * n));
        assertTrue(distance < critical, "draws do not follow the cdf: D = " + distance + ", critical " + critical);
    }

    private static void chiSquare(Family family, double[] theta, double[] draws) {
        double statistic = 0;
        int cells = 0;
        double low = -1;
        double end = family.quantile(1 - 1e-12, theta);
        double expected = 0;
        for (double k = family.quantile(1e-12, theta); k <= end; k++) {
            expected += DRAWS * Math.exp(family.logDensity(k, theta));
            double above = DRAWS * (1 - family.cdf(k, theta));
            if (expected >= 20 && above >= 20 || k == end) {
                double from = low;
                double to = k == end ? Double.POSITIVE_INFINITY : k;
                long seen =
                        Arrays.stream(draws).filter(x -> x > from && x <= to).count();
                statistic += (seen - expected) * (seen - expected) / expected;
                cells++;
                low = k;
                expected = 0;
            }
        }
        if (cells < 2) {
            assertTrue(statistic < 1e-6, "all draws belong to one cell, yet some lie elsewhere");
            return;
        }
        double critical = new ChiSquaredDistribution(cells - 1).inverseCumulativeProbability(1 - ALPHA);
        assertTrue(statistic < critical, "draws do not follow the probabilities: " + statistic + " > " + critical);
    }

    /** The integral of the density between quantiles is the difference of the cdf, and all of it is one. */
    static void densityIntegratesToCdf(Family family, double[] theta) {
        if (family.discrete()) {
            probabilitiesSumToCdf(family, theta);
            return;
        }
        double total = family.cdf(family.quantile(SPLITS[0], theta), theta);
        for (int i = 0; i + 1 < SPLITS.length; i++) {
            double from = family.quantile(SPLITS[i], theta);
            double to = family.quantile(SPLITS[i + 1], theta);
            double difference = family.cdf(to, theta) - family.cdf(from, theta);
            if (atRange(from) || atRange(to)) {
                total += difference;
                continue;
            }
            double mass = integral(family, theta, from, to);
            // Rounding of the two ends, which lie on a steep slope where the distribution is narrow.
            double rounding = resolution(family, theta, from) + resolution(family, theta, to);
            assertEquals(difference, mass, 1e-9 * mass + rounding + 1e-15, "mass between " + from + " and " + to);
            total += mass;
        }
        total += 1 - family.cdf(family.quantile(SPLITS[SPLITS.length - 1], theta), theta);
        assertEquals(1, total, 1e-9, "the density does not integrate to one " + Arrays.toString(theta));
    }

    private static double integral(Family family, double[] theta, double from, double to) {
        double high = family.support(theta).high();
        if (from > 0 && to > 4 * from) {
            return logarithmic(family, theta, 0, from, to);
        }
        if (to < 0 && from < 4 * to) {
            return logarithmic(family, theta, 0, to, from);
        }
        if (to < high && high - from > 4 * (high - to)) {
            return logarithmic(family, theta, high, to, from);
        }
        return integral(x -> Math.exp(family.logDensity(x, theta)), from, to, 10);
    }

    /** Over the logarithm of the distance from {@code origin}, where the density spans many decades of it. */
    private static double logarithmic(Family family, double[] theta, double origin, double near, double far) {
        double sign = Math.signum(far - origin);
        return integral(
                w -> Math.exp(w + family.logDensity(origin + sign * Math.exp(w), theta)),
                Math.log(Math.abs(near - origin)),
                Math.log(Math.abs(far - origin)),
                10);
    }

    /** Adaptive: halves are halved again until they add up to the whole. */
    static double integral(DoubleUnaryOperator f, double from, double to, int depth) {
        double middle = from + 0.5 * (to - from);
        double whole = panel(f, from, to);
        double halves = panel(f, from, middle) + panel(f, middle, to);
        return depth == 0 || Math.abs(whole - halves) <= 1e-10 * Math.abs(halves)
                ? halves
                : integral(f, from, middle, depth - 1) + integral(f, middle, to, depth - 1);
    }

    private static double panel(DoubleUnaryOperator f, double from, double to) {
        double half = 0.5 * (to - from);
        return half * RULE.integrate(t -> f.applyAsDouble(from + half * (1 + t)));
    }

    private static void probabilitiesSumToCdf(Family family, double[] theta) {
        double first = family.quantile(1e-16, theta);
        double sum = family.cdf(first - 1, theta);
        for (double k = first; k <= family.quantile(1 - 1e-15, theta); k++) {
            sum += Math.exp(family.logDensity(k, theta));
            assertEquals(sum, family.cdf(k, theta), 1e-10 * sum, "cdf at " + k);
        }
        assertEquals(1, sum, 1e-10, "the probabilities do not sum to one");
    }

    /** Both ways, into the tails, within what the spacing of doubles allows. */
    static void quantileInvertsCdf(Family family, double[] theta) {
        Support support = family.support(theta);
        double previous = Double.NEGATIVE_INFINITY;
        for (double p : PROBABILITIES) {
            double x = family.quantile(p, theta);
            assertTrue(support.contains(x) && Double.isFinite(x), "quantile(" + p + ") = " + x + " leaves " + support);
            assertTrue(x >= previous, "the quantile falls at " + p);
            previous = x;
            if (family.discrete()) {
                assertTrue(family.cdf(x, theta) >= p, "cdf(quantile) < p at " + p);
                assertTrue(family.cdf(x - 1, theta) < p, "quantile is not the smallest at " + p);
                continue;
            }
            if (atRange(x)) {
                continue;
            }
            double tail = Math.min(p, 1 - p);
            double tolerance = 1e-10 * tail + 4 * resolution(family, theta, x) + 4 * Math.ulp(p);
            assertEquals(p, family.cdf(x, theta), tolerance, "cdf(quantile(p)) at " + p + Arrays.toString(theta));
            double density = Math.exp(family.logDensity(x, theta));
            double back = family.quantile(Math.min(family.cdf(x, theta), Math.nextDown(1.0)), theta);
            if (p < 1 - 1e-9) {
                assertEquals(x, back, 1e-9 * Math.abs(x) + 4 * Math.ulp(p) / density, "quantile(cdf(x)) at " + x);
            }
        }
    }

    /** How much the cdf changes between neighbouring doubles at x. */
    private static double resolution(Family family, double[] theta, double x) {
        return atRange(x) ? 0 : Math.exp(family.logDensity(x, theta) + Math.log(Math.ulp(x)));
    }

    /** Where a quantile was cut off because it would underflow, overflow or round to one. */
    private static boolean atRange(double x) {
        return Math.abs(x) == Double.MAX_VALUE || x == Double.MIN_VALUE || x == Math.nextDown(1.0);
    }

    /** Derivatives by x and by every finite argument agree with central differences of fourth order. */
    static void gradientMatchesDifferences(Family family, double[] theta) {
        double[] gradient = new double[1 + theta.length];
        for (double p : CENTRAL) {
            double x = family.quantile(p, theta);
            family.gradient(x, theta, gradient);
            if (family.discrete()) {
                assertEquals(0, gradient[0]);
            } else {
                checkSlope(t -> family.logDensity(t, theta), x, gradient[0], "d/dx at " + x);
            }
            for (int i = 0; i < theta.length; i++) {
                int at = i;
                String name = "d/d " + family.arguments().get(i) + " at " + x;
                if (Double.isInfinite(theta[i])) {
                    assertTrue(gradient[1 + i] == 0, name);
                    continue;
                }
                checkSlope(
                        t -> {
                            double[] moved = theta.clone();
                            moved[at] = t;
                            return family.logDensity(x, moved);
                        },
                        theta[i],
                        gradient[1 + i],
                        name);
            }
        }
    }

    static void checkSlope(DoubleUnaryOperator f, double x, double slope, String what) {
        double centre = f.applyAsDouble(x);
        double h = 1e-3 * (x == 0 ? 1 : Math.abs(x));
        while (!(Math.abs(f.applyAsDouble(x + 2 * h) - centre) < 0.01
                && Math.abs(f.applyAsDouble(x - 2 * h) - centre) < 0.01)) {
            h /= 4;
            assertTrue(h > 1e-12 * Math.abs(x), what + ": no step is small enough");
        }
        double near = f.applyAsDouble(x + h) - f.applyAsDouble(x - h);
        double far = f.applyAsDouble(x + 2 * h) - f.applyAsDouble(x - 2 * h);
        double difference = (8 * near - far) / (12 * h);
        double noise = 1e-14 * Math.max(1, Math.abs(centre)) / h + 100 * Math.ulp(x) / h * Math.abs(slope);
        assertEquals(difference, slope, 1e-6 * Math.max(Math.abs(slope), 0.01 / h) + noise, what);
    }

    /** Finite inside, zero outside, never NaN for a number, NaN for NaN. */
    static void respectsSupport(Family family, double[] theta) {
        Support support = family.support(theta);
        for (double p : CENTRAL) {
            assertTrue(Double.isFinite(family.logDensity(family.quantile(p, theta), theta)), "density inside");
        }
        for (double x : new double[] {
            Math.nextDown(support.low()),
            Math.nextUp(support.high()),
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY
        }) {
            assertEquals(Double.NEGATIVE_INFINITY, family.logDensity(x, theta), "log density at " + x);
        }
        for (double x : new double[] {support.low(), support.high(), 0, 1, -1e300, 1e300, 1e-300}) {
            double log = family.logDensity(x, theta);
            assertTrue(!Double.isNaN(log), () -> "log density is NaN at " + x);
            assertTrue(support.contains(x) || log == Double.NEGATIVE_INFINITY, () -> "log density outside, at " + x);
        }
        assertEquals(Double.NaN, family.logDensity(Double.NaN, theta), "log density of NaN");
        assertEquals(Double.NaN, family.cdf(Double.NaN, theta), "cdf of NaN");
        assertEquals(0, family.cdf(Double.NEGATIVE_INFINITY, theta), "cdf at -infinity");
        assertEquals(1, family.cdf(Double.POSITIVE_INFINITY, theta), 1e-15, "cdf at infinity");
    }

    /** Named in the message, and NaN as density. */
    static void reportsInvalid(Family family, double[] theta) {
        String given = Arrays.toString(theta);
        String message = family.invalid(theta).orElseThrow(() -> new AssertionError(given + " is accepted"));
        assertTrue(message.contains(family.arguments().get(0)), message);
        assertTrue(message.contains(Double.toString(theta[theta.length - 1])), message);
        assertEquals(Double.NaN, family.logDensity(1, theta), given);
    }
}
