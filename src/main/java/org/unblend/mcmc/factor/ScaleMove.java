package org.unblend.mcmc.factor;

import java.util.Optional;
import org.unblend.math.RandomSource;

/**
 * Moves of components along {@code (d W_:k, H_k: / d)}, which the likelihood does not see: with t = ln d the density is the
 * priors' times {@code exp((features - samples) t)}. Entries that are exactly zero stay so and are not counted.
 */
final class ScaleMove {
    private ScaleMove() {}

    /**
     * Moves the components from {@code first} on.
     *
     * @param w {@code [r x features]}, modified
     * @param h {@code [r x samples]}, modified
     */
    static void all(RandomSource random, double[][] w, double[][] h, Shape[] priorsW, Shape[] priorsH, int first) {
        int m = w[0].length;
        int n = h[0].length;
        double width = 2.5 / Math.sqrt(m + n);
        for (int k = first; k < w.length; k++) {
            PriorSide.Statistics sw = PriorSide.Statistics.of(w[k]);
            PriorSide.Statistics sh = PriorSide.Statistics.of(h[k]);
            Shape fw = priorsW[k];
            Shape fh = priorsH[k];
            if (sw.count() + sh.count() == 0) {
                continue;
            }
            double t = Slice.move(random, 0, x -> along(fw, sw, x) + along(fh, sh, -x), width);
            double d = Math.exp(t);
            multiply(w[k], d);
            multiply(h[k], 1 / d);
        }
    }

    /**
     * Moves a component in the same way, each factor together with the argument that sets the unit of its prior, where there is
     * one: its entries then keep their places in their prior, and the prior of the argument alone has a say. Given the
     * argument, entries of thousands of samples leave the scale no room.
     *
     * @param w {@code [features]}, modified
     * @param h {@code [samples]}, modified
     * @param theta holds the arguments, modified
     */
    static void withUnits(
            RandomSource random,
            double[] w,
            double[] h,
            Shape priorW,
            Shape priorH,
            Optional<UnitArgument> ofW,
            Optional<UnitArgument> ofH,
            double[] theta) {
        PriorSide.Statistics sw = PriorSide.Statistics.of(w);
        PriorSide.Statistics sh = PriorSide.Statistics.of(h);
        double width =
                ofW.isPresent() && ofH.isPresent() ? 1 : 2.5 / Math.sqrt(1 + (ofW.isPresent() ? h.length : w.length));
        double t = Slice.move(
                random,
                0,
                x -> (ofW.isPresent() ? ofW.get().log(theta, x) : along(priorW, sw, x))
                        + (ofH.isPresent() ? ofH.get().log(theta, -x) : along(priorH, sh, -x)),
                width);
        ofW.ifPresent(u -> u.move(theta, t));
        ofH.ifPresent(u -> u.move(theta, -t));
        multiply(w, Math.exp(t));
        multiply(h, Math.exp(-t));
    }

    /** ln of the density of all entries above zero, each with its Jacobian, after ln w has grown by t. */
    private static double along(Shape f, PriorSide.Statistics s, double t) {
        int n = s.count();
        double d = Math.exp(t);
        double log = f.a() * n * t - f.b() * d * s.sum();
        if (f.q() > 0) {
            log -= 0.5 * f.q() * d * d * s.squares();
        }
        if (f.t() > 0) {
            log -= 0.5 * f.t() * (2 * t * (s.logs() - n * f.nu()) + n * t * t);
        }
        return log;
    }

    private static void multiply(double[] x, double d) {
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] == 0 ? 0 : EntryDraw.keep(d * x[i]);
        }
    }
}
