package org.unblend.io.maps;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pixels of a map are the columns of a matrix.
 *
 * @param width pixels along x
 * @param height pixels along y
 * @param firstX number that the first pixel along x goes by, 1 in FITS
 * @param firstY number that the first pixel along y goes by
 * @param kept {@code [columns]}, the pixel {@code x + width y} of each column, counted from 0
 * @param frame where the pixels lie on the sky
 */
public record PixelGrid(int width, int height, int firstX, int firstY, int[] kept, SkyFrame frame) {
    /** Pixels of the rectangle per pixel that has a name, at the most. */
    private static final long MOST_EMPTY = 20;

    private static final Pattern X_FIRST = Pattern.compile("x(-?[0-9]{1,6})_?y(-?[0-9]{1,6})");
    private static final Pattern Y_FIRST = Pattern.compile("y(-?[0-9]{1,6})_?x(-?[0-9]{1,6})");

    /**
     * The pixels that these names tell, such as {@code x12_y5} or {@code y5x12}; empty if they tell none, or one twice, or
     * if most of the rectangle that holds them is empty.
     */
    public static Optional<PixelGrid> ofNames(List<String> names) {
        int[] x = new int[names.size()];
        int[] y = new int[names.size()];
        for (int j = 0; j < x.length; j++) {
            Matcher across = X_FIRST.matcher(names.get(j));
            Matcher up = Y_FIRST.matcher(names.get(j));
            boolean first = across.matches();
            if (!first && !up.matches()) {
                return Optional.empty();
            }
            x[j] = Integer.parseInt(first ? across.group(1) : up.group(2));
            y[j] = Integer.parseInt(first ? across.group(2) : up.group(1));
        }
        int left = Arrays.stream(x).min().orElseThrow();
        int bottom = Arrays.stream(y).min().orElseThrow();
        long width = Arrays.stream(x).max().orElseThrow() - left + 1L;
        long height = Arrays.stream(y).max().orElseThrow() - bottom + 1L;
        if (width * height > MOST_EMPTY * x.length) {
            return Optional.empty();
        }
        int[] kept = new int[x.length];
        Arrays.setAll(kept, j -> x[j] - left + (int) width * (y[j] - bottom));
        if (Arrays.stream(kept).distinct().count() < kept.length) {
            return Optional.empty();
        }
        return Optional.of(
                new PixelGrid((int) width, (int) height, left, bottom, kept, SkyFrame.plain("x", left, "y", bottom)));
    }

    /** Names of the columns, such as {@code x12_y5}. */
    public List<String> names() {
        return Arrays.stream(kept)
                .mapToObj(p -> "x" + (firstX + p % width) + "_y" + (firstY + p / width))
                .toList();
    }

    /**
     * The map of a row of the matrix.
     *
     * @param values {@code [columns]}
     * @return {@code [height x width]}, NaN where a pixel has no column
     */
    public double[][] map(double[] values) {
        double[][] map = new double[height][width];
        for (double[] row : map) {
            Arrays.fill(row, Double.NaN);
        }
        for (int j = 0; j < kept.length; j++) {
            map[kept[j] / width][kept[j] % width] = values[j];
        }
        return map;
    }
}
