package org.unblend.nmf;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;

/** Self-made matrices of the sizes at which factorisation programs are compared. */
record BenchData(Matrix x, Dense weights, Factors start) {

    /** Poisson counts of a product of exponential factors. */
    static BenchData dense(int rows, int columns, int rank) {
        RandomSource g = RandomStream.of(11).generator();
        Dense mean = product(exponential(g, rows, rank), exponential(g, rank, columns));
        for (double[] row : mean.array()) {
            for (int j = 0; j < columns; j++) {
                row[j] = poisson(g, row[j]);
            }
        }
        return new BenchData(mean, null, start(mean, mean(mean), rank));
    }

    /** Sparse Poisson counts, about 1 % of the entries not zero. */
    static BenchData sparse(int rows, int columns, int rank) {
        RandomSource g = RandomStream.of(13).generator();
        Dense w = thinned(g, exponential(g, rows, rank));
        Dense h = thinned(g, exponential(g, rank, columns));
        int[] start = new int[rows + 1];
        int[] column = new int[rows * columns / 20];
        double[] value = new double[column.length];
        int p = 0;
        double sum = 0;
        double[] mean = new double[columns];
        for (int i = 0; i < rows; i++) {
            Arrays.fill(mean, 0);
            Rows.combine(mean, 0, columns, w.row(i), h.array());
            for (int j = 0; j < columns; j++) {
                double n = poisson(g, 0.0135 * mean[j]);
                if (n > 0) {
                    column[p] = j;
                    value[p++] = n;
                    sum += n;
                }
            }
            start[i + 1] = p;
        }
        Sparse x = new Sparse(columns, start, Arrays.copyOf(column, p), Arrays.copyOf(value, p));
        return new BenchData(x, null, start(x, sum / ((double) rows * columns), rank));
    }

    /** Smooth templates, normal noise, a random window of each sample observed (61 % missing). */
    static BenchData quasars(int d, int n, int q) {
        RandomSource g = RandomStream.of(7).generator();
        Dense w = Dense.zeros(d, q);
        for (int k = 0; k < q; k++) {
            for (int i = 0; i < d; i++) {
                w.row(i)[k] = 0.1;
            }
            for (int b = 0; b < 6; b++) {
                double c = g.nextOpen();
                double width = 0.003 + 0.047 * g.nextOpen();
                double height = 0.5 + 1.5 * g.nextOpen();
                for (int i = 0; i < d; i++) {
                    double z = ((i + 0.5) / d - c) / width;
                    w.row(i)[k] += height * Math.exp(-0.5 * z * z);
                }
            }
        }
        Dense s = product(w, exponential(g, q, n));
        double mean = mean(s);
        Dense x = Dense.zeros(d, n);
        Dense v = Dense.zeros(d, n);
        for (int j = 0; j < n; j++) {
            double sky = (0.3 + 0.7 * g.nextOpen()) * mean;
            double left = 0.611 * g.nextOpen();
            for (int i = 0; i < d; i++) {
                double u = (i + 0.5) / d;
                double noise = g.nextGaussian();
                if (u >= left && u < left + 0.389) {
                    double variance = 0.05 * s.get(i, j) + sky * sky;
                    x.row(i)[j] = s.get(i, j) + Math.sqrt(variance) * noise;
                    v.row(i)[j] = 1 / variance;
                }
            }
        }
        RandomSource f = RandomStream.of(1).generator();
        Dense h0 = uniform(f, q, n);
        return new BenchData(x, v, new Factors(uniform(f, d, q), h0));
    }

    /** Half-normal factors of the scale of the data. */
    static Factors start(Matrix x, double mean, int rank) {
        return start(x, mean, rank, 1);
    }

    static Factors start(Matrix x, double mean, int rank, long seed) {
        RandomSource g = RandomStream.of(seed).generator();
        double s = Math.sqrt(mean / rank);
        return new Factors(halfNormal(g, x.rows(), rank, s), halfNormal(g, rank, x.columns(), s));
    }

    static double mean(Dense x) {
        double sum = 0;
        for (double[] row : x.array()) {
            for (double v : row) {
                sum += v;
            }
        }
        return sum / ((double) x.rows() * x.columns());
    }

    static Dense uniform(RandomSource g, int rows, int columns) {
        return fill(rows, columns, g::nextOpen);
    }

    static Dense exponential(RandomSource g, int rows, int columns) {
        return fill(rows, columns, () -> -Math.log(g.nextOpen()));
    }

    static Dense halfNormal(RandomSource g, int rows, int columns, double scale) {
        return fill(rows, columns, () -> scale * Math.abs(g.nextGaussian()));
    }

    private static Dense thinned(RandomSource g, Dense x) {
        return fill(x.rows(), x.columns(), new DoubleSupplier() {
            private int next;

            @Override
            public double getAsDouble() {
                double v = x.get(next / x.columns(), next % x.columns());
                next++;
                return g.nextOpen() < 0.2 ? v : 0;
            }
        });
    }

    private static Dense fill(int rows, int columns, DoubleSupplier next) {
        Dense x = Dense.zeros(rows, columns);
        for (double[] row : x.array()) {
            for (int j = 0; j < columns; j++) {
                row[j] = next.getAsDouble();
            }
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

    /** By inversion; the means here are below 500. */
    static double poisson(RandomSource g, double mean) {
        double p = Math.exp(-mean);
        double u = g.nextOpen();
        int n = 0;
        while (u > p && n < 2000) {
            u -= p;
            n++;
            p *= mean / n;
        }
        return n;
    }

    /** Writes x, the weights if any and the start as NPY files (a sparse x as data, indices, indptr), for other programs. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (x instanceof Sparse s) {
            npy(folder.resolve("data.npy"), new double[][] {s.value()});
            npy(folder.resolve("indices.npy"), new double[][] {doubles(s.column())});
            npy(folder.resolve("indptr.npy"), new double[][] {doubles(s.start())});
        } else {
            npy(folder.resolve("X.npy"), x.dense().array());
        }
        if (weights != null) {
            npy(folder.resolve("V.npy"), weights.array());
        }
        npy(folder.resolve("W0.npy"), start.w().array());
        npy(folder.resolve("H0.npy"), start.h().array());
    }

    private static double[] doubles(int[] v) {
        return Arrays.stream(v).asDoubleStream().toArray();
    }

    private static void npy(Path file, double[][] rows) throws IOException {
        String header =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows.length + ", " + rows[0].length + "), }";
        header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        try (OutputStream raw = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(raw)) {
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
            out.write(new byte[] {(byte) header.length(), (byte) (header.length() >> 8)});
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            for (double[] row : rows) {
                ByteBuffer bytes = ByteBuffer.allocate(8 * row.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asDoubleBuffer().put(row);
                out.write(bytes.array());
            }
        }
    }
}
