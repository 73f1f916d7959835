package org.unblend.mcmc.factor;

import org.unblend.math.Dense;

/**
 * The data as the moves of one factor see them: the entries of that factor run along the columns.
 *
 * @param x {@code [q x p]}, where p counts the entries of a component of the factor that moves and q those of the other
 * @param v weights, {@code [q x p]}, 0 where missing
 * @param across {@code [p x q]}, the same data the other way round
 */
record Orientation(double[][] x, double[][] v, double[][] across) {

    /** For moves of H: features x samples. */
    static Orientation ofSamples(Dense x, Dense v) {
        return new Orientation(x.array(), v.array(), x.transpose().array());
    }

    /** For moves of W: samples x features. */
    static Orientation ofFeatures(Dense x, Dense v) {
        return new Orientation(x.transpose().array(), v.transpose().array(), x.array());
    }

    int rows() {
        return x.length;
    }

    int columns() {
        return x[0].length;
    }
}
