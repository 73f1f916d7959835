package org.unblend.diagnose;

import java.util.Arrays;
import java.util.Optional;

/**
 * A narrow phase of the posterior inside or beside a broad one, as a spike in a slab, found in the course of nested sampling: a
 * first-order transition. There ln L, as a function of the e-folds {@code s = -ln X} by which the volume has shrunk, is not concave:
 * it rises slowly while the threshold climbs to the top of the broad phase, and steeply once the narrow one is what is left.
 * Between them lies a temperature at which both have the same weight and hardly anything lies between (Skilling 2006, Bayesian
 * Analysis 1, 833, section 5). Markov chains seldom cross, and how many points
 * nested sampling has in the narrow phase when it parts is a matter of luck.
 *
 * @param depth nats by which the valley between the phases is lower than both, at that temperature
 * @param from ln of the prior volume at which the broad phase has its weight
 * @param to ln of the prior volume at which the narrow one has its own
 * @param narrow part of the posterior that lies past the valley
 */
public record PhaseTransition(double depth, double from, double to, double narrow) {
    /** Of 500 points the volume is known to 0.2 e-folds over 20: less deep valleys may be noise, and do no harm. */
    private static final double LEAST_DEPTH = 2;

    /** A narrow phase with less of the posterior does no harm. */
    private static final double LEAST_WEIGHT = 1e-3;

    /**
     * The deepest transition on the way of a run, if there is one.
     *
     * @param logL log likelihoods of all points, ascending
     * @param logVolume ln X at each, descending
     * @param logWeight ln of the posterior weights
     * @param dead how many of the first points died while others took their place; ends of a run say nothing
     */
    public static Optional<PhaseTransition> of(double[] logL, double[] logVolume, double[] logWeight, int dead) {
        int first = 0;
        while (first < dead && logL[first] == Double.NEGATIVE_INFINITY) {
            first++;
        }
        int[] hull = hull(logL, logVolume, first, dead);
        int valley = -1;
        int left = 0;
        int right = 0;
        double depth = LEAST_DEPTH;
        for (int h = 1; h < hull.length; h++) {
            int a = hull[h - 1];
            int b = hull[h];
            double slope = (logL[b] - logL[a]) / (logVolume[a] - logVolume[b]);
            for (int i = a + 1; i < b && slope > 0; i++) {
                double below = (logVolume[a] - logVolume[i]) - (logL[i] - logL[a]) / slope;
                if (below > depth) {
                    depth = below;
                    valley = i;
                    left = a;
                    right = b;
                }
            }
        }
        if (valley < 0) {
            return Optional.empty();
        }
        double narrow = 0;
        for (int i = valley; i < logWeight.length; i++) {
            narrow += Math.exp(logWeight[i]);
        }
        return narrow < LEAST_WEIGHT
                ? Optional.empty()
                : Optional.of(new PhaseTransition(depth, logVolume[left], logVolume[right], narrow));
    }

    /** The points on the upper concave hull of ln L over {@code -ln X}. */
    private static int[] hull(double[] logL, double[] logVolume, int from, int to) {
        int[] hull = new int[Math.max(0, to - from)];
        int size = 0;
        for (int i = from; i < to; i++) {
            while (size >= 2 && above(logL, logVolume, hull[size - 2], hull[size - 1], i) <= 0) {
                size--;
            }
            hull[size++] = i;
        }
        return Arrays.copyOf(hull, size);
    }

    /** Positive if b lies above the line from a to c. */
    private static double above(double[] logL, double[] logVolume, int a, int b, int c) {
        return (logL[b] - logL[a]) * (logVolume[a] - logVolume[c])
                - (logL[c] - logL[a]) * (logVolume[a] - logVolume[b]);
    }
}
