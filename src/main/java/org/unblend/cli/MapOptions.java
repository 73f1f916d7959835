package org.unblend.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.maps.FitsMaps;
import org.unblend.io.maps.MapStack;
import org.unblend.io.maps.PixelTable;
import picocli.CommandLine.Option;

/** Data that are maps: FITS images or cubes, or a table with a row per pixel. */
final class MapOptions {
    @Option(
            names = "--pixels",
            paramLabel = "X,Y",
            split = ",",
            description = "MATRIX is a table with a row per pixel; these columns number the pixels along x and y")
    private List<String> pixels = List.of();

    @Option(names = "--maps", paramLabel = "A,B", split = ",", description = "columns of that table which are maps")
    private List<String> columns = List.of();

    @Option(
            names = "--map-sd",
            paramLabel = "A,B",
            split = ",",
            description = "columns with the standard deviations of these maps; 0 is missing")
    private List<String> errors = List.of();

    /**
     * The maps; empty if the data are an ordinary matrix.
     *
     * @throws org.unblend.io.json.BadInput if options contradict each other or files are not as they should be
     */
    Optional<MapStack> read(MatrixOptions options) {
        Optional<MapStack> maps = pixels.isEmpty() ? fits(options) : Optional.of(table(options));
        if (maps.isPresent() && options.weights != null) {
            throw options.bad(
                    "C002", "maps have no --weights", "give standard deviations; NaN pixels have weight 0 already");
        }
        return maps;
    }

    /** True if standard deviations are given with the maps. */
    boolean hasErrors() {
        return !errors.isEmpty();
    }

    private Optional<MapStack> fits(MatrixOptions options) {
        if (!columns.isEmpty() || !errors.isEmpty()) {
            throw options.bad(
                    "C002",
                    "--maps and --map-sd name columns of a table with a row per pixel",
                    "add --pixels X,Y, the columns that number its pixels");
        }
        if (options.more.isEmpty()) {
            return FitsMaps.isFits(options.matrix) ? FitsMaps.cube(options.matrix, options.sds()) : Optional.empty();
        }
        List<Path> files = new ArrayList<>(List.of(options.matrix));
        files.addAll(options.more);
        for (Path file : files) {
            if (!FitsMaps.isFits(file)) {
                throw options.bad(
                        "C002",
                        "several files are given, and " + file + " is no FITS image",
                        "give one matrix, or a FITS image per line");
            }
        }
        return Optional.of(FitsMaps.read(files, options.sds()));
    }

    private MapStack table(MatrixOptions options) {
        if (pixels.size() != 2 || columns.isEmpty()) {
            throw options.bad(
                    "C003",
                    "a table with a row per pixel needs two columns that number the pixels, and maps",
                    "write --pixels X,Y --maps A,B with the names of its columns");
        }
        if (!errors.isEmpty() && errors.size() != columns.size()) {
            throw options.bad(
                    "C002",
                    errors.size() + " columns of standard deviations for " + columns.size() + " maps",
                    "give --map-sd a column for each of --maps, in the same order");
        }
        if (!options.more.isEmpty() || options.sd != null) {
            throw options.bad(
                    "C002", "the maps are columns of one table", "leave out further files; name errors by --map-sd");
        }
        return PixelTable.read(options.matrix, pixels.get(0), pixels.get(1), columns, errors);
    }

    /** Adds these options to the record of what was asked for. */
    void addTo(Map<String, String> request) {
        put(request, "pixels", pixels);
        put(request, "maps", columns);
        put(request, "map_sd", errors);
    }

    private static void put(Map<String, String> request, String key, List<?> values) {
        if (!values.isEmpty()) {
            request.put(key, MatrixOptions.words(values));
        }
    }
}
