package org.unblend.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.nio.file.Path;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;

/** What is told of a table whose rows cannot be taken apart. */
public final class CsvFault {
    private CsvFault() {}

    /** The mistake of the user that the parser found: a row shorter or longer than the header, or a quote left open. */
    public static BadInput of(Path file, CsvParseException e) {
        Throwable why = e.getCause() instanceof CsvParseException c ? c : e;
        return new BadInput(
                "X010",
                Place.of(file),
                "is no table: " + why.getMessage(),
                "give each row as many cells as the header, and close quotes");
    }
}
