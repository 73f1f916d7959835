package org.unblend.io.matrix;

import java.io.IOException;
import java.nio.file.Path;
import org.unblend.math.Dense;

/**
 * The first image or cube of a FITS file as a matrix, without its world coordinates. An image is {@code [y x x]}; a cube
 * becomes {@code [planes x pixels]} with pixel {@code x + width y}, counted from 0. NaN pixels are missing.
 */
final class FitsReader {
    private FitsReader() {}

    static LabelledMatrix read(Path file, boolean missing) throws IOException {
        FitsImage image = FitsImage.read(file);
        int[] axes = image.axes();
        double[] pixels = image.pixels();
        // What is left of a cube with a single long axis is one column, as is an image of one dimension.
        int rows = axes.length == 0 ? 1 : axes[0];
        int columns = pixels.length / rows;
        Dense x = Dense.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                x.row(i)[j] = MatrixReader.checked(file, pixels[i * columns + j], i, j, missing);
            }
        }
        return LabelledMatrix.unnamed(x);
    }
}
