package org.unblend.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.JsonReader;
import org.unblend.io.json.Place;
import org.unblend.radiative.Background;

/** Reads a radiation field: columns {@code freq_GHz}, ascending, and {@code intensity_cgs} [erg s-1 cm-2 Hz-1 sr-1]. */
public final class RadiationTable {
    private static final String FREQUENCY = "freq_GHz";
    private static final String INTENSITY = "intensity_cgs";

    private RadiationTable() {}

    /** @throws BadInput if the file cannot be read or is not such a table */
    public static Background.Table read(Path file) {
        List<Double> frequency = new ArrayList<>();
        List<Double> intensity = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(JsonReader.text(file))) {
            for (NamedCsvRecord row : reader) {
                frequency.add(number(file, row, FREQUENCY));
                intensity.add(number(file, row, INTENSITY));
            }
            return new Background.Table(array(frequency), array(intensity));
        } catch (CsvParseException e) {
            throw CsvFault.of(file, e);
        } catch (IOException e) {
            throw new BadInput("F001", Place.of(file), "cannot be read: " + e, "check the file");
        } catch (IllegalArgumentException e) {
            throw new BadInput("D006", Place.of(file), e.getMessage(), "correct the table");
        }
    }

    private static double number(Path file, NamedCsvRecord row, String column) {
        String cell = row.findField(column).orElse("").strip();
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new BadInput(
                    "D006",
                    new Place(file, (int) row.getStartingLineNumber(), 1, "column " + column, cell),
                    "'" + cell + "' is no number",
                    "the table has the columns " + FREQUENCY + " and " + INTENSITY);
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
