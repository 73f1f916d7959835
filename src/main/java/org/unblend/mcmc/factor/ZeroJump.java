package org.unblend.mcmc.factor;

import java.util.function.DoubleUnaryOperator;
import org.unblend.math.RandomSource;

/**
 * A Metropolis-Hastings step between zero and the positive numbers, for an entry that is exactly zero with a probability of
 * its own. Proposals do not depend on the present value: zero, or a draw of a density that is exponential in u = ln w between
 * a few knots around the mode and beyond them, each as probable as its mass says. The exact ratio accepts them, and rarely
 * refuses: where the knots follow the density closely this is a draw from it.
 */
final class ZeroJump {
    /**
     * Distances of the knots from the mode, in widths, and the widest width: beyond e-folds of w a density of that extent is a
     * power law or nothing.
     */
    private static final double[] KNOTS = {-8, -5.5, -4, -3, -2.3, -1.7, -1.1, -0.55, 0, 0.5, 1, 1.55, 2.15, 2.8, 3.6};

    private static final double WIDEST = 1;

    /** Densities are held up to this many e-folds below their top. */
    private static final double DEEPEST = 500;

    private ZeroJump() {}

    /**
     * A move that leaves the mixture of a point mass and a density invariant.
     *
     * @param w present value, zero or positive
     * @param log ln of the density of u = ln w, up to a constant
     * @param logZero ln of the mass at zero, up to the same constant; -infinity if zero cannot be
     * @param mode about the mode of the density; must not depend on {@code w}
     * @param sd about its width there, in u; likewise
     * @param tail the slope of {@code log} far below the mode, above 0; NaN if it grows without bound
     */
    static double next(
            RandomSource random,
            double w,
            DoubleUnaryOperator log,
            double logZero,
            double mode,
            double sd,
            double tail) {
        Hat hat = new Hat(log, mode, Math.min(WIDEST, sd), tail);
        double proposed = 0;
        double gain = 0;
        double p = random.nextOpen();
        if (Math.log(p) - Math.log1p(-p) < hat.logMass() - logZero) {
            double u = Math.max(hat.draw(random.nextOpen()), Math.log(EntryDraw.SMALLEST));
            proposed = EntryDraw.keep(Math.exp(u));
            gain = log.applyAsDouble(u) - hat.log(u);
        }
        if (w > 0) {
            double u = Math.log(w);
            gain -= log.applyAsDouble(u) - hat.log(u);
        } else if (proposed == 0) {
            return 0;
        }
        return Math.log(random.nextOpen()) < gain ? proposed : w;
    }

    /** The density of the proposals that are not zero, not normalised. */
    private static final class Hat {
        private final double[] u = new double[KNOTS.length];
        private final double[] log = new double[KNOTS.length];
        private final double[] cumulative = new double[KNOTS.length + 1];
        private final double top;
        private final double low;
        private final double high;

        Hat(DoubleUnaryOperator density, double mode, double sd, double tail) {
            int last = KNOTS.length - 1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i <= last; i++) {
                u[i] = mode + sd * KNOTS[i];
                log[i] = density.applyAsDouble(u[i]);
                most = Math.max(most, log[i]);
            }
            top = most;
            for (int i = 0; i <= last; i++) {
                log[i] = Math.max(log[i], top - DEEPEST);
            }
            low = Double.isNaN(tail) ? Math.max(0.1 / sd, (log[1] - log[0]) / (u[1] - u[0])) : tail;
            high = Math.max(0.5 / sd, (log[last - 1] - log[last]) / (u[last] - u[last - 1]));
            cumulative[0] = Math.exp(log[0] - top) / low;
            for (int i = 1; i <= last; i++) {
                cumulative[i] = cumulative[i - 1]
                        + Math.exp(log[i - 1] - top) * (u[i] - u[i - 1]) * growth(log[i] - log[i - 1]);
            }
            cumulative[last + 1] = cumulative[last] + Math.exp(log[last] - top) / high;
        }

        double logMass() {
            return top + Math.log(cumulative[KNOTS.length]);
        }

        double log(double x) {
            int last = KNOTS.length - 1;
            if (x <= u[0]) {
                return log[0] + low * (x - u[0]);
            }
            for (int i = 1; i <= last; i++) {
                if (x <= u[i]) {
                    return log[i - 1] + (log[i] - log[i - 1]) * (x - u[i - 1]) / (u[i] - u[i - 1]);
                }
            }
            return log[last] - high * (x - u[last]);
        }

        double draw(double p) {
            int last = KNOTS.length - 1;
            double target = p * cumulative[last + 1];
            if (target <= cumulative[0]) {
                return u[0] + Math.log(target / cumulative[0]) / low;
            }
            for (int i = 1; i <= last; i++) {
                if (target <= cumulative[i]) {
                    double part = (target - cumulative[i - 1]) / (cumulative[i] - cumulative[i - 1]);
                    double rise = log[i] - log[i - 1];
                    double x = Math.abs(rise) < 1e-9 ? part : Math.log1p(part * Math.expm1(rise)) / rise;
                    return u[i - 1] + Math.min(1, Math.max(0, x)) * (u[i] - u[i - 1]);
                }
            }
            double left = (cumulative[last + 1] - target) / (cumulative[last + 1] - cumulative[last]);
            return u[last] - Math.log(Math.max(left, Double.MIN_VALUE)) / high;
        }

        /** {@code (exp(x) - 1) / x}. */
        private static double growth(double x) {
            return Math.abs(x) < 1e-9 ? 1 + 0.5 * x : Math.expm1(x) / x;
        }
    }
}
