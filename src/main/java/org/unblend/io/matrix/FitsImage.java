package org.unblend.io.matrix;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.ImageHDU;
import nom.tam.fits.header.Standard;
import nom.tam.util.ArrayFuncs;
import nom.tam.util.FitsInputStream;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;

/**
 * The first image of a FITS file that has pixels. Of more than two axes those of length one are dropped. Scaling by
 * BSCALE and BZERO is undone; BLANK pixels are NaN.
 *
 * @param file the file
 * @param axes lengths of the axes, slowest first
 * @param numbers FITS numbers of these axes, the n of NAXISn
 * @param pixels {@code [product of axes]}, the last axis runs fastest
 * @param header header of the image, not to be modified
 */
public record FitsImage(Path file, int[] axes, int[] numbers, double[] pixels, Header header) {
    /** What a pixel takes while it is read: as it is stored, as a number, and as an entry of a matrix. */
    private static final double BYTES_PER_PIXEL = 24;

    /** The library logs, with stack traces, what it then throws or makes good. A logger that nobody holds is forgotten. */
    private static final Logger LIBRARY = Logger.getLogger("nom.tam");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    /**
     * Reads an image.
     *
     * @throws BadInput if the file is no FITS file, is damaged, holds no image, or one with more than three axes
     * @throws IOException if the file cannot be read
     */
    public static FitsImage read(Path file) throws IOException {
        try (InputStream in = Bytes.of(file)) {
            if (!new String(in.readNBytes(6), StandardCharsets.US_ASCII).equals("SIMPLE")) {
                throw new BadInput("X040", Place.of(file), "is no FITS file", "check the file");
            }
        }
        checkSize(file);
        try (InputStream in = Bytes.of(file);
                Fits fits = new Fits(in)) {
            BasicHDU<?> first = fits.readHDU();
            if (first == null) {
                throw damaged(file, "it ends too early");
            }
            for (BasicHDU<?> unit = first; unit != null; unit = fits.readHDU()) {
                if (unit instanceof ImageHDU image && image.getAxes() != null && image.getAxes().length > 0) {
                    return of(file, image);
                }
            }
        } catch (FitsException | EOFException e) {
            throw damaged(file, e.getMessage());
        }
        throw new BadInput("X041", Place.of(file), "holds no image", "give a file with an image or a cube");
    }

    private static FitsImage of(Path file, ImageHDU image) throws FitsException {
        int[] stored = image.getAxes();
        int[] kept = IntStream.range(0, stored.length)
                .filter(a -> stored.length <= 2 || stored[a] != 1)
                .toArray();
        int[] axes = Arrays.stream(kept).map(a -> stored[a]).toArray();
        if (axes.length > 3 || Arrays.stream(axes).anyMatch(n -> n <= 0)) {
            throw new BadInput(
                    "X042",
                    Place.of(file),
                    "the image has axes " + Arrays.toString(stored) + ", slowest first",
                    "give an image, or a cube of one polarisation");
        }
        int[] numbers = Arrays.stream(kept).map(a -> stored.length - a).toArray();
        return new FitsImage(file, axes, numbers, pixels(image), image.getHeader());
    }

    /**
     * Reads the headers down to the first image: a damaged one may claim any size, and the library takes the memory
     * before it sees that pixels are missing.
     */
    private static void checkSize(Path file) throws IOException {
        boolean packed = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        long room = packed ? Long.MAX_VALUE : Files.size(file);
        long memory = Runtime.getRuntime().maxMemory();
        try (FitsInputStream in = new FitsInputStream(Bytes.of(file))) {
            for (Header header = Header.readHeader(in); header != null; header = Header.readHeader(in)) {
                long bytes = header.getDataSize();
                long pixels = bytes / Math.max(1, Math.abs(header.getIntValue(Standard.BITPIX)) / 8);
                if (bytes > room) {
                    throw damaged(file, "it has " + room + " bytes, and its pixels alone should have " + bytes);
                }
                if (pixels > Integer.MAX_VALUE || pixels * BYTES_PER_PIXEL > memory) {
                    throw new BadInput(
                            "X052",
                            Place.of(file),
                            String.format(
                                    Locale.ROOT,
                                    "its %d pixels need about %.1f GB of memory, and Java may take %.1f GB",
                                    pixels,
                                    pixels * BYTES_PER_PIXEL / 1e9,
                                    memory / 1e9),
                            "set JAVA_TOOL_OPTIONS=-Xmx with more, or give a part of the image");
                }
                if (bytes > 0) {
                    return;
                }
            }
        }
    }

    private static double[] pixels(ImageHDU image) throws FitsException {
        Object stored = ArrayFuncs.flatten(image.getKernel());
        double[] pixels = (double[]) ArrayFuncs.convertArray(stored, double.class);
        int bits = image.getBitpix().getHeaderValue();
        boolean blanks = bits > 0 && image.getHeader().containsKey("BLANK");
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

    private static BadInput damaged(Path file, String how) {
        return new BadInput(
                "X040",
                Place.of(file),
                "is damaged" + (how == null ? "" : ": " + how),
                "check the file, and fetch it again if it was copied");
    }
}
