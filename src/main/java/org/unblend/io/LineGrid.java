package org.unblend.io;

import de.siegmar.fastcsv.reader.CsvParseException;
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
import org.unblend.radiative.Physics;

/**
 * A grid of points for the line calculator as a CSV table, and the table of lines that answers it. Columns read: {@code
 * molecule}, optionally {@code molfile}, and those of {@link GridColumns}; other columns are repeated in the answer.
 *
 * @param header the columns of the table
 * @param records its rows as they were written
 * @param points the points, one per row
 */
public record LineGrid(List<String> header, List<List<String>> records, List<LineTable.Point> points) {
    /** Background when a table or command gives none: the cosmic microwave background. */
    public static final double COSMIC_BACKGROUND = 2.73;

    private static final List<String> REQUIRED = List.of("molecule", "tkin_K", "column_cm2", "dv_kms");
    private static final List<String> ANSWER =
            List.of("j_up", "freq_GHz", "tex_K", "tau", "t_r_K", "flux_Kkms", "status");

    /**
     * Reads a grid.
     *
     * @param lamda directory in which molecules and the files of the column {@code molfile} are looked up; without it,
     *     molecules are the built-in ones and molfiles lie beside the table
     * @param physics how rows are computed that do not say otherwise
     * @throws BadInput with every mistake of the table
     */
    public static LineGrid read(Path file, Optional<Path> lamda, Physics physics) {
        Source source = new Source(
                file,
                physics,
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
        } catch (CsvParseException e) {
            throw CsvFault.of(file, e);
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
            Path file,
            Physics physics,
            MoleculeCatalog catalog,
            Path folder,
            Map<String, Molecule> known,
            Mistakes mistakes) {

        void checkHeader(List<String> header) {
            Place place = new Place(file, 1, 1, "", String.join(",", header));
            for (String name : REQUIRED) {
                if (!header.contains(name)) {
                    throw new BadInput(
                            "D002", place, "the table has no column '" + name + "'", Nearest.hint(name, header));
                }
            }
            if (GridColumns.DENSITIES.stream().noneMatch(header::contains)) {
                throw new BadInput(
                        "D002",
                        place,
                        "the table has no column 'n_h2_cm3' nor any other density; there is no default",
                        "add one or more of " + GridColumns.DENSITIES);
            }
            for (String name : header) {
                if (name.startsWith("n_") && !GridColumns.DENSITIES.contains(name)) {
                    // Repeating such a column unread would pass off the result as one with this partner.
                    throw new BadInput(
                            "D008",
                            place,
                            "the column '" + name + "' is no density of a collision partner",
                            Nearest.hint(name, GridColumns.DENSITIES));
                }
            }
        }

        Optional<LineTable.Point> point(NamedCsvRecord row, int line, String excerpt) {
            Optional<Molecule> molecule = molecule(row, line, excerpt);
            try {
                return molecule.map(m -> GridColumns.point(row, m, physics));
            } catch (GridColumns.Wrong e) {
                mistakes.add(
                        "D006", new Place(file, line, 1, "column " + e.column(), excerpt), e.getMessage(), e.remedy());
                return Optional.empty();
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
