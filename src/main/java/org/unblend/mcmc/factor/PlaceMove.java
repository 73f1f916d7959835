package org.unblend.mcmc.factor;

import java.util.function.DoubleSupplier;
import org.unblend.math.RandomSource;

/**
 * Moves an argument of a component's prior together with its entries, each of which keeps its place in the prior, so that the
 * argument's own prior and the likelihood have a say alone: the argument that sets the unit, and sigma of log-normal priors. Steps
 * of the argument by itself are as narrow as the entries determine it, which is far too narrow while the likelihood has little
 * to say on the entries (Papaspiliopoulos, Roberts and Skold 2007, Statistical Science 22, 59: the parametrisation that is
 * not centred). Entries that are exactly zero stay so.
 */
final class PlaceMove {
    /** Metropolis steps of a move, and the spread of the widest; each is a random power of {@link #FINER} narrower. */
    private static final int STEPS = 2;

    private static final double WIDEST = 0.6;
    private static final double FINER = 0.3;
    private static final int SPREADS = 4;

    private PlaceMove() {}

    /**
     * Moves the unit of a component's entries.
     *
     * @param w entries, modified
     * @param theta holds the argument, modified
     * @param logLikelihood of the state as it is when called, times its power
     */
    static void unit(RandomSource random, UnitArgument unit, double[] w, double[] theta, DoubleSupplier logLikelihood) {
        double[] before = w.clone();
        double now = unit.log(theta, 0) + logLikelihood.getAsDouble();
        for (int step = 0; step < STEPS; step++) {
            double kept = theta[unit.hyper().offset()];
            double t = spread(random) * random.nextGaussian();
            System.arraycopy(w, 0, before, 0, w.length);
            unit.move(theta, t);
            for (int i = 0; i < w.length; i++) {
                w[i] = w[i] == 0 ? 0 : EntryDraw.keep(Math.exp(t) * w[i]);
            }
            double next = unit.log(theta, 0) + logLikelihood.getAsDouble();
            if (Math.log(random.nextOpen()) < next - now) {
                now = next;
            } else {
                theta[unit.hyper().offset()] = kept;
                System.arraycopy(before, 0, w, 0, w.length);
            }
        }
    }

    /**
     * Moves sigma of a log-normal prior: {@code (ln w - nu) / sigma} stays, with nu the mean of the logarithms. The entries'
     * prior falls by what their Jacobian grows.
     *
     * @param sigma the argument
     * @param k the component
     */
    static void scatter(
            RandomSource random,
            Hyper sigma,
            PriorSide side,
            int k,
            double[] w,
            double[] theta,
            DoubleSupplier logLikelihood) {
        double[] before = w.clone();
        double now = log(sigma, theta) + logLikelihood.getAsDouble();
        for (int step = 0; step < STEPS; step++) {
            double kept = theta[sigma.offset()];
            double from = side.shape(theta, k).nu();
            double t = spread(random) * random.nextGaussian();
            System.arraycopy(w, 0, before, 0, w.length);
            theta[sigma.offset()] = kept * Math.exp(t);
            double to = side.shape(theta, k).nu();
            for (int i = 0; i < w.length; i++) {
                w[i] = w[i] == 0 ? 0 : EntryDraw.keep(Math.exp(to + Math.exp(t) * (Math.log(w[i]) - from)));
            }
            double next = log(sigma, theta) + logLikelihood.getAsDouble();
            if (Math.log(random.nextOpen()) < next - now) {
                now = next;
            } else {
                theta[sigma.offset()] = kept;
                System.arraycopy(before, 0, w, 0, w.length);
            }
        }
    }

    private static double spread(RandomSource random) {
        return WIDEST * Math.pow(FINER, random.nextInt(SPREADS));
    }

    private static double log(Hyper hyper, double[] theta) {
        double value = theta[hyper.offset()];
        return hyper.logPrior(value) + Math.log(value);
    }
}
