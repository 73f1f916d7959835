package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;

/**
 * A half-step for weighted Normal data that keeps the weighted residual {@code R = V (x - a^T b)} of a block instead of
 * Gram matrices, see {@link Quadratic}. Its cost is linear in the rank, so it wins at high rank.
 */
final class ResidualStep implements HalfStep {
    /** Columns of a block: residuals and weights of a typical block stay in the second-level cache. */
    static final int BLOCK = 128;

    private static final int SWEEPS = 2;

    private final Tiles tiles;
    private final List<Component> components;
    private final Parallel parallel;
    private final double halfSquare;

    ResidualStep(Tiles tiles, List<Component> components, double halfSquare, Parallel parallel) {
        this.tiles = tiles;
        this.components = components;
        this.halfSquare = halfSquare;
        this.parallel = parallel;
    }

    @Override
    public Outcome improve(double[][] held, double[][] moved, boolean price, boolean look) {
        Tiles.Tile[] blocks = tiles.blocks();
        double[] losses = new double[blocks.length];
        Optimality.Movement[][] movements = new Optimality.Movement[blocks.length][];
        parallel.forRanges(
                blocks.length,
                1,
                (block, end) -> losses[block] = block(blocks[block], held, moved, movements, block, look));
        return new Outcome(halfSquare + Arrays.stream(losses).sum(), look ? GramStep.worst(movements) : Double.NaN);
    }

    /** Returns the data term of the block without its constant. */
    private double block(
            Tiles.Tile tile,
            double[][] held,
            double[][] moved,
            Optimality.Movement[][] movements,
            int block,
            boolean look) {
        int r = moved.length;
        int length = tile.length();
        double[][] b = new double[r][];
        for (int k = 0; k < r; k++) {
            b[k] = Arrays.copyOfRange(moved[k], tile.from(), tile.from() + length);
        }
        double[] terms = new double[length];
        double[][] residual = residuals(tile, held, b, terms);
        double value = Rows.sum(terms, 0, length);
        Quadratic quadratic = new Quadratic(tile, held, residual, components);
        if (look) {
            movements[block] = quadratic.movements(b);
        }
        for (int s = 0; s < SWEEPS; s++) {
            value += quadratic.sweep(b);
        }
        for (int k = 0; k < r; k++) {
            System.arraycopy(b[k], 0, moved[k], tile.from(), length);
        }
        return value;
    }

    /** {@code V (x - a^T b)}; adds {@code sum_i -(mean_i) (vx_i + residual_i) / 2}, the data term less its constant. */
    private static double[][] residuals(Tiles.Tile tile, double[][] held, double[][] b, double[] terms) {
        double[][] residual = new double[tile.v().length][];
        double[] mean = new double[tile.length()];
        double[] share = new double[b.length];
        for (int i = 0; i < residual.length; i++) {
            int low = tile.low()[i / 4];
            int high = tile.high()[i / 4];
            residual[i] = tile.vx()[i].clone();
            if (low == high || i >= held[0].length) {
                continue;
            }
            for (int k = 0; k < b.length; k++) {
                share[k] = held[k][i];
            }
            Arrays.fill(mean, low, high, 0);
            Rows.combine(mean, low, high, share, b);
            double[] v = tile.v()[i];
            double[] vx = tile.vx()[i];
            double[] out = residual[i];
            for (int j = low; j < high; j++) {
                out[j] = Math.fma(-v[j], mean[j], vx[j]);
            }
            for (int j = low; j < high; j++) {
                terms[j] -= 0.5 * mean[j] * (vx[j] + out[j]);
            }
        }
        return residual;
    }
}
