package org.unblend.io.matrix;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.math.Dense;
import org.unblend.model.Nearest;

/**
 * Tables of known profiles, such as published mutational signatures, with which components are compared or from which
 * they are made; and tables of known strengths in the samples.
 */
public final class References {
    private References() {}

    /**
     * Reads a table with a row per feature and a named column per reference, in the order of the given features; other
     * rows are left out.
     *
     * @param features names of the features, {@code [features]}; without any, the rows are taken as they are
     * @param count number of features
     * @return {@code [features x references]}
     * @throws BadInput if a feature has no row, or there are no names and the number of rows differs
     */
    public static LabelledMatrix read(Path file, List<String> features, int count) {
        return arranged(file, MatrixReader.read(file, false), features, count, "row", "feature");
    }

    /**
     * Reads a table with a named row per reference and a column per sample, in the order of the given samples; other
     * columns are left out.
     *
     * @param samples names of the samples, {@code [samples]}; without any, the columns are taken as they are
     * @param count number of samples
     * @return {@code [references x samples]}
     * @throws BadInput if a sample has no column, or there are no names and the number of columns differs
     */
    public static LabelledMatrix readAcross(Path file, List<String> samples, int count) {
        return turned(arranged(file, turned(MatrixReader.read(file, false)), samples, count, "column", "sample"));
    }

    private static LabelledMatrix turned(LabelledMatrix table) {
        return new LabelledMatrix(table.values().dense().transpose(), table.columns(), table.rows());
    }

    private static LabelledMatrix arranged(
            Path file, LabelledMatrix table, List<String> names, int count, String line, String of) {
        if (names.isEmpty() || table.rows().isEmpty()) {
            if (table.values().rows() != count) {
                throw new BadInput(
                        "X050",
                        Place.of(file),
                        "has " + table.values().rows() + " " + line + "s, the data have " + count + " " + of + "s",
                        "name the " + line + "s of both, or give a " + line + " per " + of + " in the same order");
            }
            return table;
        }
        Map<String, Integer> place = new HashMap<>();
        for (int i = 0; i < table.rows().size(); i++) {
            place.putIfAbsent(table.rows().get(i), i);
        }
        Mistakes mistakes = new Mistakes();
        double[][] rows = new double[names.size()][];
        for (int i = 0; i < rows.length; i++) {
            Integer at = place.get(names.get(i));
            if (at == null) {
                mistakes.add(
                        "X051",
                        Place.of(file),
                        "there is no " + line + " for the " + of + " '" + names.get(i) + "'",
                        Nearest.hint(names.get(i), table.rows()));
            } else {
                rows[i] = table.values().dense().row(at);
            }
        }
        mistakes.throwIfAny();
        return new LabelledMatrix(Dense.of(rows), names, table.columns());
    }
}
