package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.Sparse;

/**
 * The two published multiplicative updates for weighted Normal data with negative entries, H before W (Green and Bailey
 * 2024, arXiv:2311.04855). With {@code N = a (V X)} and {@code D = a (V (W H))}:
 *
 * <ul>
 *   <li>Shift-NMF (equations 7 and 8): {@code b <- b (N + y a V) / (D + y a V)} with a shift y that makes the data
 *       non-negative;
 *   <li>Nearly-NMF (equations 18 and 19): {@code b <- b max(N, 0) / (D + max(-N, 0))}.
 * </ul>
 *
 * <p>Like the authors' program it replaces entries that are not finite by 1e-6. The objective never increases. Nearly-NMF
 * sets entries to zero that never return, so its limit need not satisfy the KKT conditions; weighted-cd has no such limit.
 */
public final class NegativeData extends Descent {
    private static final double REVIVED = 1e-6;

    private final boolean nearly;
    private final OptionalDouble shift;

    private NegativeData(boolean nearly, OptionalDouble shift) {
        this.nearly = nearly;
        this.shift = shift;
    }

    /** Shift-NMF with the smallest shift that makes the observed data non-negative. */
    public static NegativeData shift() {
        return new NegativeData(false, OptionalDouble.empty());
    }

    /**
     * Shift-NMF with a given shift; larger shifts converge more slowly.
     *
     * @param shift at least minus the smallest observed entry
     */
    public static NegativeData shift(double shift) {
        return new NegativeData(false, OptionalDouble.of(shift));
    }

    /** Nearly-NMF. */
    public static NegativeData nearly() {
        return new NegativeData(true, OptionalDouble.empty());
    }

    @Override
    public String name() {
        return nearly ? "nearly-nmf" : "shift-nmf";
    }

    @Override
    public boolean fills(FactorProblem problem) {
        return problem.x() instanceof Sparse;
    }

    @Override
    public Optional<String> refusal(FactorProblem problem) {
        if (problem.loss().beta() != 2) {
            return Optional.of("it needs Normal noise, not " + problem.loss().noise());
        }
        if (!problem.isUnpenalised()) {
            return Optional.of("it knows flat priors only");
        }
        return shift.isPresent() && shift.getAsDouble() < smallestShift(problem)
                ? Optional.of("the shift " + shift.getAsDouble() + " leaves negative data; it must be at least "
                        + smallestShift(problem))
                : Optional.empty();
    }

    private static double smallestShift(FactorProblem problem) {
        double smallest = 0;
        for (double[] row : problem.x().dense().array()) {
            for (double v : row) {
                smallest = Math.min(smallest, v);
            }
        }
        return -smallest;
    }

    @Override
    Run begin(FactorProblem problem, Factors start, Parallel parallel) {
        double[][] x = problem.x().dense().array();
        double[][] v = problem.weights().map(Dense::array).orElseGet(() -> WeightedDescent.ones(x));
        int[] rows = IntStream.range(0, x.length).toArray();
        int[] columns = IntStream.range(0, x[0].length).toArray();
        Tiles forH = Tiles.pack(x, v, rows, columns, WeightedStep.BLOCK, parallel);
        Tiles forW = Tiles.pack(
                Dense.of(x).transpose().array(),
                Dense.of(v).transpose().array(),
                columns,
                rows,
                WeightedStep.BLOCK,
                parallel);
        double y = shift.orElse(smallestShift(problem));
        return new Evaluated(problem, start, parallel) {
            @Override
            void move() {
                update(forH, w, h, problem.h(), y, parallel);
                update(forW, h, w, problem.w(), y, parallel);
            }
        };
    }

    private void update(
            Tiles tiles, double[][] held, double[][] moved, List<Component> components, double y, Parallel parallel) {
        Tiles.Tile[] blocks = tiles.blocks();
        int r = held.length;
        parallel.forRanges(blocks.length, 1, (block, end) -> {
            Tiles.Tile tile = blocks[block];
            int length = tile.length();
            double[][] b = new double[r][];
            for (int k = 0; k < r; k++) {
                b[k] = Arrays.copyOfRange(moved[k], tile.from(), tile.from() + length);
            }
            double[][] numerator = new double[r][length];
            double[][] denominator = new double[r][length];
            double[][] shifted = new double[r][length];
            tile.multiply(held, tile.vx(), numerator);
            tile.multiplyMeans(held, b, denominator);
            if (!nearly) {
                tile.multiply(held, tile.v(), shifted);
            }
            for (int k = 0; k < r; k++) {
                for (int j = 0; !components.get(k).fixed() && j < length; j++) {
                    double n = numerator[k][j];
                    double up = nearly ? Math.max(n, 0) : n + y * shifted[k][j];
                    double down = denominator[k][j] + (nearly ? Math.max(-n, 0) : y * shifted[k][j]);
                    double to = b[k][j] * (up / down);
                    moved[k][tile.from() + j] = Double.isFinite(to) ? to : REVIVED;
                }
            }
        });
    }
}
