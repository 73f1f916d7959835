package org.unblend.io.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.math.Dense;
import org.unblend.math.Sparse;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Entries;

/** The entries of matrix files in the order of a node's axes. */
final class MatrixValues {
    /** Labels that a message names. */
    private static final int NAMED = 3;

    private MatrixValues() {}

    /**
     * The entries of a matrix file, {@code [dims.size()]}, NaN where one is missing; empty with a note if the file has
     * other rows or columns than the axes.
     *
     * @param file what was read, or its weights
     * @param dims the two axes that the entry names, in any order
     */
    static Optional<double[]> of(MatrixEntry entry, Path file, LabelledMatrix matrix, Dims dims, Mistakes mistakes) {
        Axis rows = dims.axis(entry.rows().axis()).orElseThrow();
        Axis columns = dims.axis(entry.columns().axis()).orElseThrow();
        Optional<int[]> row =
                places(file, "rows", matrix.rows(), matrix.values().rows(), rows, mistakes);
        Optional<int[]> column =
                places(file, "columns", matrix.columns(), matrix.values().columns(), columns, mistakes);
        if (row.isEmpty() || column.isEmpty()) {
            return Optional.empty();
        }
        int down = dims.strides()[dims.axes().indexOf(rows)];
        int across = dims.strides()[dims.axes().indexOf(columns)];
        Dense x = matrix.values() instanceof Sparse stored && entry.gaps().unstored()
                ? stored.dense(Double.NaN)
                : matrix.values().dense();
        double[] values = new double[dims.size()];
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                values[row.get()[i] * down + column.get()[j] * across] = x.get(i, j);
            }
        }
        return Optional.of(values);
    }

    /**
     * The stored entries of a sparse file, if nothing else is to be held of it: no entry is missing or weighted.
     *
     * @param dims the two axes that the entry names, in any order
     */
    static Optional<Entries> stored(MatrixEntry entry, LabelledMatrix matrix, Dims dims) {
        if (!(matrix.values() instanceof Sparse stored)
                || entry.gaps().unstored()
                || entry.weights().isPresent()
                || !matrix.rows().isEmpty()
                || !matrix.columns().isEmpty()) {
            return Optional.empty();
        }
        boolean straight = dims.axes().get(0).name().equals(entry.rows().axis());
        Sparse oriented = (straight ? stored : stored.transpose()).withoutZeros();
        return oriented.rows() == dims.axes().get(0).length()
                        && oriented.columns() == dims.axes().get(1).length()
                ? Optional.of(new Entries.Stored(oriented))
                : Optional.empty();
    }

    /** Where each row (or column) of the file stands on its axis. */
    private static Optional<int[]> places(
            Path file, String what, List<String> names, int n, Axis axis, Mistakes mistakes) {
        int[] places = new int[n];
        if (names.isEmpty() || n != axis.length()) {
            Arrays.setAll(places, i -> i);
            if (n != axis.length()) {
                mistakes.add(
                        "D008",
                        Place.of(file),
                        "it has " + n + " " + what + ", the axis '" + axis.name() + "' has " + axis.length()
                                + " entries",
                        "give one of the " + what
                                + " per entry; 'rows' and 'columns' of the run file may be exchanged");
                return Optional.empty();
            }
            return Optional.of(places);
        }
        AxisLabels labels = new AxisLabels(axis);
        List<String> unknown = new ArrayList<>();
        Set<String> lacking = new LinkedHashSet<>(axis.labels());
        for (int i = 0; i < n; i++) {
            places[i] = labels.index(names.get(i));
            if (places[i] < 0) {
                unknown.add(names.get(i));
            } else if (!lacking.remove(axis.labels().get(places[i]))) {
                mistakes.add(
                        "D005",
                        Place.of(file),
                        "'" + names.get(i) + "' names two of its " + what,
                        "make the names of " + what + " distinct");
                return Optional.empty();
            }
        }
        if (!unknown.isEmpty()) {
            mistakes.add(
                    "D009",
                    Place.of(file),
                    "its " + what + " have other names than the axis '" + axis.name() + "': " + some(unknown)
                            + " instead of " + some(List.copyOf(lacking)),
                    "give all files of a run the same names, or leave the names out of this one");
            return Optional.empty();
        }
        return Optional.of(places);
    }

    private static String some(List<String> labels) {
        return "'" + String.join("', '", labels.subList(0, Math.min(NAMED, labels.size()))) + "'"
                + (labels.size() > NAMED ? " and " + (labels.size() - NAMED) + " more" : "");
    }
}
