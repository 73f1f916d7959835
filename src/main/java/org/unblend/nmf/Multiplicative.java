package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;

/**
 * Multiplicative updates for any beta-divergence, W before H (Fevotte and Idier 2011, Neural Computation 23, 2421):
 *
 * <p>{@code b <- b (sum V x mu^(beta-2) a / (sum V mu^(beta-1) a + l1 + l2 b))^gamma} with gamma = 1/(2-beta) below 1,
 * 1/(beta-1) above 2, else 1. Means of zero under a negative power become 2^-23, entries below 2^-52 become zero in H for
 * beta at most 1 and in W for beta below 1, as in scikit-learn. An entry whose denominator is zero stays. The objective
 * never increases without l2 penalties and barriers; zeros stay zero, so the limit need not satisfy the KKT conditions.
 */
public final class Multiplicative extends Descent {
    private static final double SMALLEST_MEAN = 0x1p-23;
    private static final double SMALLEST_ENTRY = 0x1p-52;
    /** Rows whose means are held at a time. */
    private static final int CHUNK = 32;

    @Override
    public String name() {
        return "mu";
    }

    @Override
    public boolean fills(FactorProblem problem) {
        return problem.x() instanceof Sparse && problem.loss().beta() != 1;
    }

    @Override
    public Optional<String> refusal(FactorProblem problem) {
        if (problem.w().stream().anyMatch(c -> c.penalty().bend() > 0)
                || problem.h().stream().anyMatch(c -> c.penalty().bend() > 0)) {
            return Optional.of("it knows no log-normal priors");
        }
        if (problem.loss().beta() != 2) {
            return Optional.empty();
        }
        double[] values = problem.x() instanceof Sparse s ? s.value() : null;
        boolean negative = values != null
                ? Arrays.stream(values).anyMatch(v -> v < 0)
                : Arrays.stream(problem.x().dense().array())
                        .anyMatch(row -> Arrays.stream(row).anyMatch(v -> v < 0));
        return negative
                ? Optional.of("multiplicative updates need data of at least 0; nearly-nmf takes negative data")
                : Optional.empty();
    }

    @Override
    Run begin(FactorProblem problem, Factors start, Parallel parallel) {
        boolean sparse = problem.x() instanceof Sparse && problem.loss().beta() == 1;
        Matrix x = sparse ? problem.x() : problem.x().dense();
        Matrix transposed = x.transpose();
        Dense v = problem.weights().orElse(null);
        Dense vTransposed = v == null ? null : v.transpose();
        double beta = problem.loss().beta();
        return new Evaluated(problem, start, parallel) {
            @Override
            void move() {
                update(transposed, x, vTransposed, h, w, problem.w(), beta < 1);
                update(x, transposed, v, w, h, problem.h(), beta <= 1);
            }

            private void update(
                    Matrix data,
                    Matrix columns,
                    Dense weights,
                    double[][] held,
                    double[][] moved,
                    List<Component> components,
                    boolean cut) {
                Update update = new Update(problem.loss(), components, held, moved, cut ? smallest(moved) : 0);
                if (columns instanceof Sparse s) {
                    double[] packed = Products.byEntry(held, parallel);
                    parallel.forRanges(s.rows(), Products.BLOCK, (from, to) -> update.sparse(s, packed, from, to));
                } else {
                    double[][] rows = data.dense().array();
                    double[][] v = weights == null ? null : weights.array();
                    parallel.forRanges(data.columns(), Products.BLOCK, (from, to) -> update.dense(rows, v, from, to));
                }
            }
        };
    }

    /** What becomes zero: scikit-learn's limit, but no more than the same part of a factor whose entries are all small. */
    private static double smallest(double[][] factor) {
        double largest = 0;
        for (double[] row : factor) {
            for (double v : row) {
                largest = Math.max(largest, v);
            }
        }
        return SMALLEST_ENTRY * Math.min(1, largest);
    }

    /**
     * The update of one factor, block by block.
     *
     * @param cut smaller entries become zero
     */
    private record Update(Loss loss, List<Component> components, double[][] held, double[][] moved, double cut) {

        /** Columns [from, to) of data {@code x} {@code [m x n]}. */
        void dense(double[][] x, double[][] v, int from, int to) {
            int r = held.length;
            int length = to - from;
            double[][] b = new double[r][];
            for (int k = 0; k < r; k++) {
                b[k] = Arrays.copyOfRange(moved[k], from, to);
            }
            double[][] up = new double[r][length];
            double[][] down = new double[r][length];
            double[] share = new double[r];
            for (int i0 = 0; i0 < x.length; i0 += CHUNK) {
                int rows = Math.min(CHUNK, x.length - i0);
                double[][] numerator = new double[rows][];
                double[][] denominator = new double[rows][];
                double[][] a = new double[r][];
                for (int k = 0; k < r; k++) {
                    a[k] = Arrays.copyOfRange(held[k], i0, i0 + rows);
                }
                for (int i = 0; i < rows; i++) {
                    for (int k = 0; k < r; k++) {
                        share[k] = a[k][i];
                    }
                    denominator[i] = new double[length];
                    Rows.combine(denominator[i], 0, length, share, b);
                    numerator[i] = Arrays.copyOfRange(x[i0 + i], from, to);
                    powers(numerator[i], denominator[i]);
                    if (v != null) {
                        double[] weight = v[i0 + i];
                        for (int j = 0; j < length; j++) {
                            numerator[i][j] *= weight[from + j];
                            denominator[i][j] *= weight[from + j];
                        }
                    }
                }
                Rows.multiply(a, numerator, up, 0, length);
                Rows.multiply(a, denominator, down, 0, length);
            }
            for (int k = 0; k < r; k++) {
                apply(k, from, up[k], down[k]);
            }
        }

        /** From x and mean to {@code x mean^(beta-2)} and {@code mean^(beta-1)}. */
        private void powers(double[] x, double[] mean) {
            double beta = loss.beta();
            for (int j = 0; beta != 2 && j < x.length; j++) {
                double safe = mean[j] == 0 && beta < 2 ? SMALLEST_MEAN : mean[j];
                if (beta == 1) {
                    x[j] /= safe;
                    mean[j] = 1;
                } else if (beta == 0) {
                    mean[j] = 1 / safe;
                    x[j] *= mean[j] * mean[j];
                } else {
                    x[j] *= Math.pow(safe, beta - 2);
                    mean[j] = mean[j] == 0 && beta > 1 ? 0 : Math.pow(safe, beta - 1);
                }
            }
        }

        /** Columns [from, to) of sparse counts; beta is 1. */
        void sparse(Sparse columns, double[] packed, int from, int to) {
            int r = held.length;
            double[][] up = new double[r][to - from];
            double[][] down = new double[r][to - from];
            double[] sums = new double[r];
            double[] b = new double[r];
            for (int k = 0; k < r; k++) {
                Arrays.fill(down[k], Rows.sum(held[k], 0, held[k].length));
            }
            for (int j = from; j < to; j++) {
                Arrays.fill(sums, 0);
                for (int k = 0; k < r; k++) {
                    b[k] = moved[k][j];
                }
                for (int p = columns.start()[j]; p < columns.start()[j + 1]; p++) {
                    int q = columns.column()[p] * r;
                    double mean = 0;
                    for (int k = 0; k < r; k++) {
                        mean = Math.fma(packed[q + k], b[k], mean);
                    }
                    double ratio = columns.value()[p] / (mean == 0 ? SMALLEST_MEAN : mean);
                    for (int k = 0; k < r; k++) {
                        sums[k] = Math.fma(ratio, packed[q + k], sums[k]);
                    }
                }
                for (int k = 0; k < r; k++) {
                    up[k][j - from] = sums[k];
                }
            }
            for (int k = 0; k < r; k++) {
                apply(k, from, up[k], down[k]);
            }
        }

        private void apply(int k, int from, double[] up, double[] down) {
            if (components.get(k).fixed()) {
                return;
            }
            double beta = loss.beta();
            double gamma = beta < 1 ? 1 / (2 - beta) : beta > 2 ? 1 / (beta - 1) : 1;
            Penalty penalty = components.get(k).penalty();
            double factor = loss.factor();
            for (int j = 0; j < up.length; j++) {
                double x = moved[k][from + j];
                double numerator = factor * up[j] + (penalty.barrier() > 0 ? penalty.barrier() / x : 0);
                double denominator = factor * down[j] + penalty.l1() + penalty.l2() * x;
                double ratio = denominator > 0 ? numerator / denominator : 1;
                double moved1 = x * (gamma == 1 ? ratio : gamma == 0.5 ? Math.sqrt(ratio) : Math.pow(ratio, gamma));
                moved[k][from + j] = moved1 < cut && penalty.barrier() == 0 ? 0 : moved1;
            }
        }
    }
}
