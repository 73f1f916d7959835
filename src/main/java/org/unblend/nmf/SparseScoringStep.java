package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;

/**
 * The half-step of {@link ScoringStep} for sparse counts: only stored entries need a mean, as the loss is linear in the
 * means of the others. Cost per stored entry: 4 r multiplications, two divisions and a logarithm.
 */
final class SparseScoringStep implements HalfStep {
    private static final int BLOCK = 256;
    /** Added to means, so that ratios of vanishing means exist. */
    private static final double TINY = 1e-90;

    private final Sparse columns;
    private final Loss loss;
    private final List<Component> components;
    private final int sweeps;
    private final Parallel parallel;
    private final double constant;

    /**
     * @param columns the data transposed, {@code [n x m]}, so that its rows are the columns to fit
     * @param components priors of the moved factor
     */
    SparseScoringStep(Sparse columns, Loss loss, List<Component> components, int sweeps, Parallel parallel) {
        this.columns = columns;
        this.loss = loss;
        this.components = components;
        this.sweeps = sweeps;
        this.parallel = parallel;
        double sum = 0;
        for (double v : columns.value()) {
            sum += v > 0 ? v * (Math.log(v) - 1) : 0;
        }
        constant = sum;
    }

    @Override
    public Outcome improve(double[][] held, double[][] moved, boolean price, boolean look) {
        int r = held.length;
        double[] total = new double[r];
        for (int k = 0; k < r; k++) {
            total[k] = Rows.sum(held[k], 0, held[k].length);
        }
        double[] typical = Scaled.typical(held, moved);
        double[] ones = new double[typical.length];
        Arrays.fill(ones, 1);
        double[][] correlation = Scaled.correlation(held, typical, ones, -1);
        double[] packed = Products.byEntry(held, parallel);
        int blocks = (columns.rows() + BLOCK - 1) / BLOCK;
        double[] losses = new double[blocks];
        Optimality.Movement[][] movements = new Optimality.Movement[blocks][];
        parallel.forRanges(columns.rows(), BLOCK, (from, to) -> {
            Block block = new Block(packed, total, moved, from, to);
            Optimality.Movement[] movement = block.lower(correlation, price, look);
            movements[from / BLOCK] = movement;
            losses[from / BLOCK] = block.loss;
            for (int k = 0; k < r; k++) {
                System.arraycopy(block.b[k], 0, moved[k], from, to - from);
            }
        });
        return new Outcome(
                loss.factor() * (constant + Arrays.stream(losses).sum()),
                look ? GramStep.worst(movements) : Double.NaN);
    }

    /** Some columns being fitted. */
    private final class Block {
        private final double[] held;
        private final double[] total;
        private final int from;
        private final int length;
        private final int r;
        private final double[][] b;
        private final double[] entry;
        private double loss;

        Block(double[] held, double[] total, double[][] moved, int from, int to) {
            this.held = held;
            this.total = total;
            this.from = from;
            length = to - from;
            r = moved.length;
            b = new double[r][];
            for (int k = 0; k < r; k++) {
                b[k] = Arrays.copyOfRange(moved[k], from, to);
            }
            entry = new double[r];
        }

        Optimality.Movement[] lower(double[][] correlation, boolean price, boolean look) {
            double[] before = means();
            double[][] pull = new double[r][length];
            double[][] curvature = new double[r][length];
            double factor = SparseScoringStep.this.loss.factor();
            double[] slope = new double[r];
            double[] bend = new double[r];
            for (int j = 0; j < length; j++) {
                slopes(j, before, slope, bend);
                for (int k = 0; k < r; k++) {
                    pull[k][j] = factor * (slope[k] - total[k]);
                    curvature[k][j] = factor * bend[k];
                }
            }
            Scaled scaled = new Scaled(components, pull, curvature);
            scaled.complete(b);
            Optimality.Movement[] movements = look ? scaled.movements(b) : null;
            double[][] old = new double[r][];
            for (int k = 0; k < r; k++) {
                old[k] = b[k].clone();
            }
            scaled.lower(correlation, b, sweeps);
            double[] after = means();
            boolean refused = false;
            for (int j = 0; j < length; j++) {
                boolean rises = !(rise(j, old, before, after) <= 0);
                for (int t = 0; t < ScoringStep.HALVINGS && rises; t++) {
                    halve(j, old, before, after);
                    rises = !(rise(j, old, before, after) <= 0);
                }
                if (rises) {
                    refused = true;
                    slopes(j, before, slope, bend);
                    majorise(j, old, slope);
                }
            }
            loss = price ? logs(refused ? means() : after) : Double.NaN;
            return movements;
        }

        private int begin() {
            return columns.start()[from];
        }

        /** The mean of each stored entry of the block. */
        private double[] means() {
            double[] mean = new double[columns.start()[from + length] - begin()];
            for (int j = 0; j < length; j++) {
                for (int k = 0; k < r; k++) {
                    entry[k] = b[k][j];
                }
                for (int p = columns.start()[from + j]; p < columns.start()[from + j + 1]; p++) {
                    mean[p - begin()] = dot(held, columns.column()[p] * r, entry);
                }
            }
            return mean;
        }

        /** {@code sum x a / mu} and {@code sum x a^2 / mu^2} of one column. */
        private void slopes(int j, double[] mean, double[] slope, double[] bend) {
            Arrays.fill(slope, 0);
            Arrays.fill(bend, 0);
            for (int p = columns.start()[from + j]; p < columns.start()[from + j + 1]; p++) {
                double inverse = 1 / (mean[p - begin()] + TINY);
                double ratio = columns.value()[p] * inverse;
                int q = columns.column()[p] * r;
                for (int k = 0; k < slope.length; k++) {
                    double u = ratio * held[q + k];
                    slope[k] += u;
                    bend[k] = Math.fma(u, held[q + k] * inverse, bend[k]);
                }
            }
        }

        /** An upper bound of the change of the objective of one column, see {@link ScoringStep}. */
        private double rise(int j, double[][] old, double[] before, double[] after) {
            double change = 0;
            double penalties = 0;
            for (int k = 0; k < r; k++) {
                change += total[k] * (b[k][j] - old[k][j]);
                penalties += components.get(k).penalty().change(old[k][j], b[k][j]);
            }
            for (int p = columns.start()[from + j]; p < columns.start()[from + j + 1]; p++) {
                double y = before[p - begin()] + TINY;
                double z = after[p - begin()] + TINY;
                double d = z - y;
                double yz = y * z;
                change -= columns.value()[p] * d * (2 * yz + 0.25 * d * (d - Math.abs(d))) / (yz * (y + z));
            }
            return SparseScoringStep.this.loss.factor() * change + penalties;
        }

        /** Halves the step of one column. */
        private void halve(int j, double[][] old, double[] before, double[] after) {
            for (int k = 0; k < r; k++) {
                b[k][j] = old[k][j] + 0.5 * (b[k][j] - old[k][j]);
            }
            for (int p = columns.start()[from + j] - begin(); p < columns.start()[from + j + 1] - begin(); p++) {
                after[p] = before[p] + 0.5 * (after[p] - before[p]);
            }
        }

        private void majorise(int j, double[][] old, double[] slope) {
            double factor = SparseScoringStep.this.loss.factor();
            for (int k = 0; k < r; k++) {
                b[k][j] = components.get(k).fixed()
                        ? old[k][j]
                        : Majoriser.step(
                                1, components.get(k).penalty(), old[k][j], factor * slope[k], factor * total[k]);
            }
        }

        private double logs(double[] mean) {
            double sum = 0;
            for (int k = 0; k < r; k++) {
                sum += total[k] * Rows.sum(b[k], 0, length);
            }
            for (int p = 0; p < mean.length; p++) {
                double x = columns.value()[begin() + p];
                sum -= x > 0 ? x * Math.log(mean[p]) : 0;
            }
            return sum;
        }
    }

    private static double dot(double[] a, int q, double[] b) {
        double s0 = 0;
        double s1 = 0;
        int k = 0;
        for (; k + 2 <= b.length; k += 2) {
            s0 = Math.fma(a[q + k], b[k], s0);
            s1 = Math.fma(a[q + k + 1], b[k + 1], s1);
        }
        return k < b.length ? Math.fma(a[q + k], b[k], s0 + s1) : s0 + s1;
    }
}
