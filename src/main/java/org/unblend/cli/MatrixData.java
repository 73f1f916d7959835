package org.unblend.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.io.maps.MapStack;
import org.unblend.io.maps.PixelGrid;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;

/**
 * The matrices that a command line names.
 *
 * @param x the data; entries without a number have weight 0
 * @param weights {@code [features x samples]}
 * @param sd standard deviations, if given
 * @param grid the pixels that the samples are, if the data are maps
 * @param remarks what was left out of maps, to be told
 */
record MatrixData(LabelledMatrix x, Dense weights, Optional<Dense> sd, Optional<PixelGrid> grid, List<String> remarks) {
    /** What data, weights, graph and solver keep of an entry at the same time, as measured. */
    private static final double BYTES_PER_ENTRY = 200;

    /** @throws BadInput if a file is no matrix, or one of another shape than the data */
    static MatrixData read(MatrixOptions options) {
        Optional<MapStack> maps = options.maps.read(options);
        if (maps.isPresent()) {
            return of(maps.get(), options);
        }
        LabelledMatrix x = MatrixReader.read(options.matrix, options.skipMissing || options.weights != null);
        checkMemory(
                options,
                x.values().rows(),
                x.values().columns(),
                Runtime.getRuntime().maxMemory());
        Dense weights = options.weights == null ? ones(x) : like(x, options.weights, "weights");
        Optional<Dense> sd = options.sd == null
                ? Optional.empty()
                : Optional.of(like(x, only(options, options.sd), "standard deviations"));
        // Where only --weights tells what is missing, a gap of positive weight stays in, to be refused with its place.
        return new MatrixData(x, options.skipMissing ? x.masked(weights) : weights, sd, Optional.empty(), List.of());
    }

    private static MatrixData of(MapStack maps, MatrixOptions options) {
        LabelledMatrix x = maps.x();
        checkMemory(
                options,
                x.values().rows(),
                x.values().columns(),
                Runtime.getRuntime().maxMemory());
        return new MatrixData(x, x.masked(ones(x)), maps.sd(), Optional.of(maps.grid()), maps.remarks());
    }

    private static Path only(MatrixOptions options, List<Path> files) {
        if (files.size() > 1) {
            throw options.bad(
                    "C002",
                    "--sd is given " + files.size() + " times for one matrix",
                    "give one file with a standard deviation per entry");
        }
        return files.get(0);
    }

    /**
     * Refuses a matrix that memory cannot hold: the graph keeps every entry, those of sparse matrices included.
     *
     * @param memory bytes that there are
     */
    static void checkMemory(MatrixOptions options, int rows, int columns, long memory) {
        double needed = BYTES_PER_ENTRY * (double) rows * columns;
        if (needed > memory || (long) rows * columns > Integer.MAX_VALUE) {
            throw options.bad(
                    "X052",
                    String.format(
                            Locale.ROOT,
                            "%d x %d entries need about %.1f GB of memory, and Java may take %.1f GB",
                            rows,
                            columns,
                            needed / 1e9,
                            memory / 1e9),
                    "set JAVA_TOOL_OPTIONS=-Xmx with more, or factorise a part of the matrix");
        }
    }

    private static Dense like(LabelledMatrix x, Path file, String what) {
        Dense values = MatrixReader.read(file, false).values().dense();
        if (values.rows() != x.values().rows() || values.columns() != x.values().columns()) {
            throw new BadInput(
                    "X050",
                    Place.of(file),
                    "the " + what + " are " + values.rows() + " x " + values.columns() + ", the data are "
                            + x.values().rows() + " x " + x.values().columns(),
                    "give one per entry of the data");
        }
        return values;
    }

    private static Dense ones(LabelledMatrix x) {
        Dense ones = Dense.zeros(x.values().rows(), x.values().columns());
        Arrays.stream(ones.array()).forEach(row -> Arrays.fill(row, 1));
        return ones;
    }

    /** What is to be told of the data and of what was assumed. */
    List<String> told(List<String> assumed) {
        return Stream.concat(remarks.stream(), assumed.stream()).toList();
    }

    /** All entries row by row. */
    static double[] flat(Dense x) {
        double[] flat = new double[x.rows() * x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            System.arraycopy(x.row(i), 0, flat, i * x.columns(), x.columns());
        }
        return flat;
    }
}
