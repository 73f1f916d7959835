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
import org.unblend.math.Sparse;

/**
 * The matrices that a command line names.
 *
 * @param x the data; entries without a number have weight 0. Sparse if the file is and nothing is missing or weighted
 * @param weights {@code [features x samples]}; empty if the data are sparse, for ones
 * @param sd standard deviations, if given
 * @param grid the pixels that the samples are, if the data are maps
 * @param remarks what was left out of maps, to be told
 */
record MatrixData(
        LabelledMatrix x, Optional<Dense> weights, Optional<Dense> sd, Optional<PixelGrid> grid, List<String> remarks) {
    /** What data, weights, graph and solver keep of an entry at the same time, as measured. */
    private static final double BYTES_PER_ENTRY = 200;

    /** @throws BadInput if a file is no matrix, or one of another shape than the data */
    static MatrixData read(MatrixOptions options) {
        Optional<MapStack> maps = options.maps.read(options);
        if (maps.isPresent()) {
            if (options.unstored != null) {
                throw options.bad("C002", "--unstored is for sparse matrices, and maps are none", "leave it out");
            }
            return of(maps.get(), options);
        }
        LabelledMatrix x = MatrixReader.read(options.matrix, options.skipMissing || options.weights != null);
        if (x.values() instanceof Sparse stored) {
            if (options.unstored != MatrixOptions.Unstored.MISSING && options.weights == null && options.sd == null) {
                return new MatrixData(
                        new LabelledMatrix(stored.withoutZeros(), x.rows(), x.columns()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
            }
        } else if (options.unstored != null) {
            throw options.bad(
                    "C002", "--unstored is for sparse matrices, and this file stores every entry", "leave it out");
        }
        return full(options, x);
    }

    /**
     * The same with every entry held, for what needs weights of its own.
     *
     * @throws BadInput if memory cannot hold that
     */
    MatrixData full(MatrixOptions options) {
        return x.values() instanceof Sparse ? full(options, x) : this;
    }

    private static MatrixData full(MatrixOptions options, LabelledMatrix read) {
        checkMemory(
                options,
                read.values().rows(),
                read.values().columns(),
                Runtime.getRuntime().maxMemory());
        boolean gaps = options.unstored == MatrixOptions.Unstored.MISSING;
        Dense values = gaps
                ? ((Sparse) read.values()).dense(Double.NaN)
                : read.values().dense();
        LabelledMatrix x = new LabelledMatrix(values, read.rows(), read.columns());
        Dense weights = options.weights == null ? ones(x) : like(x, options.weights, "weights");
        Optional<Dense> sd = options.sd == null
                ? Optional.empty()
                : Optional.of(like(x, only(options, options.sd), "standard deviations"));
        // Where only --weights tells what is missing, a gap of positive weight stays in, to be refused with its place.
        return new MatrixData(
                x,
                Optional.of(options.skipMissing || gaps ? x.masked(weights) : weights),
                sd,
                Optional.empty(),
                List.of());
    }

    private static MatrixData of(MapStack maps, MatrixOptions options) {
        LabelledMatrix x = maps.x();
        checkMemory(
                options,
                x.values().rows(),
                x.values().columns(),
                Runtime.getRuntime().maxMemory());
        return new MatrixData(x, Optional.of(x.masked(ones(x))), maps.sd(), Optional.of(maps.grid()), maps.remarks());
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
     * Refuses a matrix of which memory cannot hold every entry.
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
                    "set JAVA_TOOL_OPTIONS=-Xmx with more, or take a part of the matrix; 'factorise' and 'transform' hold"
                            + " only what a .mtx file stores, if no entry is missing or weighted, all components"
                            + " have the same priors, and there is no bootstrap; so does 'ranks' of counts,"
                            + " --likelihood poisson");
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

    /** The same with these standard deviations of all entries of a row, {@code [features]}. */
    MatrixData withErrors(double[] ofRow) {
        Dense errors = Dense.zeros(x.values().rows(), x.values().columns());
        for (int i = 0; i < ofRow.length; i++) {
            Arrays.fill(errors.row(i), ofRow[i]);
        }
        return new MatrixData(x, weights, Optional.of(errors), grid, remarks);
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
