package org.unblend.io.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;

/**
 * Reads the entries under {@code "data"} of a run file: a column of a table, {@code { "csv": ..., "column": ..., "by": ... }},
 * or a matrix, {@code { "matrix": ..., "rows": ..., "columns": ... }}.
 */
final class DataEntryReader {
    private DataEntryReader() {}

    /** The entries by the names of their nodes, in the order of the file. */
    static Map<String, DataEntry> read(Path file, Fields all, Mistakes mistakes) {
        Map<String, DataEntry> data = new LinkedHashMap<>();
        for (String node : all.keys()) {
            Fields one = all.object(node);
            String missing = one.text("missing", "refuse");
            if (!List.of("refuse", "skip").contains(missing)) {
                mistakes.add("R002", one.placeOf("missing"), "'" + missing + "' is unknown", "write refuse or skip");
            }
            boolean skip = missing.equals("skip");
            data.put(
                    node,
                    one.keys().stream().anyMatch(List.of("matrix", "rows", "columns")::contains)
                            ? matrix(file, one, skip, all.placeOf(node), mistakes)
                            : column(file, one, skip, all.placeOf(node), mistakes));
            one.done();
        }
        return data;
    }

    private static Column column(Path file, Fields one, boolean skip, Place place, Mistakes mistakes) {
        return new Column(
                file.resolveSibling(one.text("csv")),
                one.text("column"),
                one.text("by"),
                skip,
                LineData.read(one, mistakes),
                place);
    }

    private static MatrixEntry matrix(Path file, Fields one, boolean skip, Place place, Mistakes mistakes) {
        Optional<Path> weights = one.find("weights").flatMap(one::asText).map(file::resolveSibling);
        MatrixEntry.Side rows = side(one, "rows");
        MatrixEntry.Side columns = side(one, "columns");
        if (!rows.axis().isEmpty() && rows.axis().equals(columns.axis())) {
            mistakes.add(
                    "R018",
                    columns.place(),
                    "rows and columns of the matrix both fill the axis '" + rows.axis() + "'",
                    "name two axes");
        }
        return new MatrixEntry(file.resolveSibling(one.text("matrix")), rows, columns, skip, weights, place);
    }

    private static MatrixEntry.Side side(Fields one, String key) {
        return new MatrixEntry.Side(one.text(key), one.placeOf(key));
    }
}
