package org.unblend.io.run;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.unblend.io.CsvFault;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.JsonReader;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Axis;
import org.unblend.model.Nearest;

/** Reads one column of a table in the order of an axis. */
final class ColumnReader {
    private ColumnReader() {}

    /**
     * The values, one per label of the axis; NaN where missing is allowed and the cell is blank or NaN.
     *
     * @throws BadInput with every mistake of the column
     */
    static double[] read(Column column, Axis axis) {
        String text = JsonReader.text(column.table());
        List<String> lines = text.lines().toList();
        Mistakes mistakes = new Mistakes();
        AxisLabels labels = new AxisLabels(axis);
        double[] values = new double[axis.length()];
        boolean[] seen = new boolean[axis.length()];
        Arrays.fill(values, Double.NaN);
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
            boolean any = false;
            for (NamedCsvRecord row : reader) {
                if (!any) {
                    requireColumn(column, column.by(), row.getHeader(), lines);
                    requireColumn(column, column.values(), row.getHeader(), lines);
                    any = true;
                }
                read(row, column, axis, labels, lines, values, seen, mistakes);
            }
            if (!any) {
                throw new BadInput(
                        "D001", Place.of(column.table()), "the table has no rows", "give a header and a row per label");
            }
        } catch (CsvParseException e) {
            throw CsvFault.of(column.table(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                mistakes.add(
                        "D004",
                        Place.of(column.table()),
                        "there is no row for '" + axis.labels().get(i) + "' in the column '" + column.by() + "'",
                        "add it, or take the label out of the axis '" + axis.name() + "'");
            }
        }
        mistakes.throwIfAny();
        return values;
    }

    private static void read(
            NamedCsvRecord row,
            Column column,
            Axis axis,
            AxisLabels labels,
            List<String> lines,
            double[] values,
            boolean[] seen,
            Mistakes mistakes) {
        Place place = place(column, column.by(), (int) row.getStartingLineNumber(), lines);
        String label = row.findField(column.by()).orElse("").strip();
        int index = labels.index(label);
        if (index < 0) {
            mistakes.add(
                    "D003",
                    place,
                    "the axis '" + axis.name() + "' has no label '" + label + "'",
                    Nearest.hint(label, axis.labels()));
            return;
        }
        if (seen[index]) {
            mistakes.add("D005", place, "'" + label + "' has two rows", "keep one of them");
            return;
        }
        seen[index] = true;
        String cell = row.findField(column.values()).orElse("").strip();
        Place at = place(column, column.values(), (int) row.getStartingLineNumber(), lines);
        try {
            values[index] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            mistakes.add("D006", at, "'" + cell + "' is not a number", "write a number with a decimal point");
            return;
        }
        if (Double.isInfinite(values[index]) || (Double.isNaN(values[index]) && !column.skipMissing())) {
            mistakes.add(
                    "D007",
                    at,
                    "the value of '" + label + "' is " + (cell.isEmpty() ? "blank" : cell),
                    "give a finite number, or say \"missing\": \"skip\" in the run file if it was not measured");
        }
    }

    private static void requireColumn(Column column, String name, List<String> header, List<String> lines) {
        if (!header.contains(name)) {
            throw new BadInput(
                    "D002",
                    place(column, name, 1, lines),
                    "the table has no column '" + name + "'",
                    Nearest.hint(name, header));
        }
    }

    private static Place place(Column column, String name, int line, List<String> lines) {
        String excerpt = line <= lines.size() ? lines.get(line - 1) : "";
        return new Place(column.table(), line, 1, "column " + name, excerpt);
    }
}
