package org.unblend.chemistry.reduce;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.unblend.chemistry.Budget;
import org.unblend.chemistry.Reaction;

/**
 * How much targets depend on each species and reaction: the directed relation graph with error propagation (Pepiot-Desjardins
 * &amp; Pitsch 2008, Combustion and Flame 154, 67). The direct dependence of A on B is |sum of A's rates over processes with B|
 * over the larger of A's production and consumption; a species' importance is the largest product along any path from a
 * target; a reaction's is the largest of importance(A) x (its share of A's turnover). All are maxima over samples.
 */
final class Importance {
    private final double[] species;
    private final Map<Reaction, Double> reactions = new IdentityHashMap<>();

    Importance(int count) {
        species = new double[count];
    }

    /** Adds a sample: the processes in one state. */
    void add(List<Budget.Entry> entries, int[] targets) {
        int n = species.length;
        double[] made = new double[n];
        double[] lost = new double[n];
        double[][] direct = new double[n][n];
        for (Budget.Entry e : entries) {
            for (int a = 0; a < n; a++) {
                double w = e.change()[a] * e.rate();
                if (w == 0) {
                    continue;
                }
                if (w > 0) {
                    made[a] += w;
                } else {
                    lost[a] -= w;
                }
                for (int b = 0; b < n; b++) {
                    if (b != a && e.change()[b] != 0) {
                        direct[a][b] += w;
                    }
                }
            }
        }
        double[] turnover = new double[n];
        for (int a = 0; a < n; a++) {
            turnover[a] = Math.max(Math.max(made[a], lost[a]), 1e-300);
            for (int b = 0; b < n; b++) {
                direct[a][b] = Math.min(1, Math.abs(direct[a][b]) / turnover[a]);
            }
        }
        double[] reach = new double[n];
        Arrays.stream(targets).forEach(t -> reach[t] = 1);
        boolean[] done = new boolean[n];
        for (int k = 0; k < n; k++) {
            int best = -1;
            for (int a = 0; a < n; a++) {
                if (!done[a] && (best < 0 || reach[a] > reach[best])) {
                    best = a;
                }
            }
            done[best] = true;
            for (int b = 0; b < n; b++) {
                reach[b] = Math.max(reach[b], reach[best] * direct[best][b]);
            }
        }
        for (int a = 0; a < n; a++) {
            species[a] = Math.max(species[a], reach[a]);
        }
        for (Budget.Entry e : entries) {
            if (e.reaction() != null) {
                double most = 0;
                for (int a = 0; a < n; a++) {
                    most = Math.max(most, reach[a] * Math.abs(e.change()[a] * e.rate()) / turnover[a]);
                }
                reactions.merge(e.reaction(), most, Math::max);
            }
        }
    }

    double ofSpecies(int i) {
        return species[i];
    }

    double ofReaction(Reaction r) {
        return reactions.getOrDefault(r, 0.0);
    }
}
