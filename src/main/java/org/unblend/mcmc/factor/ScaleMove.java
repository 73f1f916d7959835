package org.unblend.mcmc.factor;

import org.unblend.math.RandomSource;

/**
 * Moves of components along {@code (d W_:k, H_k: / d)}, which the likelihood does not see: with t = ln d the density is the
 * priors' times {@code exp((features - samples) t)}.
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
            double t = Slice.move(random, 0, x -> along(fw, sw, m, x) + along(fh, sh, n, -x), width);
            double d = Math.exp(t);
            multiply(w[k], d);
            multiply(h[k], 1 / d);
        }
    }

    /** ln of the density of all n entries, each with its Jacobian, after ln w has grown by t. */
    private static double along(Shape f, PriorSide.Statistics s, int n, double t) {
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
            x[i] = EntryDraw.keep(d * x[i]);
        }
    }
}
