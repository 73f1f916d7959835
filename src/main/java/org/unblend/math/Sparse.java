package org.unblend.math;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A sparse matrix in compressed rows. Row {@code i} holds the entries {@code start[i]} (inclusive) to
 * {@code start[i + 1]} (exclusive) of {@code column} and {@code value}, columns ascending. What is not stored is zero.
 * The arrays are handed out live and must not be written to.
 */
public final class Sparse implements Matrix {
    /** Pieces of a transposition: each counts all columns. */
    private static final int PIECES = 8;

    private final int columns;
    private final int[] start;
    private final int[] column;
    private final double[] value;

    /**
     * Wraps compressed rows without copying.
     *
     * @param start {@code [rows + 1]}, ascending from 0
     * @param column {@code [entries]}, ascending and distinct within a row
     * @param value {@code [entries]}
     * @throws IllegalArgumentException if the arrays do not describe a matrix with that many columns
     */
    public Sparse(int columns, int[] start, int[] column, double[] value) {
        if (start.length < 2
                || start[0] != 0
                || start[start.length - 1] != value.length
                || column.length != value.length) {
            throw new IllegalArgumentException("row starts must rise from 0 to the number of entries (" + value.length
                    + " values, " + column.length + " columns)");
        }
        for (int i = 0; i + 1 < start.length; i++) {
            for (int p = start[i]; p < start[i + 1]; p++) {
                if (column[p] < 0 || column[p] >= columns || (p > start[i] && column[p] <= column[p - 1])) {
                    throw new IllegalArgumentException("row " + i + ": column " + column[p] + " is outside 0 to "
                            + (columns - 1) + " or out of order");
                }
            }
        }
        this.columns = columns;
        this.start = start;
        this.column = column;
        this.value = value;
    }

    /** Without checks. */
    private Sparse(int[] start, int[] column, double[] value, int columns) {
        this.columns = columns;
        this.start = start;
        this.column = column;
        this.value = value;
    }

    /** The non-zero entries of a dense matrix. */
    public static Sparse of(Dense x) {
        int[] start = new int[x.rows() + 1];
        for (int i = 0; i < x.rows(); i++) {
            int n = 0;
            for (double v : x.row(i)) {
                n += v != 0 ? 1 : 0;
            }
            start[i + 1] = start[i] + n;
        }
        int[] column = new int[start[x.rows()]];
        double[] value = new double[column.length];
        int p = 0;
        for (int i = 0; i < x.rows(); i++) {
            double[] row = x.row(i);
            for (int j = 0; j < row.length; j++) {
                if (row[j] != 0) {
                    column[p] = j;
                    value[p++] = row[j];
                }
            }
        }
        return new Sparse(x.columns(), start, column, value);
    }

    @Override
    public int rows() {
        return start.length - 1;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** Number of stored entries. */
    public int entries() {
        return value.length;
    }

    /** {@code [rows + 1]}, where rows begin, live. */
    public int[] start() {
        return start;
    }

    /** {@code [entries]}, column of each entry, live. */
    public int[] column() {
        return column;
    }

    /** {@code [entries]}, live. */
    public double[] value() {
        return value;
    }

    /** The same matrix without the zeros that are stored; this one if there are none. */
    public Sparse withoutZeros() {
        int[] kept = IntStream.range(0, value.length).filter(p -> value[p] != 0).toArray();
        if (kept.length == value.length) {
            return this;
        }
        int[] begin = new int[start.length];
        for (int i = 0, p = 0; i < rows(); i++) {
            while (p < kept.length && kept[p] < start[i + 1]) {
                p++;
            }
            begin[i + 1] = p;
        }
        return new Sparse(
                columns,
                begin,
                Arrays.stream(kept).map(p -> column[p]).toArray(),
                Arrays.stream(kept).mapToDouble(p -> value[p]).toArray());
    }

    @Override
    public Sparse transpose() {
        return transpose(Parallel.SERIAL);
    }

    /** A counting sort; pieces of rows count apart, so that each knows where its entries go. */
    @Override
    public Sparse transpose(Parallel parallel) {
        int size = Math.max(1, (rows() + PIECES - 1) / PIECES);
        int[][] next = new int[(rows() + size - 1) / size][];
        parallel.forRanges(rows(), size, (from, to) -> {
            int[] count = new int[columns];
            for (int p = start[from]; p < start[to]; p++) {
                count[column[p]]++;
            }
            next[from / size] = count;
        });
        int[] begin = new int[columns + 1];
        for (int j = 0, at = 0; j < columns; j++) {
            for (int[] piece : next) {
                int count = piece[j];
                piece[j] = at;
                at += count;
            }
            begin[j + 1] = at;
        }
        int[] row = new int[value.length];
        double[] moved = new double[value.length];
        parallel.forRanges(rows(), size, (from, to) -> {
            int[] place = next[from / size];
            for (int i = from; i < to; i++) {
                for (int p = start[i]; p < start[i + 1]; p++) {
                    int q = place[column[p]]++;
                    row[q] = i;
                    moved[q] = value[p];
                }
            }
        });
        return new Sparse(begin, row, moved, rows());
    }

    @Override
    public Dense dense() {
        return dense(0);
    }

    /** All entries as a dense matrix, those that are not stored with this value. */
    public Dense dense(double unstored) {
        Dense x = Dense.zeros(rows(), columns);
        for (double[] row : x.array()) {
            Arrays.fill(row, unstored);
        }
        for (int i = 0; i < rows(); i++) {
            for (int p = start[i]; p < start[i + 1]; p++) {
                x.row(i)[column[p]] = value[p];
            }
        }
        return x;
    }
}
