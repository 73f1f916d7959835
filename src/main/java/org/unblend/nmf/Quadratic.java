package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;

/**
 * A quadratic in the columns b of a block, given by weights V and the weighted residual R of its rows:
 * {@code sum_i V_i (step_i)^2 / 2 - R_i step_i} with {@code step = a^T (change of b)}. Exact coordinate descent moves one
 * component after the other by {@code sum_i a_ki R_i / sum_i a_ki^2 V_i} and lets R follow. Cost per entry: r
 * multiplications to set up and 2 r per sweep.
 */
final class Quadratic {
    private final Tiles.Tile tile;
    private final double[][] held;
    private final double[][] residual;
    private final List<Component> components;
    private final double[][] curvature;
    private final double[] slope;
    private final double[] step;

    /**
     * @param tile weights, of which the weighted data are not used
     * @param held {@code [r x m]}
     * @param residual {@code [rows of the tile x length]}, modified by sweeps
     */
    Quadratic(Tiles.Tile tile, double[][] held, double[][] residual, List<Component> components) {
        this.tile = tile;
        this.held = held;
        this.residual = residual;
        this.components = components;
        curvature = new double[held.length][tile.length()];
        slope = new double[tile.length()];
        step = new double[tile.length()];
        double[] squares = new double[tile.v().length];
        for (int k = 0; k < held.length; k++) {
            for (int i = 0; i < held[k].length; i++) {
                squares[i] = held[k][i] * held[k][i];
            }
            tile.weigh(squares, tile.v(), curvature[k]);
        }
    }

    /** One sweep over the components of b; returns the change of the quadratic. */
    double sweep(double[][] b) {
        double change = 0;
        for (int k = 0; k < b.length; k++) {
            if (!components.get(k).fixed()) {
                Arrays.fill(slope, 0);
                tile.weigh(held[k], residual, slope);
                change += settle(components.get(k).penalty(), curvature[k], b[k]);
                follow(held[k]);
            }
        }
        return change;
    }

    /** The movement of each component if each entry alone went to its minimum. */
    Optimality.Movement[] movements(double[][] b) {
        Optimality.Movement[] out = new Optimality.Movement[b.length];
        for (int k = 0; k < b.length; k++) {
            out[k] = new Optimality.Movement();
            if (components.get(k).fixed()) {
                continue;
            }
            Arrays.fill(slope, 0);
            tile.weigh(held[k], residual, slope);
            Penalty penalty = components.get(k).penalty();
            for (int j = 0; j < slope.length; j++) {
                double x = b[k][j];
                out[k].add(x, penalty.minimiser(curvature[k][j], Math.fma(curvature[k][j], x, slope[j]), x));
            }
        }
        return out;
    }

    private double settle(Penalty penalty, double[] c, double[] b) {
        double change = 0;
        for (int j = 0; j < b.length; j++) {
            double to = penalty.minimiser(c[j], Math.fma(c[j], b[j], slope[j]), b[j]);
            step[j] = to - b[j];
            change += step[j] * (0.5 * c[j] * step[j] - slope[j]);
            b[j] = to;
        }
        return change;
    }

    /** {@code R_i -= V_i a_i step}. */
    private void follow(double[] a) {
        for (int i = 0; i < a.length; i++) {
            int low = tile.low()[i / 4];
            int high = tile.high()[i / 4];
            double c = -a[i];
            double[] v = tile.v()[i];
            double[] out = residual[i];
            double[] s = step;
            for (int j = low; j < high; j++) {
                out[j] = Math.fma(c * v[j], s[j], out[j]);
            }
        }
    }
}
