package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.Dense;
import org.unblend.math.Sparse;

/**
 * The data that each entry of a factor has to do with, one list per entry. Of counts those above 0 alone are listed, since the
 * others enter through sums.
 *
 * @param place {@code [p]} lists of columns of the other factor
 * @param x the data there
 * @param v their weights; null if all are 1
 * @param missing {@code [p]} lists of the columns of missing counts; null if none is, and for other noise
 */
record Seen(int[][] place, double[][] x, double[][] v, int[][] missing) {

    /** @param ofW of the entries of W, features; otherwise of H, samples */
    static Seen of(FactorForm form, boolean ofW) {
        return form.isSparse() ? ofCounts((Sparse) form.x(), ofW) : ofAll(form, ofW);
    }

    private static Seen ofCounts(Sparse counts, boolean ofW) {
        Sparse x = (ofW ? counts : counts.transpose()).withoutZeros();
        int[][] place = new int[x.rows()][];
        double[][] value = new double[x.rows()][];
        for (int p = 0; p < place.length; p++) {
            place[p] = Arrays.copyOfRange(x.column(), x.start()[p], x.start()[p + 1]);
            value[p] = Arrays.copyOfRange(x.value(), x.start()[p], x.start()[p + 1]);
        }
        return new Seen(place, value, null, null);
    }

    private static Seen ofAll(FactorForm form, boolean ofW) {
        Dense x = form.x().dense();
        Dense weights = form.weights().orElseThrow();
        boolean counts = form.noise() == Noise.POISSON;
        int n = ofW ? x.rows() : x.columns();
        int m = ofW ? x.columns() : x.rows();
        int[][] place = new int[n][];
        double[][] value = new double[n][];
        double[][] weight = new double[n][];
        int[][] missing = new int[n][];
        boolean complete = true;
        int[] listed = new int[m];
        int[] gaps = new int[m];
        for (int p = 0; p < n; p++) {
            int some = 0;
            int none = 0;
            for (int q = 0; q < m; q++) {
                if (weights.get(ofW ? p : q, ofW ? q : p) == 0) {
                    gaps[none++] = q;
                } else if (!counts || x.get(ofW ? p : q, ofW ? q : p) > 0) {
                    listed[some++] = q;
                }
            }
            complete &= none == 0;
            place[p] = Arrays.copyOf(listed, some);
            missing[p] = Arrays.copyOf(gaps, none);
            value[p] = new double[some];
            weight[p] = new double[some];
            for (int e = 0; e < some; e++) {
                value[p][e] = x.get(ofW ? p : listed[e], ofW ? listed[e] : p);
                weight[p][e] = weights.get(ofW ? p : listed[e], ofW ? listed[e] : p);
            }
        }
        return new Seen(place, value, counts ? null : weight, complete || !counts ? null : missing);
    }
}
