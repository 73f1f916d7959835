package org.unblend.io.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.Mistakes;
import org.unblend.io.maps.FitsMaps;
import org.unblend.io.maps.MapStack;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.MatrixReader;

/**
 * The matrices among the data of a run.
 *
 * @param tables what each entry holds, in the order of the run; empty, with notes, where a file is no matrix
 * @param maps those that are maps, NaN where one is missing
 */
record Matrices(Map<MatrixEntry, Optional<LabelledMatrix>> tables, Map<MatrixEntry, MapStack> maps) {

    static Matrices read(Iterable<DataEntry> data, Mistakes mistakes) {
        Matrices all = new Matrices(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (DataEntry entry : data) {
            if (entry instanceof MatrixEntry m) {
                all.tables.put(m, mistakes.attempt(() -> all.read(m)));
            }
        }
        return all;
    }

    private LabelledMatrix read(MatrixEntry m) {
        if (m.fits()) {
            Optional<MapStack> stack = m.several()
                    ? Optional.of(FitsMaps.read(m.files(), m.errors()))
                    : FitsMaps.cube(m.matrix(), m.errors());
            if (stack.isPresent()) {
                maps.put(m, stack.get());
                return stack.get().x();
            }
        }
        // Where weights tell what is missing, a gap of positive weight stays in, to be refused with its place.
        return MatrixReader.read(m.matrix(), m.skipMissing() || m.weights().isPresent());
    }

    /** True if an entry that has no number was not measured. */
    boolean skips(MatrixEntry m) {
        return m.skipMissing() || m.gaps().unstored() || maps.containsKey(m);
    }
}
