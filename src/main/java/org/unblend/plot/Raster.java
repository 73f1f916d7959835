package org.unblend.plot;

import java.util.Arrays;

/**
 * An image as shapes of one colour each. Large images are averaged over blocks of pixels, as nobody sees more of them in
 * a figure.
 */
record Raster(double[][] pixels, int block) {
    /** Most pixels along an axis. */
    private static final int MOST = 160;

    /**
     * @param image {@code [height x width]}, bottom row first, NaN where there is none
     */
    static Raster of(double[][] image) {
        int block = Math.max(1, (Math.max(image.length, image[0].length) + MOST - 1) / MOST);
        if (block == 1) {
            return new Raster(image, 1);
        }
        int height = (image.length + block - 1) / block;
        int width = (image[0].length + block - 1) / block;
        double[][] sums = new double[height][width];
        int[][] counts = new int[height][width];
        for (int y = 0; y < image.length; y++) {
            for (int x = 0; x < image[0].length; x++) {
                if (!Double.isNaN(image[y][x])) {
                    sums[y / block][x / block] += image[y][x];
                    counts[y / block][x / block]++;
                }
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                sums[y][x] = counts[y][x] == 0 ? Double.NaN : sums[y][x] / counts[y][x];
            }
        }
        return new Raster(sums, block);
    }

    /** The value that so large a share of the pixels does not exceed; NaN if there are none. */
    double quantile(double share) {
        double[] sorted = Arrays.stream(pixels)
                .flatMapToDouble(Arrays::stream)
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * (sorted.length - 1))];
    }

    /**
     * Draws the image into the frame opened last.
     *
     * @param size length of a pixel of the original image in the figure
     * @param top height of the figure's panel
     * @param largest value of the darkest colour
     */
    void draw(Svg svg, double size, double top, double largest) {
        Outline[] shapes = new Outline[ColourScale.LEVELS];
        Arrays.setAll(shapes, i -> new Outline());
        double step = size * block;
        for (int y = 0; y < pixels.length; y++) {
            int from = 0;
            while (from < pixels[y].length) {
                int level = level(pixels[y][from], largest);
                int to = from + 1;
                while (to < pixels[y].length && level(pixels[y][to], largest) == level) {
                    to++;
                }
                if (level >= 0) {
                    double high = top - (y + 1) * step;
                    shapes[level]
                            .move(from * step, high)
                            .line(to * step, high)
                            .line(to * step, high + step)
                            .line(from * step, high + step)
                            .close();
                }
                from = to;
            }
        }
        for (int level = 0; level < shapes.length; level++) {
            svg.fill(shapes[level], ColourScale.colour(level));
        }
    }

    private static int level(double value, double largest) {
        return Double.isNaN(value) ? -1 : ColourScale.level(value / largest);
    }
}
