package org.unblend.nested.refine;

import java.util.List;

/**
 * Coordinates in which bent ridges are straight: {@code y_i = z_i - g_i(those before it)}, where {@code g_i} is a polynomial
 * of degree two in the coordinates that come before i. The map is triangular with unit diagonal, so it keeps volumes and its
 * inverse needs no solver (the simplest transport map of Marzouk, Moselhy, Parno and Spantini 2016, arXiv:1602.05023).
 * Immutable; {@link BendFit} finds one.
 *
 * @param order coordinates in the order in which they are taken
 * @param centre of the coordinates, {@code [d]}
 * @param scale of the coordinates, {@code [d]}, positive
 * @param terms of the polynomial of each coordinate; none: it stays
 */
record Bend(int[] order, double[] centre, double[] scale, List<List<Term>> terms) {
    /** Polynomials do not go on beyond so many standard deviations: a point far out must not be thrown farther. */
    private static final double FAR = 6;

    /** No coordinate. */
    static final int NONE = -1;

    /**
     * A coefficient times a product of standardised coordinates.
     *
     * @param a coordinate, or {@link #NONE}
     * @param b coordinate, or {@link #NONE}
     */
    record Term(int a, int b, double coefficient) {}

    /** Straightens {@code z[at...]} in place. */
    void straighten(double[] z, int at) {
        // From the last: what comes before a coordinate must still be bent.
        for (int k = order.length - 1; k > 0; k--) {
            z[at + order[k]] -= polynomial(order[k], z, at);
        }
    }

    /** Undoes {@link #straighten}. */
    void bend(double[] y, int at) {
        for (int k = 1; k < order.length; k++) {
            y[at + order[k]] += polynomial(order[k], y, at);
        }
    }

    private double polynomial(int i, double[] z, int at) {
        double sum = 0;
        for (Term t : terms.get(i)) {
            sum += t.coefficient * standard(t.a, z, at) * standard(t.b, z, at);
        }
        return sum;
    }

    private double standard(int i, double[] z, int at) {
        return i == NONE ? 1 : standard(z[at + i], centre[i], scale[i]);
    }

    /** The coordinate in standard deviations from the centre, cut off far out. */
    static double standard(double z, double centre, double scale) {
        return Math.max(-FAR, Math.min(FAR, (z - centre) / scale));
    }
}
