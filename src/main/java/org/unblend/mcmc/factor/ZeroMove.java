package org.unblend.mcmc.factor;

import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.unblend.math.RandomSource;

/**
 * Moves an inferred probability of zero, q, together with the entries that it decides on: from q to r above it, every entry
 * that is not zero becomes so with probability {@code (r - q) / (1 - q)}; to r below it, every zero becomes a draw of the prior
 * with probability {@code (q - r) / q}. The prior of the entries given q is that given r after such a step, so that the prior of q
 * and the likelihood alone decide. Draws of q given the entries are as narrow as their number says, which is far too narrow
 * while the likelihood has little to say on them.
 */
final class ZeroMove {
    /** Metropolis steps of a move, and the spread of the widest in the logit; as in {@link ShapeMove}. */
    private static final int STEPS = 2;

    private static final double WIDEST = 1;
    private static final double FINER = 0.3;
    private static final int SPREADS = 4;

    private ZeroMove() {}

    /**
     * Moves; {@code w}, {@code h} and the probability in {@code theta} are modified.
     *
     * @param logLikelihood of the state as it is when called, times its power
     */
    static void move(
            RandomSource random,
            Hyper hyper,
            FactorForm form,
            double[][] w,
            double[][] h,
            double[] theta,
            DoubleSupplier logLikelihood) {
        double now = logLikelihood.getAsDouble();
        for (int step = 0; step < STEPS; step++) {
            double q = theta[hyper.offset()];
            double spread = WIDEST * Math.pow(FINER, random.nextInt(SPREADS));
            double r = 1 / (1 + Math.exp(Math.log1p(-q) - Math.log(q) - spread * random.nextGaussian()));
            double gain = logPrior(hyper, r) - logPrior(hyper, q);
            if (!(r > 0 && r < 1 && gain > Double.NEGATIVE_INFINITY)) {
                continue;
            }
            double[][] keptW = copy(w);
            double[][] keptH = copy(h);
            theta[hyper.offset()] = r;
            flip(random, form.w(), w, hyper, q, theta);
            flip(random, form.h(), h, hyper, q, theta);
            double next = logLikelihood.getAsDouble();
            if (Math.log(random.nextOpen()) < next - now + gain) {
                now = next;
            } else {
                theta[hyper.offset()] = q;
                put(keptW, w);
                put(keptH, h);
            }
        }
    }

    /** ln of the prior density of the logit. */
    private static double logPrior(Hyper hyper, double q) {
        return hyper.logPrior(q) + Math.log(q) + Math.log1p(-q);
    }

    private static void flip(
            RandomSource random, Optional<PriorSide> side, double[][] a, Hyper hyper, double before, double[] theta) {
        if (side.flatMap(PriorSide::zero).isEmpty()) {
            return;
        }
        PriorSide prior = side.get();
        double after = theta[hyper.offset()];
        for (int k = 0; k < a.length; k++) {
            if (!prior.zero().get().is(k, hyper.offset())) {
                continue;
            }
            double[] arguments = prior.arguments(theta, k);
            for (int i = 0; i < a[k].length; i++) {
                if (after > before && a[k][i] > 0) {
                    a[k][i] = random.nextOpen() * (1 - before) < after - before ? 0 : a[k][i];
                } else if (after < before && a[k][i] == 0 && random.nextOpen() * before < before - after) {
                    a[k][i] = EntryDraw.keep(prior.family().draw(random, arguments));
                }
            }
        }
    }

    private static double[][] copy(double[][] a) {
        double[][] copy = new double[a.length][];
        for (int k = 0; k < a.length; k++) {
            copy[k] = a[k].clone();
        }
        return copy;
    }

    private static void put(double[][] from, double[][] to) {
        for (int k = 0; k < from.length; k++) {
            System.arraycopy(from[k], 0, to[k], 0, to[k].length);
        }
    }
}
