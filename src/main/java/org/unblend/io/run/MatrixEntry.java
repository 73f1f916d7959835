package org.unblend.io.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.io.json.Place;

/**
 * Data by reference: a whole matrix, its rows and columns matched to two axes by their names, or by their order where the
 * file has none.
 *
 * @param matrix the file
 * @param rows the axis that the rows of the file fill
 * @param columns the axis that its columns fill
 * @param skipMissing true if blank and NaN entries mean "not measured"; otherwise they are mistakes
 * @param weights a file of the same form with a weight per entry, 0 = missing, if there is one
 * @param place where the run file says so
 */
record MatrixEntry(Path matrix, Side rows, Side columns, boolean skipMissing, Optional<Path> weights, Place place)
        implements DataEntry {

    /** The name of an axis and where the run file says it. */
    record Side(String axis, Place place) {}

    @Override
    public List<Path> files() {
        return Stream.concat(Stream.of(matrix), weights.stream()).toList();
    }
}
