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

/** Tables of known profiles, such as published mutational signatures, with which components are compared. */
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
        LabelledMatrix table = MatrixReader.read(file, false);
        if (features.isEmpty() || table.rows().isEmpty()) {
            if (table.values().rows() != count) {
                throw new BadInput(
                        "X050",
                        Place.of(file),
                        "has " + table.values().rows() + " rows, the data have " + count + " features",
                        "name the rows of both, or give a row per feature in the same order");
            }
            return table;
        }
        Map<String, Integer> place = new HashMap<>();
        for (int i = 0; i < table.rows().size(); i++) {
            place.putIfAbsent(table.rows().get(i), i);
        }
        Mistakes mistakes = new Mistakes();
        double[][] rows = new double[features.size()][];
        for (int i = 0; i < rows.length; i++) {
            Integer at = place.get(features.get(i));
            if (at == null) {
                mistakes.add(
                        "X051",
                        Place.of(file),
                        "there is no row for the feature '" + features.get(i) + "'",
                        Nearest.hint(features.get(i), table.rows()));
            } else {
                rows[i] = table.values().dense().row(at);
            }
        }
        mistakes.throwIfAny();
        return new LabelledMatrix(Dense.of(rows), features, table.columnNames("reference"));
    }
}
