package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import org.unblend.math.Parallel;

/**
 * A half-step for weighted Normal data, {@code sum V (x - a^T b)^2 / 2}: the Gram matrix and the right-hand side of every
 * column are summed from the tiles, and {@link LaneSolver} lowers the quadratic. Cost per entry: r (r+3) / 2
 * multiplications.
 */
final class WeightedStep implements HalfStep {
    /** Columns of a block. */
    static final int BLOCK = 512;

    private static final int SWEEPS = 5;

    private final Tiles tiles;
    private final List<Component> components;
    private final Parallel parallel;
    private final double halfSquare;

    WeightedStep(Tiles tiles, List<Component> components, double halfSquare, Parallel parallel) {
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
        parallel.forRanges(blocks.length, 1, (block, end) -> {
            Tiles.Tile tile = blocks[block];
            LaneSolver lanes = new LaneSolver(components, tile.length());
            for (int k = 0; k < moved.length; k++) {
                System.arraycopy(moved[k], tile.from(), lanes.b[k], 0, tile.length());
            }
            for (int g = 0; g < tile.low().length; g++) {
                if (tile.high()[g] > tile.low()[g]) {
                    lanes.accumulate(held, 4 * g, tile.v(), tile.vx(), tile.low()[g], tile.high()[g]);
                }
            }
            lanes.prepare();
            if (look) {
                movements[block] = lanes.movements();
            }
            for (int s = 0; s < SWEEPS; s++) {
                lanes.sweep();
            }
            losses[block] = price ? lanes.value() : Double.NaN;
            for (int k = 0; k < moved.length; k++) {
                System.arraycopy(lanes.b[k], 0, moved[k], tile.from(), tile.length());
            }
        });
        return new Outcome(halfSquare + Arrays.stream(losses).sum(), look ? GramStep.worst(movements) : Double.NaN);
    }
}
