package org.unblend.io.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.unblend.io.json.Place;

/**
 * Data by reference: one column of a CSV table, its rows matched to an axis by their labels.
 *
 * @param table the CSV file
 * @param values name of the column with the numbers
 * @param by name of the column with the labels
 * @param skipMissing true if blank and NaN cells mean "not measured"; otherwise they are mistakes
 * @param lines unit, beam and redshift of lines; empty if the column is in the unit of its node
 * @param place where the run file says so
 */
record Column(Path table, String values, String by, boolean skipMissing, Optional<LineData> lines, Place place)
        implements DataEntry {

    @Override
    public List<Path> sources() {
        return List.of(table);
    }
}
