package org.unblend.diagnose;

import java.util.ArrayList;
import java.util.List;
import org.unblend.math.Dense;

/**
 * Components that a factorisation could do without.
 *
 * @param dead components, from 0, that contribute nothing: their column of W or their row of H is zero
 * @param duplicates pairs of components, from 0, whose columns of W are parallel within the tolerance
 */
public record Redundancy(List<Integer> dead, List<Pair> duplicates) {

    /** Two components with the cosine of their profiles. */
    public record Pair(int first, int second, double cosine) {}

    public Redundancy {
        dead = List.copyOf(dead);
        duplicates = List.copyOf(duplicates);
    }

    /**
     * Looks for dead and duplicated components.
     *
     * @param w {@code [features x components]}
     * @param h {@code [components x samples]}
     * @param share a component is dead if its part of the sum of all entries of W H is below this, such as 1e-6
     * @param cosine two components are duplicates above this, such as 0.99
     */
    public static Redundancy of(Dense w, Dense h, double share, double cosine) {
        int r = w.columns();
        double[] part = new double[r];
        double total = 0;
        for (int k = 0; k < r; k++) {
            double ofW = 0;
            for (int i = 0; i < w.rows(); i++) {
                ofW += w.get(i, k);
            }
            double ofH = 0;
            for (double v : h.row(k)) {
                ofH += v;
            }
            part[k] = ofW * ofH;
            total += part[k];
        }
        List<Integer> dead = new ArrayList<>();
        for (int k = 0; k < r; k++) {
            if (!(part[k] > share * total)) {
                dead.add(k);
            }
        }
        List<Pair> duplicates = new ArrayList<>();
        double[][] similar = Alignment.cosines(w, w);
        for (int k = 0; k < r; k++) {
            for (int l = k + 1; l < r; l++) {
                if (similar[k][l] > cosine && !dead.contains(k) && !dead.contains(l)) {
                    duplicates.add(new Pair(k, l, similar[k][l]));
                }
            }
        }
        return new Redundancy(dead, duplicates);
    }
}
