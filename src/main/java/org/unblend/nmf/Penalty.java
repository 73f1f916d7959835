package org.unblend.nmf;

/**
 * What the prior adds to the negative log posterior for one entry x &gt;= 0 of a factor:
 * {@code l1 x + l2/2 x^2 - barrier ln x + bend/2 (ln x - centre)^2}. Constants that do not depend on x are left out.
 *
 * @param l1 rate of an exponential factor of the prior
 * @param l2 precision of a half-normal factor of the prior
 * @param barrier shape - 1 of a gamma factor of the prior
 * @param bend precision of ln x under a log-normal factor of the prior
 * @param centre ln of the mode of that factor; 0 if bend is
 */
public record Penalty(double l1, double l2, double barrier, double bend, double centre) {

    /** A flat prior. */
    public static final Penalty NONE = new Penalty(0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException if a term is negative or not finite: the posterior would have no mode */
    public Penalty {
        require("l1", l1);
        require("l2", l2);
        require("barrier", barrier);
        require("bend", bend);
        if (!Double.isFinite(centre)) {
            throw new IllegalArgumentException("penalty centre must be finite, got " + centre);
        }
    }

    /** A penalty without a log-normal factor. */
    public Penalty(double l1, double l2, double barrier) {
        this(l1, l2, barrier, 0, 0);
    }

    /** The exponential prior with density {@code rate exp(-rate x)}. */
    public static Penalty exponential(double rate) {
        return new Penalty(rate, 0, 0);
    }

    /** The half-normal prior with density proportional to {@code exp(-x^2 / (2 scale^2))}. */
    public static Penalty halfNormal(double scale) {
        return new Penalty(0, 1 / (scale * scale), 0);
    }

    /**
     * The gamma prior with density proportional to {@code x^(shape-1) exp(-rate x)}.
     *
     * @throws IllegalArgumentException if shape is below 1: the density is unbounded at zero and has no mode
     */
    public static Penalty gamma(double shape, double rate) {
        if (!(shape >= 1)) {
            throw new IllegalArgumentException("a gamma prior of shape " + shape
                    + " is unbounded at zero and has no mode;" + " take a shape of 1 or more, or sample the posterior");
        }
        return new Penalty(rate, 0, shape - 1);
    }

    /**
     * The log-normal prior, {@code ln x ~ N(mu, sigma^2)}. As a density of x its mode is {@code exp(mu - sigma^2)}:
     * {@code (ln x - mu)^2 / (2 sigma^2) + ln x = (ln x - mu + sigma^2)^2 / (2 sigma^2) + constant}.
     */
    public static Penalty logNormal(double mu, double sigma) {
        return new Penalty(0, 0, 0, 1 / (sigma * sigma), mu - sigma * sigma);
    }

    /** Exponential times half-normal. */
    public static Penalty elasticNet(double rate, double scale) {
        return new Penalty(rate, 1 / (scale * scale), 0);
    }

    /** True if the prior is flat. */
    public boolean isNone() {
        return l1 == 0 && l2 == 0 && barrier == 0 && bend == 0;
    }

    /** True if a large entry is penalised. */
    boolean bounds() {
        return l1 > 0 || l2 > 0 || bend > 0;
    }

    /** True if an entry of zero costs infinitely much. */
    public boolean excludesZero() {
        return barrier > 0 || bend > 0;
    }

    /** The penalty times a number above 0. */
    public Penalty times(double factor) {
        return new Penalty(factor * l1, factor * l2, factor * barrier, factor * bend, centre);
    }

    /** The terms in ln x alone, as a penalty of {@code y = factor x}, but for a constant. */
    Penalty logarithmic(double factor) {
        return new Penalty(0, 0, barrier, bend, bend > 0 ? centre + Math.log(factor) : 0);
    }

    /** A curvature at x that is no smaller than that of the terms in ln x. */
    double logarithmicCurvature(double x) {
        return excludesZero() ? (barrier + bend * Math.max(1, 1 - Math.log(x) + centre)) / (x * x) : 0;
    }

    /** The penalty summed over a row; +infinity where a prior that excludes zero meets one. */
    double of(double[] row) {
        if (isNone()) {
            return 0;
        }
        double sum = 0;
        for (double x : row) {
            sum += of(x);
        }
        return sum;
    }

    /** The penalty of one entry. */
    double of(double x) {
        double value = x * Math.fma(0.5 * l2, x, l1);
        if (bend > 0) {
            double off = Math.log(x) - centre;
            value += 0.5 * bend * off * off;
        }
        return barrier > 0 ? value - barrier * Math.log(x) : value;
    }

    /** What a move of one entry adds to the penalty. */
    double change(double from, double to) {
        return isNone() ? 0 : of(to) - of(from);
    }

    /** The slope at x; -infinity where a prior that excludes zero meets one. */
    double slope(double x) {
        double slope = Math.fma(l2, x, l1);
        if (bend > 0) {
            slope += x > 0 ? bend * (Math.log(x) - centre) / x : Double.NEGATIVE_INFINITY;
        }
        return barrier > 0 ? slope - barrier / x : slope;
    }

    /**
     * The x &gt;= 0 that minimises {@code curvature/2 x^2 - pull x} plus this penalty; {@code current} where every x is
     * as good.
     */
    double minimiser(double curvature, double pull, double current) {
        double a = curvature + l2;
        double c = pull - l1;
        if (bend > 0) {
            return LogPenalty.quadratic(a, c, barrier, bend, centre);
        }
        if (barrier == 0) {
            return a > 0 ? Math.max(0, c / a) : c < 0 ? 0 : current;
        }
        if (a == 0) {
            return c < 0 ? barrier / -c : current;
        }
        double root = Math.sqrt(c * c + 4 * a * barrier);
        // Of the two forms of the root, the one without cancellation.
        return c >= 0 ? (c + root) / (2 * a) : 2 * barrier / (root - c);
    }

    private static void require(String name, double v) {
        if (!(v >= 0) || Double.isInfinite(v)) {
            throw new IllegalArgumentException("penalty " + name + " must be finite and at least 0, got " + v);
        }
    }
}
