package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;

/**
 * A half-step for Poisson and Gamma noise on dense data: the quadratic model of {@link Scaled} at the present means.
 *
 * <p>The objective of a column is certain not to rise. With d = p - q, {@code ln(p/q)} is never below
 * {@code 2 d / (p+q) + (d^3 - |d|^3) / (4 p q (p+q))} and never above the same with {@code + |d|^3}; the error is of third
 * order in d, so good steps pass, and no logarithm is taken. A column whose bound on the rise is above zero halves its step,
 * which leads downhill, up to {@value #HALVINGS} times; then it takes the step of {@link Majoriser} from its old place. That
 * one alone would not do: it never leaves a zero.
 */
final class ScoringStep implements HalfStep {
    /** Columns of a block: means, residuals and curvatures of a typical block stay in the second-level cache. */
    static final int BLOCK = 256;

    /** How often a step is halved before it is given up. */
    static final int HALVINGS = 6;

    /** Added to means, so that ratios of vanishing means exist. */
    private static final double TINY = 1e-90;

    private final Tiles tiles;
    private final Loss loss;
    private final List<Component> components;
    private final Parallel parallel;
    private final int sweeps;
    private final double constant;
    private final double[] rowWeights;

    ScoringStep(Tiles tiles, Loss loss, List<Component> components, int sweeps, Parallel parallel) {
        this.tiles = tiles;
        this.loss = loss;
        this.components = components;
        this.sweeps = sweeps;
        this.parallel = parallel;
        int blocks = tiles.blocks().length;
        double[][] constants = new double[blocks][tiles.m()];
        double[][] weights = new double[blocks][tiles.m()];
        parallel.forRanges(blocks, 1, (block, end) -> {
            Tiles.Tile tile = tiles.blocks()[block];
            for (int i = 0; i < tiles.m(); i++) {
                constants[block][i] = constant(tile.v()[i], tile.vx()[i]);
                weights[block][i] = Rows.sum(tile.v()[i], 0, tile.length());
            }
        });
        double sum = 0;
        rowWeights = new double[tiles.m()];
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < rowWeights.length; i++) {
                sum += constants[block][i];
                rowWeights[i] += weights[block][i];
            }
        }
        constant = sum;
    }

    private double constant(double[] v, double[] vx) {
        double sum = 0;
        for (int j = 0; j < v.length; j++) {
            if (vx[j] > 0) {
                double log = Math.log(vx[j] / v[j]);
                sum += loss.beta() == 1 ? vx[j] * (log - 1) : -v[j] * (log + 1);
            }
        }
        return sum;
    }

    @Override
    public Outcome improve(double[][] held, double[][] moved, boolean price, boolean look) {
        Tiles.Tile[] blocks = tiles.blocks();
        // The curvature that a typical column has.
        double[][] correlation = Scaled.correlation(held, Scaled.typical(held, moved), rowWeights, loss.beta() - 2);
        double[] losses = new double[blocks.length];
        Optimality.Movement[][] movements = new Optimality.Movement[blocks.length][];
        parallel.forRanges(blocks.length, 1, (block, end) -> {
            Tiles.Tile tile = blocks[block];
            double[][] b = new double[moved.length][];
            for (int k = 0; k < b.length; k++) {
                b[k] = Arrays.copyOfRange(moved[k], tile.from(), tile.from() + tile.length());
            }
            losses[block] = lower(tile, correlation, held, b, price, look, block, movements);
            for (int k = 0; k < b.length; k++) {
                System.arraycopy(b[k], 0, moved[k], tile.from(), tile.length());
            }
        });
        return new Outcome(
                loss.factor() * (constant + Arrays.stream(losses).sum()),
                look ? GramStep.worst(movements) : Double.NaN);
    }

    private double lower(
            Tiles.Tile tile,
            double[][] correlation,
            double[][] held,
            double[][] b,
            boolean price,
            boolean look,
            int block,
            Optimality.Movement[][] movements) {
        int rows = tile.v().length;
        int length = tile.length();
        double[][] mean = new double[rows][length];
        double[][] residual = new double[rows][length];
        double[][] curvature = new double[rows][length];
        tile.means(held, b, mean);
        model(tile, mean, residual, curvature);
        Scaled scaled = new Scaled(components, tile, held, residual, curvature, b);
        if (look) {
            movements[block] = scaled.movements(b);
        }
        double[][] old = new double[b.length][];
        for (int k = 0; k < b.length; k++) {
            old[k] = b[k].clone();
        }
        scaled.lower(correlation, b, sweeps);
        double[][] after = residual;
        tile.means(held, b, after);
        double[] change = change(tile, mean, after);
        int[] refused = rising(IntStream.range(0, length).toArray(), change, old, b);
        for (int t = 0; t < HALVINGS && refused.length > 0; t++) {
            halve(mean, after, refused);
            halve(old, b, refused);
            change(tile, mean, after, refused, change);
            refused = rising(refused, change, old, b);
        }
        if (refused.length > 0) {
            for (double[] row : b) {
                for (int j : refused) {
                    row[j] = Double.NaN;
                }
            }
            majorise(tile, held, mean, old, b);
        }
        if (!price) {
            return Double.NaN;
        }
        if (refused.length > 0) {
            tile.means(held, b, after);
        }
        return logs(tile, after);
    }

    /** Those of some columns whose objective may rise. */
    private int[] rising(int[] columns, double[] change, double[][] old, double[][] b) {
        return Arrays.stream(columns)
                .filter(j -> {
                    double rise = loss.factor() * change[j];
                    for (int k = 0; k < b.length; k++) {
                        rise += components.get(k).penalty().change(old[k][j], b[k][j]);
                    }
                    return !(rise <= 0);
                })
                .toArray();
    }

    private static void halve(double[][] from, double[][] to, int[] columns) {
        for (int i = 0; i < from.length; i++) {
            for (int j : columns) {
                to[i][j] = from[i][j] + 0.5 * (to[i][j] - from[i][j]);
            }
        }
    }

    /** {@link #change(Tiles.Tile, double[][], double[][])} of some columns. */
    private void change(Tiles.Tile tile, double[][] before, double[][] after, int[] columns, double[] out) {
        for (int j : columns) {
            out[j] = 0;
        }
        for (int i = 0; i < before.length; i++) {
            double[] v = tile.v()[i];
            double[] vx = tile.vx()[i];
            for (int j : columns) {
                if (v[j] > 0) {
                    double q = before[i][j] + TINY;
                    double p = after[i][j] + TINY;
                    double d = p - q;
                    double pq = p * q;
                    double sign = loss.beta() == 1 ? -Math.abs(d) : Math.abs(d);
                    double bound = (2 * pq + 0.25 * d * (d + sign)) / (pq * (p + q));
                    out[j] += loss.beta() == 1 ? d * (v[j] - vx[j] * bound) : d * (v[j] * bound - vx[j] / pq);
                }
            }
        }
    }

    /** Residual and curvature of the model at the means, over the factor of the loss. */
    private void model(Tiles.Tile tile, double[][] mean, double[][] residual, double[][] curvature) {
        boolean poisson = loss.beta() == 1;
        double scale = loss.factor();
        for (int i = 0; i < mean.length; i++) {
            double[] v = tile.v()[i];
            double[] vx = tile.vx()[i];
            double[] m = mean[i];
            double[] r = residual[i];
            double[] c = curvature[i];
            int low = tile.low()[i / 4];
            int high = tile.high()[i / 4];
            if (poisson) {
                for (int j = low; j < high; j++) {
                    double inverse = 1 / (m[j] + TINY);
                    double ratio = scale * vx[j] * inverse;
                    r[j] = ratio - scale * v[j];
                    c[j] = ratio * inverse;
                }
            } else {
                for (int j = low; j < high; j++) {
                    double inverse = 1 / (m[j] + TINY);
                    r[j] = scale * (vx[j] * inverse - v[j]) * inverse;
                    c[j] = scale * v[j] * inverse * inverse;
                }
            }
        }
    }

    /** An upper bound of the change of the loss of each column, less its factor. */
    private double[] change(Tiles.Tile tile, double[][] before, double[][] after) {
        double[] out = new double[tile.length()];
        boolean poisson = loss.beta() == 1;
        for (int i = 0; i < before.length; i++) {
            double[] v = tile.v()[i];
            double[] vx = tile.vx()[i];
            double[] old = before[i];
            double[] now = after[i];
            int low = tile.low()[i / 4];
            int high = tile.high()[i / 4];
            if (poisson) {
                for (int j = low; j < high; j++) {
                    double q = old[j] + TINY;
                    double p = now[j] + TINY;
                    double d = p - q;
                    double pq = p * q;
                    double below = (2 * pq + 0.25 * d * (d - Math.abs(d))) / (pq * (p + q));
                    out[j] += d * (v[j] - vx[j] * below);
                }
            } else {
                for (int j = low; j < high; j++) {
                    double q = old[j] + TINY;
                    double p = now[j] + TINY;
                    double d = p - q;
                    double pq = p * q;
                    double above = (2 * pq + 0.25 * d * (d + Math.abs(d))) / (pq * (p + q));
                    out[j] += d * (v[j] * above - vx[j] / pq);
                }
            }
        }
        return out;
    }

    /** Fills the columns of b that are not numbers. */
    private void majorise(Tiles.Tile tile, double[][] held, double[][] mean, double[][] old, double[][] b) {
        double[][] up = new double[mean.length][tile.length()];
        double[][] down = loss.beta() == 1 ? tile.v() : new double[mean.length][tile.length()];
        for (int i = 0; i < mean.length; i++) {
            for (int j = tile.low()[i / 4]; j < tile.high()[i / 4]; j++) {
                double inverse = 1 / (mean[i][j] + TINY);
                up[i][j] = tile.vx()[i][j] * (loss.beta() == 1 ? inverse : inverse * inverse);
                if (loss.beta() != 1) {
                    down[i][j] = tile.v()[i][j] * inverse;
                }
            }
        }
        double[] numerator = new double[tile.length()];
        double[] denominator = new double[tile.length()];
        for (int k = 0; k < b.length; k++) {
            Arrays.fill(numerator, 0);
            Arrays.fill(denominator, 0);
            tile.weigh(held[k], up, numerator);
            tile.weigh(held[k], down, denominator);
            for (int j = 0; j < numerator.length; j++) {
                if (Double.isNaN(b[k][j])) {
                    b[k][j] = components.get(k).fixed()
                            ? old[k][j]
                            : Majoriser.step(
                                    loss.beta(),
                                    components.get(k).penalty(),
                                    old[k][j],
                                    loss.factor() * numerator[j],
                                    loss.factor() * denominator[j]);
                }
            }
        }
    }

    /** The loss at the means less constant and factor. */
    private double logs(Tiles.Tile tile, double[][] mean) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            double[] v = tile.v()[i];
            double[] vx = tile.vx()[i];
            double[] m = mean[i];
            int low = tile.low()[i / 4];
            int high = tile.high()[i / 4];
            double row = 0;
            for (int j = low; j < high; j++) {
                if (v[j] > 0 && loss.beta() == 1) {
                    row += v[j] * m[j] - (vx[j] > 0 ? vx[j] * Math.log(m[j]) : 0);
                } else if (v[j] > 0) {
                    row += vx[j] / m[j] + v[j] * Math.log(m[j]);
                }
            }
            sum += row;
        }
        return sum;
    }
}
