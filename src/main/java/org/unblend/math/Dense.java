package org.unblend.math;

import java.util.Arrays;

/**
 * A dense matrix stored as one array per row. Rows are handed out live, so that kernels run on plain arrays; whoever
 * holds a matrix that is not his own must not write to it.
 */
public final class Dense implements Matrix {
    private static final int TILE = 64;

    private final double[][] rows;
    private final int columns;

    private Dense(double[][] rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Wraps rows without copying.
     *
     * @param rows {@code [rows x columns]}, at least one row
     * @throws IllegalArgumentException if there is no row or rows are of unequal length
     */
    public static Dense of(double[][] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("a matrix needs at least one row");
        }
        for (int i = 1; i < rows.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw new IllegalArgumentException("row " + i + " has " + rows[i].length + " entries, row 0 has "
                        + rows[0].length + "; give every row the same length");
            }
        }
        return new Dense(rows, rows[0].length);
    }

    /** A matrix of zeros. */
    public static Dense zeros(int rows, int columns) {
        return new Dense(new double[rows][columns], columns);
    }

    @Override
    public int rows() {
        return rows.length;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** Row {@code i}, live. */
    public double[] row(int i) {
        return rows[i];
    }

    /** All rows, live. */
    public double[][] array() {
        return rows;
    }

    public double get(int i, int j) {
        return rows[i][j];
    }

    /** A copy that shares nothing with this matrix. */
    public Dense copy() {
        return new Dense(copy(rows), columns);
    }

    /** A copy of rows that shares nothing with them. */
    public static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    @Override
    public Dense transpose() {
        return transpose(Parallel.SERIAL);
    }

    @Override
    public Dense transpose(Parallel parallel) {
        double[][] t = new double[columns][];
        // Square tiles keep both sides of the copy in cache.
        parallel.forRanges(columns, TILE, (j0, j1) -> {
            for (int j = j0; j < j1; j++) {
                t[j] = new double[rows.length];
            }
            for (int i0 = 0; i0 < rows.length; i0 += TILE) {
                int i1 = Math.min(rows.length, i0 + TILE);
                for (int j = j0; j < j1; j++) {
                    double[] to = t[j];
                    for (int i = i0; i < i1; i++) {
                        to[i] = rows[i][j];
                    }
                }
            }
        });
        return new Dense(t, rows.length);
    }

    @Override
    public Dense dense() {
        return this;
    }

    /** True for a matrix of the same shape whose entries have the same bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Dense d && columns == d.columns && Arrays.deepEquals(rows, d.rows);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(rows);
    }
}
