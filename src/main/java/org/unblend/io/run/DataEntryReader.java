package org.unblend.io.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.nmf.prepare.Preparation;

/**
 * Reads the entries under {@code "data"} of a run file: a column of a table, {@code { "csv": ..., "column": ..., "by": ... }},
 * a matrix, {@code { "matrix": ..., "rows": ..., "columns": ... }}, or the errors of maps, {@code { "sd_of": ... }}.
 */
final class DataEntryReader {
    private DataEntryReader() {}

    /** The entries by the names of their nodes, in the order of the file. */
    static Map<String, DataEntry> read(Path file, Fields all, Mistakes mistakes) {
        Map<String, DataEntry> data = new LinkedHashMap<>();
        for (String node : all.keys()) {
            Fields one = all.object(node);
            Place place = all.placeOf(node);
            if (one.keys().contains("sd_of")) {
                data.put(node, new ErrorsEntry(one.text("sd_of"), place));
            } else {
                boolean skip = choice(one, "missing", "skip", "refuse", mistakes);
                data.put(
                        node,
                        one.keys().stream().anyMatch(List.of("matrix", "rows", "columns")::contains)
                                ? matrix(file, one, skip, place, mistakes)
                                : column(file, one, skip, place, mistakes));
            }
            one.done();
        }
        return data;
    }

    /** True if a key has the first of two values; the second is what it has when it is not there. */
    private static boolean choice(Fields one, String key, String yes, String no, Mistakes mistakes) {
        String value = one.text(key, no);
        if (!List.of(yes, no).contains(value)) {
            mistakes.add("R002", one.placeOf(key), "'" + value + "' is unknown", "write " + no + " or " + yes);
        }
        return value.equals(yes);
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
        List<Path> files = files(file, one, "matrix");
        if (files.isEmpty()) {
            if (one.require("matrix").filter(Json.Arr.class::isInstance).isPresent()) {
                mistakes.add("R021", one.placeOf("matrix"), "no file is named", "name a matrix, or FITS images");
            }
            files = List.of(file);
        }
        Preparation preparation = new Preparation(
                choice(one, "negatives", "clip", "keep", mistakes),
                choice(one, "transform", "sqrt", "none", mistakes),
                choice(one, "scale_rows", "unit-mean", "as-given", mistakes));
        MatrixEntry entry = new MatrixEntry(
                files,
                files(file, one, "sd"),
                rows,
                columns,
                new MatrixEntry.Gaps(skip, choice(one, "unstored", "missing", "zero", mistakes)),
                weights,
                preparation,
                place);
        if (entry.several() && !entry.fits()) {
            mistakes.add(
                    "R021",
                    one.placeOf(entry.errors().isEmpty() ? "matrix" : "sd"),
                    "only FITS images are stacked and have their standard deviations beside them",
                    "name one matrix, and give standard deviations as data of the node that the noise names");
        }
        return entry;
    }

    /** Files by a name or a list of names. */
    private static List<Path> files(Path file, Fields one, String key) {
        Optional<Json> value = one.find(key);
        List<String> names = value.isPresent() && value.get() instanceof Json.Arr
                ? one.texts(key)
                : value.flatMap(one::asText).stream().toList();
        return names.stream().map(file::resolveSibling).toList();
    }

    private static MatrixEntry.Side side(Fields one, String key) {
        return new MatrixEntry.Side(one.text(key), one.placeOf(key));
    }
}
