package org.unblend.mcmc.factor;

import org.apache.commons.math3.special.Gamma;
import org.unblend.math.GammaDraw;
import org.unblend.math.RandomSource;

/** Draws of a density of the form {@link Shape}: exactly where it is a truncated normal, an exponential or a gamma. */
final class EntryDraw {
    /** Entries are kept above this: the density of a sparse prior is infinite at zero. */
    static final double SMALLEST = 1e-300;

    /** Truncation, in standard deviations, up to which normal draws are simply repeated. */
    private static final double NAIVE = 0.45;

    private EntryDraw() {}

    /**
     * A draw, or a move that leaves the density invariant.
     *
     * @param w present value
     */
    static double next(RandomSource random, double w, double a, double b, double q, double t, double nu) {
        if (t == 0) {
            if (q == 0) {
                return a == 1
                        ? keep(-Math.log(random.nextOpen()) / b)
                        : keep(Math.exp(GammaDraw.log(random, a) - Math.log(b)));
            }
            if (a == 1) {
                return keep(positiveNormal(random, -b / q, 1 / Math.sqrt(q)));
            }
        }
        double u = Slice.move(random, Math.log(w), x -> Shape.logOfLog(x, a, b, q, t, nu), width(a, b, q, t));
        return keep(Math.exp(u));
    }

    /**
     * The same for entries that may be exactly zero: the density of the others is {@code exp(slab) w^(a - 1) exp(-b w - q w^2 /
     * 2)}, times the t term of the prior, against a mass of 1 at zero.
     */
    static double next(RandomSource random, double w, Shape prior, double a, double b, double q) {
        if (!prior.zeros()) {
            return next(random, w, a, b, q, prior.t(), prior.nu());
        }
        if (prior.t() == 0 && (q == 0 || a == 1)) {
            double log = q == 0 ? Gamma.logGamma(a) - a * Math.log(b) : EntryTable.logIntegral(b, q);
            double u = random.nextOpen();
            return Math.log(u) - Math.log1p(-u) < prior.slab() + log ? next(random, w, a, b, q, 0, 0) : 0;
        }
        double t = prior.t();
        double nu = prior.nu();
        double mode = EntryTable.mode(a, b, q, t, nu);
        double at = Math.exp(mode);
        return ZeroJump.next(
                random,
                w,
                x -> Shape.logOfLog(x, a, b, q, t, nu),
                -prior.slab(),
                mode,
                1 / Math.sqrt(Math.max(0, b * at + 2 * q * at * at + t)),
                t == 0 ? a : Double.NaN);
    }

    /** A draw of N(mean, sd^2) given that it is positive. */
    static double positiveNormal(RandomSource random, double mean, double sd) {
        double from = -mean / sd;
        if (from < NAIVE) {
            while (true) {
                double z = random.nextGaussian();
                if (z > from) {
                    return mean + sd * z;
                }
            }
        }
        // Robert 1995, Statistics and Computing 5, 121: exponential proposals beyond the truncation. The excess over
        // the
        // truncation is drawn, so that no digits are lost far out.
        double rate = 0.5 * (from + Math.sqrt(from * from + 4));
        while (true) {
            double excess = -Math.log(random.nextOpen()) / rate;
            double off = from + excess - rate;
            if (Math.log(random.nextOpen()) < -0.5 * off * off) {
                return sd * excess;
            }
        }
    }

    /** About the extent in ln w, from the curvature at the mode of the density without its t term. */
    private static double width(double a, double b, double q, double t) {
        double power = Math.max(a, 0.05);
        double root = Math.sqrt(b * b + 4 * q * power);
        double mode = q == 0 ? power / b : b > 0 ? 2 * power / (b + root) : (root - b) / (2 * q);
        double curvature = b * mode + 2 * q * mode * mode;
        double bent = Double.isFinite(curvature) && curvature > 0 ? curvature : power;
        return 2.5 / Math.sqrt(bent + t);
    }

    static double keep(double w) {
        return Math.max(SMALLEST, w);
    }
}
