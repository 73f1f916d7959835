package org.unblend.io.matrix;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.math.Dense;

/**
 * Tables of numbers as text. Columns are separated by tabs, commas or semicolons, whichever the first line has (in this
 * order). Blank lines and lines that begin with # are skipped.
 *
 * <p>The first line is a header if it has one cell less than the second line, or a cell beyond its first that is no
 * number, or a blank first cell (a first entry that is missing is written NaN), or a first cell that is no number above
 * one that is. The first column holds row names if the header has no cell or a blank cell for it, or if its first entry
 * is no number.
 */
final class TableReader {
    /** More mistakes than this help nobody. */
    private static final int MOST_MISTAKES = 20;

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Path file;
    private final boolean missing;
    private final Mistakes mistakes = new Mistakes();
    private int mistakeCount;

    private TableReader(Path file, boolean missing) {
        this.file = file;
        this.missing = missing;
    }

    static LabelledMatrix read(Path file, boolean missing) throws IOException {
        char separator = separator(file);
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .commentStrategy(CommentStrategy.SKIP)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text(file))) {
            return new TableReader(file, missing).read(reader.iterator());
        } catch (CsvParseException e) {
            throw new BadInput("X010", Place.of(file), "is no table: " + e.getMessage(), "check its quotes");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The text without the byte order mark that some programs put before it. */
    private static BufferedReader text(Path file) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(
                Bytes.of(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
        return in;
    }

    private static char separator(Path file) throws IOException {
        try (BufferedReader in = text(file)) {
            String line = in.readLine();
            while (line != null && (line.isBlank() || line.startsWith("#"))) {
                line = in.readLine();
            }
            if (line == null) {
                throw new BadInput("X011", Place.of(file), "has no rows", "give a row of numbers per feature");
            }
            return line.indexOf('\t') >= 0 ? '\t' : line.indexOf(',') >= 0 ? ',' : line.indexOf(';') >= 0 ? ';' : ',';
        }
    }

    private LabelledMatrix read(Iterator<CsvRecord> records) {
        CsvRecord first = records.next();
        CsvRecord second = records.hasNext() ? records.next() : null;
        boolean header = isHeader(first, second);
        if (header && second == null) {
            throw new BadInput("X011", Place.of(file), "has a header and no rows", "give a row of numbers per feature");
        }
        CsvRecord data = header ? second : first;
        boolean shortHeader = header && first.getFieldCount() == second.getFieldCount() - 1;
        if (shortHeader && allNumbers(first) && allNumbers(second)) {
            throw ragged(second, second.getFieldCount(), first.getFieldCount());
        }
        boolean named = shortHeader
                || (header && blank(first.getField(0)))
                || (!isMissing(data.getField(0)) && !isNumber(data.getField(0)));
        int skip = named ? 1 : 0;
        List<String> columns = new ArrayList<>();
        if (header) {
            for (int j = shortHeader ? 0 : skip; j < first.getFieldCount(); j++) {
                columns.add(first.getField(j).strip());
            }
        }
        int width = data.getFieldCount() - skip;
        if (width == 0) {
            throw new BadInput("X011", place(data, 0), "has names and no numbers", "give a number per sample");
        }
        if (header && columns.size() != width) {
            throw ragged(data, data.getFieldCount(), first.getFieldCount());
        }
        List<String> names = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        CsvRecord record = data;
        CsvRecord next = header ? null : second;
        while (record != null && mistakeCount < MOST_MISTAKES) {
            if (record.getFieldCount() != width + skip) {
                throw ragged(record, record.getFieldCount(), width + skip);
            }
            if (named) {
                names.add(record.getField(0).strip());
            }
            double[] row = new double[width];
            for (int j = 0; j < width; j++) {
                row[j] = number(record, j + skip);
            }
            rows.add(row);
            record = next != null ? next : records.hasNext() ? records.next() : null;
            next = null;
        }
        mistakes.throwIfAny();
        return new LabelledMatrix(Dense.of(rows.toArray(double[][]::new)), names, columns);
    }

    private static boolean isHeader(CsvRecord first, CsvRecord second) {
        for (int j = 1; j < first.getFieldCount(); j++) {
            if (!isNumber(first.getField(j)) && !isMissing(first.getField(j))) {
                return true;
            }
        }
        if (second == null) {
            return false;
        }
        String corner = first.getField(0);
        boolean named = !isNumber(second.getField(0)) && !isMissing(second.getField(0));
        return first.getFieldCount() == second.getFieldCount() - 1
                || blank(corner)
                || (!isNumber(corner) && !isMissing(corner) && !named);
    }

    private static boolean allNumbers(CsvRecord record) {
        return record.getFields().stream().allMatch(f -> isNumber(f) || isMissing(f));
    }

    private double number(CsvRecord record, int column) {
        String cell = record.getField(column).strip();
        if (isMissing(cell)) {
            if (!missing) {
                mistake(
                        "X013",
                        record,
                        column,
                        "the entry is " + (cell.isEmpty() ? "blank" : cell),
                        "give a number, or take such entries as missing (--skip-missing; \"missing\": \"skip\" in a run file)");
            }
            return Double.NaN;
        }
        try {
            double v = Double.parseDouble(cell);
            if (Double.isInfinite(v)) {
                mistake("X014", record, column, "the entry is " + cell, "give a finite number");
            }
            return v;
        } catch (NumberFormatException e) {
            mistake("X015", record, column, "'" + cell + "' is not a number", "write a number with a decimal point");
            return Double.NaN;
        }
    }

    private void mistake(String code, CsvRecord record, int column, String reason, String remedy) {
        mistakes.add(code, place(record, column), reason, remedy);
        mistakeCount++;
    }

    private BadInput ragged(CsvRecord record, int count, int expected) {
        return new BadInput(
                "X016",
                place(record, 0),
                "the row has " + count + " cells, the first one has " + expected,
                "give every row the same number of cells");
    }

    /** The column counts cells, from 1. */
    private Place place(CsvRecord record, int column) {
        String cell = column < record.getFieldCount() ? record.getField(column) : "";
        return new Place(file, (int) record.getStartingLineNumber(), column + 1, "", cell);
    }

    private static boolean blank(String cell) {
        return cell.isBlank();
    }

    private static boolean isMissing(String cell) {
        String s = cell.strip();
        return s.isEmpty() || s.equalsIgnoreCase("nan") || s.equals("NA");
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell.strip());
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
