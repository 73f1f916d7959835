package org.unblend.io.matrix;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;

/**
 * A matrix as a file gives it.
 *
 * @param values {@code [rows x columns]}; NaN where an entry is missing
 * @param rows names of the rows; empty if the file has none
 * @param columns names of the columns; empty if the file has none
 */
public record LabelledMatrix(Matrix values, List<String> rows, List<String> columns) {

    public LabelledMatrix {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        if (!rows.isEmpty() && rows.size() != values.rows()
                || !columns.isEmpty() && columns.size() != values.columns()) {
            throw new IllegalArgumentException(rows.size() + " row names and " + columns.size() + " column names do not"
                    + " fit a " + values.rows() + " x " + values.columns() + " matrix");
        }
    }

    /** A matrix without names. */
    public static LabelledMatrix unnamed(Matrix values) {
        return new LabelledMatrix(values, List.of(), List.of());
    }

    /** Weights of a fit without other weights: 0 where an entry is missing and 1 elsewhere; empty if none is missing. */
    public Optional<Dense> mask() {
        if (!(values instanceof Dense x)) {
            return Optional.empty();
        }
        Dense mask = Dense.zeros(x.rows(), x.columns());
        boolean complete = true;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                boolean there = !Double.isNaN(x.get(i, j));
                mask.row(i)[j] = there ? 1 : 0;
                complete &= there;
            }
        }
        return complete ? Optional.empty() : Optional.of(mask);
    }

    /**
     * The given weights, 0 where an entry or its weight is missing.
     *
     * @param weights alike, not modified
     */
    public Dense masked(Dense weights) {
        Dense x = values.dense();
        if (weights.rows() != x.rows() || weights.columns() != x.columns()) {
            throw new IllegalArgumentException("weights are " + weights.rows() + " x " + weights.columns()
                    + ", the data are " + x.rows() + " x " + x.columns() + "; give one weight per entry");
        }
        Dense masked = weights.copy();
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                if (Double.isNaN(x.get(i, j)) || Double.isNaN(weights.get(i, j))) {
                    masked.row(i)[j] = 0;
                }
            }
        }
        return masked;
    }

    /** Row names, or {@code prefix1}, {@code prefix2} … */
    public List<String> rowNames(String prefix) {
        return rows.isEmpty() ? numbered(prefix, values.rows()) : rows;
    }

    /** Column names, or {@code prefix1}, {@code prefix2} … */
    public List<String> columnNames(String prefix) {
        return columns.isEmpty() ? numbered(prefix, values.columns()) : columns;
    }

    /** {@code prefix1}, {@code prefix2} … up to n. */
    public static List<String> numbered(String prefix, int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> prefix + i).toList();
    }
}
