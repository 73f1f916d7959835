package org.unblend.mcmc.factor;

import java.util.function.DoubleSupplier;
import org.unblend.math.RandomSource;

/**
 * Moves the inferred shape a of a component's Gamma prior together with its entries, {@code a -> a / s} and
 * {@code ln(w / m) -> s ln(w / m)} with m the prior mean: small entries keep their place in the prior, as their
 * distribution function there is a power {@code w^a}. Steps of the shape alone are as narrow as the entries determine it,
 * which is far too narrow while the likelihood has little to say on the entries.
 *
 * <p>Entries that are exactly zero stay so. Along t = ln s the density of (ln a, ln w) is multiplied by {@code exp(n t)}, n
 * the others (Liu and Sabatti 2000,
 * Biometrika 87, 353: a move along the orbit of a group).
 */
final class ShapeMove {
    /** Metropolis steps of a move, and the spread of the widest; each is a random power of {@link #FINER} narrower. */
    private static final int STEPS = 2;

    private static final double WIDEST = 0.6;
    private static final double FINER = 0.3;
    private static final int SPREADS = 4;

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
        double[] before = new double[w.length];
        double now = density(hyper, side, mean, w, theta) + logLikelihood.getAsDouble();
        for (int step = 0; step < STEPS; step++) {
            double shape = theta[hyper.offset()];
            double spread = WIDEST * Math.pow(FINER, random.nextInt(SPREADS));
            double t = spread * random.nextGaussian();
            System.arraycopy(w, 0, before, 0, w.length);
            theta[hyper.offset()] = shape * Math.exp(-t);
            double scale = Math.exp(t);
            int moved = 0;
            for (int i = 0; i < w.length; i++) {
                if (w[i] > 0) {
                    moved++;
                    w[i] = EntryDraw.keep(mean * Math.exp(scale * Math.log(w[i] / mean)));
                }
            }
            double next = density(hyper, side, mean, w, theta) + logLikelihood.getAsDouble();
            if (Math.log(random.nextOpen()) < next - now + moved * t) {
                now = next;
            } else {
                theta[hyper.offset()] = shape;
                System.arraycopy(before, 0, w, 0, w.length);
            }
        }
    }

    /** ln of the prior density of (ln a, ln w). */
    private static double density(Hyper hyper, PriorSide side, double mean, double[] w, double[] theta) {
        double a = theta[hyper.offset()];
        double sum = 0;
        double logs = 0;
        int n = 0;
        for (double v : w) {
            if (v > 0) {
                n++;
                sum += v;
                logs += Math.log(v);
            }
        }
        double log = hyper.logPrior(a) + Math.log(a);
        return log > Double.NEGATIVE_INFINITY
                ? log + n * side.logNorm(new double[] {a, mean}) + a * logs - a / mean * sum
                : Double.NEGATIVE_INFINITY;
    }
}
