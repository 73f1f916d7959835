package org.unblend.io.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.io.json.Place;
import org.unblend.io.maps.FitsMaps;
import org.unblend.nmf.prepare.Preparation;

/**
 * Data by reference: a whole matrix, its rows and columns matched to two axes by their names, or by their order where the
 * file has none.
 *
 * @param files the file, or FITS images of one region that are stacked, a row each
 * @param errors FITS images with the standard deviations of these maps, none as a rule
 * @param rows the axis that the rows of the file fill
 * @param columns the axis that its columns fill
 * @param gaps which entries were not measured
 * @param weights a file of the same form with a weight per entry, 0 = missing, if there is one
 * @param preparation what is done to the matrix before it is factorised
 * @param place where the run file says so
 */
record MatrixEntry(
        List<Path> files,
        List<Path> errors,
        Side rows,
        Side columns,
        Gaps gaps,
        Optional<Path> weights,
        Preparation preparation,
        Place place)
        implements DataEntry {

    /** The name of an axis and where the run file says it. */
    record Side(String axis, Place place) {}

    /**
     * Which entries were not measured.
     *
     * @param skip true if blank and NaN entries mean so; otherwise they are mistakes
     * @param unstored true if entries mean so that a sparse file does not store; otherwise they are 0
     */
    record Gaps(boolean skip, boolean unstored) {
        static final Gaps NONE = new Gaps(false, false);
    }

    /** A file that holds every entry of a node with two axes. */
    static MatrixEntry plain(Path file, Side rows, Side columns, Place place) {
        return new MatrixEntry(
                List.of(file), List.of(), rows, columns, Gaps.NONE, Optional.empty(), Preparation.NONE, place);
    }

    /** The file, or the first of the maps. */
    Path matrix() {
        return files.get(0);
    }

    boolean skipMissing() {
        return gaps.skip();
    }

    /** True if the files can only be maps. */
    boolean several() {
        return files.size() > 1 || !errors.isEmpty();
    }

    /** True if the files may be maps. */
    boolean fits() {
        return files.stream().allMatch(FitsMaps::isFits) && errors.stream().allMatch(FitsMaps::isFits);
    }

    @Override
    public List<Path> sources() {
        return Stream.of(files.stream(), errors.stream(), weights.stream())
                .flatMap(f -> f)
                .toList();
    }
}
