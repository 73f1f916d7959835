package org.unblend.io.maps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.ImageHDU;
import org.unblend.math.Dense;

/** Writes strengths per pixel as FITS images. */
public final class MapFiles {
    private MapFiles() {}

    /**
     * Writes {@code maps/component1.fits} and so on, one image of doubles per component with the coordinates of the
     * data; pixels without data are NaN.
     *
     * @param h {@code [components x columns]}
     */
    public static void write(Path directory, Dense h, PixelGrid grid) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("maps"));
        for (int k = 0; k < h.rows(); k++) {
            write(
                    folder.resolve("component" + (k + 1) + ".fits"),
                    grid.map(h.row(k)),
                    grid.frame(),
                    List.of("component " + (k + 1) + " of " + h.rows()
                            + " of a non-negative factorisation by unblend"));
        }
    }

    private static void write(Path file, double[][] map, SkyFrame frame, List<String> history) throws IOException {
        try (Fits fits = new Fits()) {
            ImageHDU image = (ImageHDU) Fits.makeHDU(map);
            Header header = image.getHeader();
            frame.addTo(header);
            // The library writes the time here, and equal results should be equal files.
            header.findCard("SIMPLE").setComment("conforms to FITS standard");
            for (String line : history) {
                header.insertHistory(line);
            }
            fits.addHDU(image);
            fits.write(file.toFile());
        } catch (FitsException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
