package org.unblend.mcmc.factor;

import java.util.function.DoubleSupplier;
import org.unblend.math.RandomSource;

/**
 * Moves the inferred shape a of a component's Gamma prior together with its entries, {@code a -> a / s} and
 * {@code ln(w / m) -> s ln(w / m)} with m the prior mean: small entries keep their place in the prior, as their
 * distribution function there is a power {@code w^a}. Steps of the shape alone are as narrow as the entries determine it,
 * which is far too narrow while the likelihood has little to say on the entries.
 *
 * <p>Along t = ln s the density of (ln a, ln w) is multiplied by {@code exp(n t)}, n entries (Liu and Sabatti 2000,
 * Biometrika 87, 353: a move along the orbit of a group).
 */
final class ShapeMove {
    private static final double WIDTH = 0.5;

    private ShapeMove() {}

    /**
     * Moves one component; {@code w} and the shape in {@code theta} are modified.
     *
     * @param hyper the shape
     * @param mean prior mean of the entries
     * @param logLikelihood of the state as it is when called, times its power
     */
    static void move(
            RandomSource random,
            Hyper hyper,
            PriorSide side,
            double mean,
            double[] w,
            double[] theta,
            DoubleSupplier logLikelihood) {
        int n = w.length;
        double shape = theta[hyper.offset()];
        double[] log = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            log[i] = Math.log(w[i] / mean);
            sum += log[i];
        }
        double sumOfLogs = sum;
        double moved = Slice.move(
                random,
                0,
                t -> {
                    double a = shape * Math.exp(-t);
                    double logPrior = hyper.logPrior(a) + Math.log(a);
                    if (!(logPrior > Double.NEGATIVE_INFINITY)) {
                        return Double.NEGATIVE_INFINITY;
                    }
                    put(w, log, mean, Math.exp(t));
                    theta[hyper.offset()] = a;
                    double norm = side.logNorm(new double[] {a, mean});
                    double linear = 0;
                    for (double v : w) {
                        linear += v;
                    }
                    // The density of ln w, Jacobian included.
                    double entries = n * (norm + a * Math.log(mean)) + a * Math.exp(t) * sumOfLogs - a / mean * linear;
                    return logPrior + entries + n * t + logLikelihood.getAsDouble();
                },
                WIDTH);
        put(w, log, mean, Math.exp(moved));
        theta[hyper.offset()] = shape * Math.exp(-moved);
    }

    private static void put(double[] w, double[] log, double mean, double s) {
        for (int i = 0; i < w.length; i++) {
            w[i] = EntryDraw.keep(mean * Math.exp(s * log[i]));
        }
    }
}
