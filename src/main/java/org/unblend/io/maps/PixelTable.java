package org.unblend.io.maps;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;
import org.unblend.model.Nearest;

/** Reads maps from a table with a row per pixel, two of whose columns number the pixels along x and y. */
public final class PixelTable {
    /** More pixels between two rows than any map has. */
    private static final long LARGEST = 100_000_000;

    private final Path file;
    private final LabelledMatrix table;
    private final Mistakes mistakes = new Mistakes();

    private PixelTable(Path file) {
        this.file = file;
        table = MatrixReader.read(file, true);
        if (table.columns().isEmpty()) {
            throw new BadInput("X046", Place.of(file), "has no names of columns", "give the table a header");
        }
    }

    /**
     * Reads and stacks the maps of a table.
     *
     * @param x column that numbers the pixels along x
     * @param y column that numbers them along y
     * @param maps columns that are maps
     * @param errors columns of their standard deviations, in the same order; empty for none
     * @throws BadInput if a column is not there, or is not as it should be
     */
    public static MapStack read(Path file, String x, String y, List<String> maps, List<String> errors) {
        return new PixelTable(file).stack(x, y, maps, errors);
    }

    private MapStack stack(String x, String y, List<String> maps, List<String> errors) {
        Optional<double[]> across = column(x);
        Optional<double[]> up = column(y);
        List<double[]> values = columns(maps);
        List<double[]> sds = columns(errors);
        mistakes.throwIfAny();
        int[] i = whole(across.orElseThrow(), x);
        int[] j = whole(up.orElseThrow(), y);
        mistakes.throwIfAny();
        int firstX = Arrays.stream(i).min().orElseThrow();
        int firstY = Arrays.stream(j).min().orElseThrow();
        long width = Arrays.stream(i).max().orElseThrow() - (long) firstX + 1;
        long height = Arrays.stream(j).max().orElseThrow() - (long) firstY + 1;
        if (width * height > LARGEST) {
            throw new BadInput(
                    "X046",
                    Place.of(file),
                    "its pixels span " + width + " x " + height,
                    "number the pixels by " + x + " and " + y + " without large gaps");
        }
        PixelGrid whole = new PixelGrid(
                (int) width, (int) height, firstX, firstY, new int[0], SkyFrame.plain(x, firstX, y, firstY));
        int[] pixel = pixels(i, j, whole);
        double[][] spread = spread(values, pixel, (int) (width * height));
        for (int empty : MapStack.empty(spread)) {
            mistakes.add("X045", Place.of(file), maps.get(empty) + " has no number", "leave this map out");
        }
        mistakes.throwIfAny();
        Optional<double[][]> deviations =
                sds.isEmpty() ? Optional.empty() : Optional.of(spread(sds, pixel, (int) (width * height)));
        MapStack stack = MapStack.of(maps, spread, deviations, whole);
        if (stack.grid().kept().length == 0) {
            throw new BadInput(
                    "X045", Place.of(file), "no pixel has a number and a standard deviation", "check the errors");
        }
        return stack;
    }

    private List<double[]> columns(List<String> names) {
        List<double[]> found = new ArrayList<>();
        names.forEach(n -> column(n).ifPresent(found::add));
        return found;
    }

    private Optional<double[]> column(String name) {
        int at = table.columns().indexOf(name);
        if (at < 0) {
            mistakes.add(
                    "X047", Place.of(file), "there is no column '" + name + "'", Nearest.hint(name, table.columns()));
            return Optional.empty();
        }
        Dense values = table.values().dense();
        double[] column = new double[values.rows()];
        Arrays.setAll(column, r -> values.get(r, at));
        return Optional.of(column);
    }

    private int[] whole(double[] numbers, String name) {
        int[] whole = new int[numbers.length];
        for (int r = 0; r < whole.length; r++) {
            if (!(Math.rint(numbers[r]) == numbers[r] && Math.abs(numbers[r]) <= 1e9)) {
                mistakes.add(
                        "X046",
                        Place.of(file),
                        "the " + name + " of pixel " + (r + 1) + " is " + numbers[r],
                        "number the pixels along an axis by whole numbers");
                return whole;
            }
            whole[r] = (int) numbers[r];
        }
        return whole;
    }

    private int[] pixels(int[] i, int[] j, PixelGrid whole) {
        int[] row = new int[whole.width() * whole.height()];
        int[] pixel = new int[i.length];
        for (int r = 0; r < pixel.length; r++) {
            pixel[r] = i[r] - whole.firstX() + whole.width() * (j[r] - whole.firstY());
            if (row[pixel[r]] > 0) {
                throw new BadInput(
                        "X046",
                        Place.of(file),
                        "pixels " + row[pixel[r]] + " and " + (r + 1) + " are both at " + i[r] + ", " + j[r],
                        "give every pixel one row");
            }
            row[pixel[r]] = r + 1;
        }
        return pixel;
    }

    private static double[][] spread(List<double[]> columns, int[] pixel, int all) {
        double[][] spread = new double[columns.size()][all];
        for (int k = 0; k < spread.length; k++) {
            Arrays.fill(spread[k], Double.NaN);
            for (int r = 0; r < pixel.length; r++) {
                spread[k][pixel[r]] = columns.get(k)[r];
            }
        }
        return spread;
    }
}
