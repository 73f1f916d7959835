package org.unblend.io.maps;

import java.util.Arrays;
import java.util.List;

/**
 * Which pixels of a map are the columns of a matrix.
 *
 * @param width pixels along x
 * @param height pixels along y
 * @param firstX number that the first pixel along x goes by, 1 in FITS
 * @param firstY number that the first pixel along y goes by
 * @param kept {@code [columns]}, the pixel {@code x + width y} of each column, counted from 0, ascending
 * @param frame where the pixels lie on the sky
 */
public record PixelGrid(int width, int height, int firstX, int firstY, int[] kept, SkyFrame frame) {

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
