package org.unblend.io.emulator;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.EmulatorInput;
import org.unblend.io.AtomicFile;
import org.unblend.io.CsvFault;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.JsonReader;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Nearest;
import org.unblend.model.RowStatus;

/**
 * Points for an emulator as a CSV table with a column for each input, and the table that answers it: the same columns, then
 * each output, its error as a standard deviation of s (dex, or relative), and a status: {@code ok}, {@code edge} (near an
 * end of the domain), {@code extrapolated} (by the emulated model itself), {@code outside} (blank).
 *
 * @param header the columns of the table
 * @param records its rows as they were written
 * @param in {@code [rows x inputs]}
 */
public record EmulatorGrid(List<String> header, List<List<String>> records, double[] in) {
    /** As many rows outside the domain are named. */
    private static final int SHOWN = 5;

    /**
     * Reads a table.
     *
     * @param outside true if rows outside the domain are allowed
     * @throws BadInput with every mistake
     */
    public static EmulatorGrid read(Path file, Emulator e, boolean outside) {
        String text = JsonReader.text(file);
        List<String> lines = text.lines().toList();
        Mistakes mistakes = new Mistakes();
        List<List<String>> records = new ArrayList<>();
        List<String> header = List.of();
        List<double[]> rows = new ArrayList<>();
        int refused = 0;
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : reader) {
                if (header.isEmpty()) {
                    header = List.copyOf(row.getHeader());
                    check(file, header, e);
                }
                int line = (int) row.getStartingLineNumber();
                double[] values = new double[e.domain().size()];
                for (int i = 0; i < values.length; i++) {
                    EmulatorInput input = e.domain().get(i);
                    String cell = row.getField(input.name()).strip();
                    values[i] = number(cell);
                    if (Double.isNaN(values[i]) || !outside && !input.contains(values[i])) {
                        if (++refused > SHOWN) {
                            continue;
                        }
                        mistakes.add(
                                Double.isNaN(values[i]) ? "D006" : "E040",
                                new Place(
                                        file,
                                        line,
                                        1,
                                        "column " + input.name(),
                                        line <= lines.size() ? lines.get(line - 1) : ""),
                                "'" + cell + "' is " + (Double.isNaN(values[i]) ? "no number" : "outside the domain"),
                                "stay in " + input.low() + " to " + input.high() + " " + input.unit()
                                        + ", or give --outside blank");
                    }
                }
                records.add(row.getFields());
                rows.add(values);
            }
        } catch (CsvParseException ex) {
            throw CsvFault.of(file, ex);
        } catch (IOException ex) {
            throw new BadInput("F001", Place.of(file), "cannot be read: " + ex, "check the file");
        }
        if (records.isEmpty()) {
            mistakes.add("D001", Place.of(file), "the table has no rows", "give a header and a row per point");
        }
        if (refused > SHOWN) {
            mistakes.add("E041", Place.of(file), refused + " cells are refused in all", "correct them");
        }
        mistakes.throwIfAny();
        return new EmulatorGrid(
                header, records, rows.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    private static void check(Path file, List<String> header, Emulator e) {
        for (EmulatorInput input : e.domain()) {
            if (!header.contains(input.name())) {
                throw new BadInput(
                        "D002",
                        new Place(file, 1, 1, "column " + input.name(), String.join(",", header)),
                        "the table has no column '" + input.name() + "' [" + input.unit() + "]",
                        Nearest.hint(input.name(), header));
            }
        }
    }

    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Evaluates and writes the answer; the number of rows of each status, as {@code ok, edge, extrapolated, outside}. */
    public int[] write(Path file, Emulator e) throws IOException {
        int rows = records.size();
        int m = e.outputs().size();
        double[] out = new double[rows * m];
        double[] sd = new double[rows * m];
        RowStatus[] status = new RowStatus[rows];
        e.evaluate(in, out, status, rows);
        boolean errors = e.errorNetwork().isPresent();
        if (errors) {
            e.errors(in, sd, rows);
        }
        int[] counts = new int[4];
        AtomicFile.write(file, writer -> {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
            List<String> columns = new ArrayList<>(header);
            for (String name : e.output().labels()) {
                columns.add(name);
                if (errors) {
                    columns.add(name + "_sd");
                }
            }
            columns.add("status");
            csv.writeRecord(columns);
            for (int r = 0; r < rows; r++) {
                List<String> cells = new ArrayList<>(records.get(r));
                boolean fine = status[r] == RowStatus.OK;
                for (int k = 0; k < m; k++) {
                    cells.add(fine ? Double.toString(out[r * m + k]) : "");
                    if (errors) {
                        cells.add(fine ? Double.toString(sd[r * m + k]) : "");
                    }
                }
                int kind = !fine ? 3 : e.extrapolated(in, r) ? 2 : e.nearEdge(in, r) ? 1 : 0;
                counts[kind]++;
                cells.add(List.of("ok", "edge", "extrapolated", "outside").get(kind));
                csv.writeRecord(cells);
            }
            csv.flush();
        });
        return counts;
    }
}
