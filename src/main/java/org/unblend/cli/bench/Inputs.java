package org.unblend.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;
import org.unblend.nmf.Factors;

/** Self-made matrices of the kinds that users factorise. Equal arguments give equal matrices. */
final class Inputs {
    private Inputs() {}

    /** Poisson counts of a product of exponential factors, from one start. */
    static Input dense(int rows, int columns, int rank) {
        RandomStream random = RandomStream.of(11);
        Dense x = product(
                exponential(random.split("W").generator(), rows, rank, 1),
                exponential(random.split("H").generator(), rank, columns, 1));
        RandomSource counts = random.split("X").generator();
        for (double[] row : x.array()) {
            for (int j = 0; j < columns; j++) {
                row[j] = PoissonDraw.next(counts, row[j]);
            }
        }
        return new Input(x, Optional.empty(), starts(x, mean(x), rank, 1));
    }

    /** Sparse Poisson counts, about 1 % of the entries not zero at rank 20, from one start. */
    static Input sparse(int rows, int columns, int rank) {
        RandomStream random = RandomStream.of(13);
        Dense w = exponential(random.split("W").generator(), rows, rank, 0.2);
        Dense h = exponential(random.split("H").generator(), rank, columns, 0.2);
        RandomSource counts = random.split("X").generator();
        int[] start = new int[rows + 1];
        int[] column = new int[rows * columns / 10];
        double[] value = new double[column.length];
        double[] means = new double[columns];
        int p = 0;
        for (int i = 0; i < rows; i++) {
            Arrays.fill(means, 0);
            Rows.combine(means, 0, columns, w.row(i), h.array());
            for (int j = 0; j < columns; j++) {
                double n = PoissonDraw.next(counts, 0.0135 * means[j]);
                if (n > 0) {
                    column[p] = j;
                    value[p++] = n;
                }
            }
            start[i + 1] = p;
        }
        Sparse x = new Sparse(columns, start, Arrays.copyOf(column, p), Arrays.copyOf(value, p));
        double mean = Arrays.stream(x.value()).sum() / ((double) rows * columns);
        return new Input(x, Optional.empty(), starts(x, mean, rank, 1));
    }

    /**
     * Smooth templates and normal noise of known variance; a random window of 38.9 % of each sample is observed. About
     * 13 % of the observed entries are negative. One uniform start.
     */
    static Input quasars(int pixels, int quasars, int rank) {
        RandomStream random = RandomStream.of(7);
        Dense templates = templates(random.split("W").generator(), pixels, rank);
        Dense truth = product(templates, exponential(random.split("H").generator(), rank, quasars, 1));
        double mean = mean(truth);
        Dense x = Dense.zeros(pixels, quasars);
        Dense v = Dense.zeros(pixels, quasars);
        for (int j = 0; j < quasars; j++) {
            RandomSource source = random.split("X").split(j).generator();
            double sky = (0.3 + 0.7 * source.nextOpen()) * mean;
            int left = (int) (0.611 * source.nextOpen() * pixels);
            for (int i = left; i < left + (int) (0.389 * pixels); i++) {
                double variance = 0.05 * truth.get(i, j) + sky * sky;
                x.row(i)[j] = truth.get(i, j) + Math.sqrt(variance) * source.nextGaussian();
                v.row(i)[j] = 1 / variance;
            }
        }
        RandomSource start = RandomStream.of(1).generator();
        Dense w = filled(pixels, rank, start::nextOpen);
        return new Input(x, Optional.of(v), List.of(new Factors(w, filled(rank, quasars, start::nextOpen))));
    }

    /**
     * Maps of ten lines that three blurred clumps emit, each line scaled to a mean of 1, with noise of 1 % of it;
     * negative pixels are set to zero. Many starts.
     *
     * @param side pixels of a side of the square map
     */
    static Input lineMaps(int side, int starts) {
        double[][] clumps = {{19, 21, 11}, {31, 27, 6}, {24, 34, 3}};
        double beam = 5;
        RandomStream random = RandomStream.of(17);
        Dense h = Dense.zeros(clumps.length, side * side);
        for (int k = 0; k < clumps.length; k++) {
            double size = clumps[k][2] * clumps[k][2];
            for (int p = 0; p < side * side; p++) {
                double dx = p % side - clumps[k][0] * side / 50;
                double dy = p / side - clumps[k][1] * side / 50;
                double r2 = (dx * dx + dy * dy) * 2500 / (side * side);
                h.row(k)[p] = size / (size + beam * beam) * Math.exp(-0.5 * r2 / (size + beam * beam));
            }
        }
        Dense x = product(exponential(random.split("W").generator(), 10, clumps.length, 1), h);
        RandomSource noise = random.split("X").generator();
        for (double[] row : x.array()) {
            double mean = Arrays.stream(row).average().orElseThrow();
            for (int p = 0; p < row.length; p++) {
                row[p] = Math.max(0, row[p] / mean + 0.01 * noise.nextGaussian());
            }
        }
        return new Input(x, Optional.empty(), starts(x, mean(x), clumps.length, starts));
    }

    private static Dense templates(RandomSource source, int pixels, int rank) {
        Dense w = filled(pixels, rank, () -> 0.1);
        for (int k = 0; k < rank; k++) {
            for (int bump = 0; bump < 6; bump++) {
                double centre = source.nextOpen();
                double width = 0.003 + 0.047 * source.nextOpen();
                double height = 0.5 + 1.5 * source.nextOpen();
                for (int i = 0; i < pixels; i++) {
                    double z = ((i + 0.5) / pixels - centre) / width;
                    w.row(i)[k] += height * Math.exp(-0.5 * z * z);
                }
            }
        }
        return w;
    }

    /** Half-normal factors of the scale of the data. */
    static List<Factors> starts(Matrix x, double mean, int rank, int count) {
        double scale = Math.sqrt(mean / rank);
        return IntStream.range(0, count)
                .mapToObj(t -> {
                    RandomSource source = RandomStream.of(1).split(t).generator();
                    DoubleSupplier next = () -> scale * Math.abs(source.nextGaussian());
                    Dense w = filled(x.rows(), rank, next);
                    return new Factors(w, filled(rank, x.columns(), next));
                })
                .toList();
    }

    /** Exponential entries of mean 1, each kept with this probability and else zero. */
    static Dense exponential(RandomSource source, int rows, int columns, double kept) {
        return filled(rows, columns, () -> source.nextOpen() < kept ? -Math.log(source.nextOpen()) : 0);
    }

    private static Dense filled(int rows, int columns, DoubleSupplier next) {
        Dense x = Dense.zeros(rows, columns);
        for (double[] row : x.array()) {
            Arrays.setAll(row, j -> next.getAsDouble());
        }
        return x;
    }

    static Dense product(Dense a, Dense b) {
        Dense out = Dense.zeros(a.rows(), b.columns());
        for (int i = 0; i < a.rows(); i++) {
            Rows.combine(out.row(i), 0, b.columns(), a.row(i), b.array());
        }
        return out;
    }

    private static double mean(Dense x) {
        double sum = 0;
        for (double[] row : x.array()) {
            sum += Arrays.stream(row).sum();
        }
        return sum / ((double) x.rows() * x.columns());
    }
}
