package org.unblend.io;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.JsonReader;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Nearest;
import org.unblend.radiative.LamdaFormatException;
import org.unblend.radiative.LamdaReader;
import org.unblend.radiative.LineTable;
import org.unblend.radiative.Molecule;
import org.unblend.radiative.MoleculeCatalog;

/**
 * A grid of points for the line calculator as a CSV table, and the table of lines that answers it. Columns read: {@code
 * molecule}, {@code tkin_K}, {@code n_h2_cm3}, {@code column_cm2}, {@code dv_kms}, optionally {@code tbg_K} (2.73 if
 * missing) and {@code molfile}; other columns are repeated in the answer.
 *
 * @param header the columns of the table
 * @param records its rows as they were written
 * @param points the points, one per row
 */
public record LineGrid(List<String> header, List<List<String>> records, List<LineTable.Point> points) {
    /** Background when a table or command gives none: the cosmic microwave background. */
    public static final double COSMIC_BACKGROUND = 2.73;

    private static final List<String> REQUIRED = List.of("molecule", "tkin_K", "n_h2_cm3", "column_cm2", "dv_kms");
    private static final List<String> ANSWER =
            List.of("j_up", "freq_GHz", "tex_K", "tau", "t_r_K", "flux_Kkms", "status");

    /**
     * Reads a grid.
     *
     * @param lamda directory in which molecules and the files of the column {@code molfile} are looked up; without it,
     *     molecules are the built-in ones and molfiles lie beside the table
     * @throws BadInput with every mistake of the table
     */
    public static LineGrid read(Path file, Optional<Path> lamda) {
        Source source = new Source(
                file,
                lamda.map(MoleculeCatalog::lamda).orElseGet(MoleculeCatalog::builtIn),
                lamda.orElse(file.toAbsolutePath().getParent()),
                new HashMap<>(),
                new Mistakes());
        String text = JsonReader.text(file);
        List<String> lines = text.lines().toList();
        List<List<String>> records = new ArrayList<>();
        List<LineTable.Point> points = new ArrayList<>();
        List<String> header = List.of();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : reader) {
                if (header.isEmpty()) {
                    header = List.copyOf(row.getHeader());
                    source.checkHeader(header);
                }
                records.add(row.getFields());
                int line = (int) row.getStartingLineNumber();
                source.point(row, line, line <= lines.size() ? lines.get(line - 1) : "")
                        .ifPresent(points::add);
            }
        } catch (IOException e) {
            throw new BadInput("F001", Place.of(file), "cannot be read: " + e, "check the file");
        }
        if (records.isEmpty()) {
            source.mistakes.add("D001", Place.of(file), "the table has no rows", "begin with " + REQUIRED);
        }
        source.mistakes.throwIfAny();
        return new LineGrid(header, records, points);
    }

    /** Writes the answer: the columns of the grid, then those of the line, a row per line. */
    public void write(Path file, List<LineTable.Row> rows) throws IOException {
        AtomicFile.write(file, out -> {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
            List<String> columns = new ArrayList<>(header);
            columns.addAll(ANSWER);
            csv.writeRecord(columns);
            for (LineTable.Row row : rows) {
                List<String> cells = new ArrayList<>(records.get(row.point()));
                cells.add(Integer.toString(row.jUp()));
                for (double value :
                        new double[] {row.frequency(), row.tex(), row.tau(), row.brightness(), row.flux()}) {
                    cells.add(Double.toString(value));
                }
                cells.add(row.status().name().toLowerCase(Locale.ROOT));
                csv.writeRecord(cells);
            }
            csv.flush();
        });
    }

    /** What reading the rows needs. */
    private record Source(
            Path file, MoleculeCatalog catalog, Path folder, Map<String, Molecule> known, Mistakes mistakes) {

        void checkHeader(List<String> header) {
            for (String name : REQUIRED) {
                if (!header.contains(name)) {
                    throw new BadInput(
                            "D002",
                            new Place(file, 1, 1, "column " + name, String.join(",", header)),
                            "the table has no column '" + name + "'",
                            Nearest.hint(name, header));
                }
            }
            for (String name : header) {
                if (name.equals("geometry") || (name.startsWith("n_") && !name.equals("n_h2_cm3"))) {
                    // Repeating such a column unread would pass off the default physics as what it asks for.
                    throw new BadInput(
                            "D008",
                            new Place(file, 1, 1, "column " + name, String.join(",", header)),
                            "the column '" + name + "' asks for physics that the calculator does not have",
                            "remove it: the zone is a sphere and H2 the only partner, with ortho and para in"
                                    + " thermal equilibrium");
                }
            }
        }

        Optional<LineTable.Point> point(NamedCsvRecord row, int line, String excerpt) {
            double[] numbers = new double[5];
            List<String> names = List.of("tkin_K", "n_h2_cm3", "column_cm2", "dv_kms", "tbg_K");
            for (int i = 0; i < numbers.length; i++) {
                String cell = row.findField(names.get(i)).orElse("").strip();
                boolean background = names.get(i).equals("tbg_K");
                numbers[i] = cell.isEmpty() && background ? COSMIC_BACKGROUND : number(cell);
                // A column and a background may be zero, the rest may not.
                if (!Double.isFinite(numbers[i]) || numbers[i] < 0 || (numbers[i] == 0 && i != 2 && !background)) {
                    mistakes.add(
                            "D006",
                            new Place(file, line, 1, "column " + names.get(i), excerpt),
                            "'" + cell + "' is not allowed",
                            "give a finite number" + (i == 2 || background ? ", 0 or more" : " above 0"));
                    return Optional.empty();
                }
            }
            return molecule(row, line, excerpt)
                    .map(m -> new LineTable.Point(m, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]));
        }

        private static double number(String cell) {
            try {
                return Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }

        /** Every molecule is read once; rows that name it share it. */
        private Optional<Molecule> molecule(NamedCsvRecord row, int line, String excerpt) {
            String molfile = row.findField("molfile").orElse("").strip();
            String name = row.findField("molecule").orElse("").strip();
            String key = molfile.isEmpty() ? MoleculeCatalog.key(name) : molfile;
            if (known.containsKey(key)) {
                return Optional.ofNullable(known.get(key));
            }
            Place place = new Place(file, line, 1, "column " + (molfile.isEmpty() ? "molecule" : "molfile"), excerpt);
            Molecule molecule = null;
            try {
                molecule = molfile.isEmpty() ? catalog.find(name) : LamdaReader.read(folder.resolve(molfile));
            } catch (LamdaFormatException e) {
                mistakes.add(
                        "L001", new Place(Path.of(e.file()), e.line(), e.column(), "", ""), e.reason(), e.remedy());
            } catch (IOException e) {
                mistakes.add("F001", place, "'" + key + "' cannot be read: " + e.getMessage(), "check the file");
            } catch (IllegalArgumentException e) {
                mistakes.add("D009", place, e.getMessage(), "name a molecule that is known");
            }
            known.put(key, molecule);
            return Optional.ofNullable(molecule);
        }
    }
}
