package org.unblend.nmf;

import java.util.function.DoubleSupplier;
import org.unblend.math.Dense;
import org.unblend.math.RandomSource;
import org.unblend.math.Rows;

/** Random matrices for tests. */
final class RandomMatrix {
    private RandomMatrix() {}

    static Dense uniform(RandomSource g, int rows, int columns) {
        return fill(rows, columns, g::nextOpen);
    }

    static Dense exponential(RandomSource g, int rows, int columns) {
        return fill(rows, columns, () -> -Math.log(g.nextOpen()));
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
}
