package org.unblend.radiative;

import java.util.Arrays;

/** Collisional rates among the levels at one point, in both directions. A workspace: filled anew for each point. */
final class CollisionMatrix {
    private final OneZone zone;
    private final int n;
    private double tkin;

    /** Rates [s^-1] from level j to level i at {@code [i x j]}. */
    final double[] rates;

    /** Sum of the rates out of each level [s^-1]. */
    final double[] out;

    /** Statistical weight times Boltzmann factor of each level, relative to the lowest energy. */
    final double[] boltzmann;

    CollisionMatrix(OneZone zone) {
        this.zone = zone;
        n = zone.levels;
        rates = new double[n * n];
        out = new double[n];
        boltzmann = new double[n];
    }

    /** Starts a new point. */
    void clear(double tkin) {
        this.tkin = tkin;
        Arrays.fill(rates, 0);
    }

    /** Adds the downward collisions with one partner. */
    void add(CollisionRates table, double density) {
        table.addDownward(tkin, density, rates, n);
    }

    /** Completes the matrix by detailed balance: every rate that a table gives brings its reverse. */
    void complete() {
        for (int i = 0; i < n; i++) {
            boltzmann[i] = zone.weight[i] * Math.exp(-Constants.HC_K / tkin * zone.energy[i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double down = rates[i * n + j];
                double up = rates[j * n + i];
                if (down > 0) {
                    rates[j * n + i] += down * ratio(j, i);
                }
                // Tables number levels by energy but for a few close pairs.
                if (up > 0) {
                    rates[i * n + j] += up * ratio(i, j);
                }
            }
        }
        Arrays.fill(out, 0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out[j] += rates[i * n + j];
            }
        }
    }

    /** Population of level i over that of level j in thermal equilibrium. */
    double ratio(int i, int j) {
        // Where both exponentials would underflow, their quotient need not.
        return boltzmann[j] > 1e-280
                ? boltzmann[i] / boltzmann[j]
                : zone.weight[i] / zone.weight[j] * Math.exp(Constants.HC_K / tkin * (zone.energy[j] - zone.energy[i]));
    }
}
