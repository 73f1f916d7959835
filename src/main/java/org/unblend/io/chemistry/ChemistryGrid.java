package org.unblend.io.chemistry;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unblend.chemistry.ChemistryResult;
import org.unblend.chemistry.Conditions;
import org.unblend.io.AtomicFile;
import org.unblend.io.CsvFault;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.JsonReader;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Nearest;

/**
 * Conditions as a CSV table, and the abundances that answer it. Columns read: {@code av_mag}, {@code n_h_cm3}, {@code
 * zeta_1p3e-17}, one of {@code chi_habing} and {@code chi_draine} (Draine's field is 1.7 Habing), {@code tkin_K}, {@code
 * mz}; other columns are repeated in the answer.
 *
 * @param header the columns of the table
 * @param records its rows as they were written
 * @param conditions one per row
 */
public record ChemistryGrid(List<String> header, List<List<String>> records, List<Conditions> conditions) {
    private static final String HABING = "chi_habing";
    private static final String DRAINE = "chi_draine";
    private static final List<String> COLUMNS = List.of("av_mag", "n_h_cm3", "zeta_1p3e-17", HABING, "tkin_K", "mz");

    /** @throws BadInput with every mistake of the table */
    public static ChemistryGrid read(Path file) {
        String text = JsonReader.text(file);
        List<String> lines = text.lines().toList();
        Mistakes mistakes = new Mistakes();
        List<List<String>> records = new ArrayList<>();
        List<Conditions> conditions = new ArrayList<>();
        List<String> header = List.of();
        List<String> wanted = List.of();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : reader) {
                if (header.isEmpty()) {
                    header = List.copyOf(row.getHeader());
                    wanted = wanted(file, header);
                }
                int line = (int) row.getStartingLineNumber();
                double[] x = new double[wanted.size()];
                for (int i = 0; i < x.length; i++) {
                    String cell = row.findField(wanted.get(i)).orElse("").strip();
                    x[i] = number(cell);
                    if (!Double.isFinite(x[i])) {
                        mistakes.add(
                                "D006",
                                new Place(
                                        file,
                                        line,
                                        1,
                                        "column " + wanted.get(i),
                                        line <= lines.size() ? lines.get(line - 1) : ""),
                                "'" + cell + "' is no finite number",
                                "give a number");
                    }
                }
                double habing = wanted.contains(DRAINE) ? x[3] * Conditions.DRAINE : x[3];
                records.add(row.getFields());
                conditions.add(new Conditions(x[0], x[1], x[2], habing, x[4], x[5]));
            }
        } catch (CsvParseException e) {
            throw CsvFault.of(file, e);
        } catch (IOException e) {
            throw new BadInput("F001", Place.of(file), "cannot be read: " + e, "check the file");
        }
        if (records.isEmpty()) {
            mistakes.add("D001", Place.of(file), "the table has no rows", "begin with " + COLUMNS);
        }
        mistakes.throwIfAny();
        return new ChemistryGrid(header, records, conditions);
    }

    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static List<String> wanted(Path file, List<String> header) {
        if (header.contains(HABING) && header.contains(DRAINE)) {
            throw new BadInput(
                    "D009",
                    new Place(file, 1, 1, "column " + DRAINE, String.join(",", header)),
                    "the table has both " + HABING + " and " + DRAINE,
                    "give exactly one of them");
        }
        List<String> wanted = new ArrayList<>(COLUMNS);
        if (header.contains(DRAINE)) {
            wanted.set(3, DRAINE);
        }
        for (String name : wanted) {
            if (!header.contains(name)) {
                throw new BadInput(
                        "D002",
                        new Place(file, 1, 1, "column " + name, String.join(",", header)),
                        "the table has no column '" + name + "'",
                        Nearest.hint(name, header));
            }
        }
        return wanted;
    }

    /**
     * Writes the answer: the columns of the grid, {@code log10x_X} of each species (blank where the status is not ok), {@code
     * status}.
     *
     * @param log10 [rows x species]
     */
    public void write(Path file, List<String> species, double[] log10, ChemistryResult.Status[] status)
            throws IOException {
        AtomicFile.write(file, out -> {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
            List<String> columns = new ArrayList<>(header);
            species.forEach(s -> columns.add("log10x_" + s));
            columns.add("status");
            csv.writeRecord(columns);
            for (int r = 0; r < records.size(); r++) {
                List<String> cells = new ArrayList<>(records.get(r));
                for (int s = 0; s < species.size(); s++) {
                    double x = log10[r * species.size() + s];
                    cells.add(Double.isNaN(x) ? "" : String.format(Locale.ROOT, "%.6f", x));
                }
                cells.add(status[r].name().toLowerCase(Locale.ROOT));
                csv.writeRecord(cells);
            }
            csv.flush();
        });
    }
}
