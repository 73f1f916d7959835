package org.unblend.cli;

import java.nio.file.Path;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.References;
import org.unblend.math.Dense;

/** Tables of factors that a command line names: values from 0 for the features or samples of the data. */
final class FactorTable {
    private FactorTable() {}

    /**
     * Columns of W, {@code [features x components]}, in the order of the features of the data.
     *
     * @throws org.unblend.io.json.BadInput if the file is no such table, with row and column
     */
    static LabelledMatrix ofW(Path file, LabelledMatrix data) {
        return checked(file, References.read(file, data.rows(), data.values().rows()));
    }

    /** Rows of H, {@code [components x samples]}, alike. */
    static LabelledMatrix ofH(Path file, LabelledMatrix data) {
        return checked(
                file, References.readAcross(file, data.columns(), data.values().columns()));
    }

    private static LabelledMatrix checked(Path file, LabelledMatrix table) {
        Dense values = table.values().dense();
        Mistakes mistakes = new Mistakes();
        for (int i = 0; i < values.rows(); i++) {
            for (int j = 0; j < values.columns(); j++) {
                if (values.get(i, j) < 0) {
                    mistakes.add(
                            "X053",
                            Place.of(file),
                            "row " + table.rowNames("").get(i) + ", column "
                                    + table.columnNames("").get(j) + " is " + values.get(i, j)
                                    + ", and factors are not negative",
                            "give values from 0");
                }
            }
        }
        mistakes.throwIfAny();
        return table;
    }
}
