package org.unblend.nested;

import java.util.Arrays;
import java.util.List;

/**
 * Where periodic coordinates are cut open, so that what is above the threshold is not cut in two: coordinates are turned
 * until the cut is at 0. Uniform points stay uniform.
 *
 * @param wrapped periodic coordinates
 * @param at the cut of each of them, 0 to 1
 */
record Cuts(List<Integer> wrapped, double[] at) {
    /** The smallest and the largest uniform numbers. */
    private static final double LEAST = 0x1p-53;

    /** Cuts at 0. */
    static Cuts none(List<Integer> wrapped) {
        return new Cuts(wrapped, new double[wrapped.size()]);
    }

    /**
     * Cuts in the middle of the largest gaps.
     *
     * @param u points, {@code [points x d]}
     */
    static Cuts between(double[] u, int d, List<Integer> wrapped) {
        double[] at = new double[wrapped.size()];
        for (int w = 0; w < at.length; w++) {
            int i = wrapped.get(w);
            double[] x = new double[u.length / d];
            Arrays.setAll(x, p -> u[p * d + i]);
            Arrays.sort(x);
            double last = x[x.length - 1] - 1;
            double widest = -1;
            for (double v : x) {
                if (v - last > widest) {
                    widest = v - last;
                    at[w] = (v + last) / 2;
                }
                last = v;
            }
            at[w] -= Math.floor(at[w]);
        }
        return new Cuts(wrapped, at);
    }

    /** Turns points so that the cuts are at 0; {@code u} is modified. */
    void turn(double[] u, int d) {
        turn(u, d, -1);
    }

    /** The opposite of {@link #turn}. */
    void turnBack(double[] u, int d) {
        turn(u, d, 1);
    }

    private void turn(double[] u, int d, int sign) {
        for (int w = 0; w < at.length; w++) {
            for (int i = wrapped.get(w); i < u.length; i += d) {
                double x = u[i] + sign * at[w];
                u[i] = Math.min(1 - LEAST, Math.max(LEAST, x - Math.floor(x)));
            }
        }
    }
}
