package org.unblend.io.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.ImageHDU;
import nom.tam.util.ArrayFuncs;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.math.Dense;

/**
 * The first image or cube of a FITS file, without its world coordinates. An image is {@code [y x x]}; a cube becomes
 * {@code [planes x pixels]} with pixel {@code x + width y}, counted from 0. Of more than two axes those of length one are
 * dropped. Scaling by BSCALE and BZERO is undone; BLANK and NaN pixels are missing.
 */
final class FitsReader {
    private FitsReader() {}

    static LabelledMatrix read(Path file, boolean missing) throws IOException {
        // The library logs what it does not understand; it need not see what is no FITS file at all.
        try (InputStream in = Bytes.of(file)) {
            if (!new String(in.readNBytes(6), StandardCharsets.US_ASCII).equals("SIMPLE")) {
                throw new BadInput("X040", Place.of(file), "is no FITS file", "check the file");
            }
        }
        try (InputStream in = Bytes.of(file);
                Fits fits = new Fits(in)) {
            for (BasicHDU<?> unit = fits.readHDU(); unit != null; unit = fits.readHDU()) {
                if (unit instanceof ImageHDU image && image.getAxes() != null && image.getAxes().length > 0) {
                    return matrix(file, image, missing);
                }
            }
        } catch (FitsException e) {
            throw new BadInput("X040", Place.of(file), "is damaged: " + e.getMessage(), "check the file");
        }
        throw new BadInput("X041", Place.of(file), "holds no image", "give a file with an image or a cube");
    }

    private static LabelledMatrix matrix(Path file, ImageHDU image, boolean missing) throws FitsException {
        int[] axes = image.getAxes();
        if (axes.length > 2) {
            axes = Arrays.stream(axes).filter(n -> n != 1).toArray();
        }
        if (axes.length > 3 || Arrays.stream(axes).anyMatch(n -> n == 0)) {
            throw new BadInput(
                    "X042",
                    Place.of(file),
                    "the image has axes " + Arrays.toString(image.getAxes()) + ", slowest first",
                    "give an image, or a cube of one polarisation");
        }
        double[] pixels = pixels(image);
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

    private static double[] pixels(ImageHDU image) throws FitsException {
        Object stored = ArrayFuncs.flatten(image.getKernel());
        double[] pixels = (double[]) ArrayFuncs.convertArray(stored, double.class);
        int bits = image.getBitpix().getHeaderValue();
        boolean whole = bits > 0;
        boolean blanks = whole && image.getHeader().containsKey("BLANK");
        double blank = blanks ? image.getBlankValue() : Double.NaN;
        double scale = image.getBScale();
        double zero = image.getBZero();
        for (int i = 0; i < pixels.length; i++) {
            // Bytes are unsigned in FITS and signed in Java.
            double raw = bits == 8 && pixels[i] < 0 ? pixels[i] + 256 : pixels[i];
            pixels[i] = raw == blank ? Double.NaN : zero + scale * raw;
        }
        return pixels;
    }
}
