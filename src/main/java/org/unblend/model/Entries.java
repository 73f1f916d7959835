package org.unblend.model;

import java.util.Arrays;
import org.unblend.math.Sparse;

/** What an {@link Observation} holds: every entry with its weight, or a matrix of which only some entries are stored. */
public sealed interface Entries {

    /** A copy of all data, row by row, whether stored or not. */
    double[] data();

    /** A copy of all weights, row by row. */
    double[] weights();

    /** How many entries count: those of a weight above 0. */
    long observed();

    /**
     * Every entry.
     *
     * @param data copied
     * @param weights copied, as long as the data; 0 = missing
     */
    record Each(double[] data, double[] weights) implements Entries {
        public Each {
            data = data.clone();
            weights = weights.clone();
        }

        @Override
        public double[] data() {
            return data.clone();
        }

        @Override
        public double[] weights() {
            return weights.clone();
        }

        @Override
        public long observed() {
            return Arrays.stream(weights).filter(w -> w > 0).count();
        }
    }

    /**
     * The stored entries of a matrix over the first and the second axis. All entries were observed with weight 1; those
     * that are not stored are 0. Memory grows with the stored entries alone.
     *
     * @param matrix kept, not copied
     */
    record Stored(Sparse matrix) implements Entries {
        @Override
        public double[] data() {
            double[] all = new double[Math.multiplyExact(matrix.rows(), matrix.columns())];
            for (int i = 0; i < matrix.rows(); i++) {
                for (int p = matrix.start()[i]; p < matrix.start()[i + 1]; p++) {
                    all[i * matrix.columns() + matrix.column()[p]] = matrix.value()[p];
                }
            }
            return all;
        }

        @Override
        public double[] weights() {
            double[] ones = new double[Math.multiplyExact(matrix.rows(), matrix.columns())];
            Arrays.fill(ones, 1);
            return ones;
        }

        @Override
        public long observed() {
            return (long) matrix.rows() * matrix.columns();
        }
    }
}
