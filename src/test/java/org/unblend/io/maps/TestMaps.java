package org.unblend.io.maps;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;

/** FITS files made in tests. */
public final class TestMaps {
    private TestMaps() {}

    /** Writes an image, compressed if the name says so. Values of the cards are texts, integers or doubles. */
    public static Path write(Path file, Object pixels, Map<String, ?> cards) {
        try (Fits fits = new Fits()) {
            BasicHDU<?> unit = Fits.makeHDU(pixels);
            for (Map.Entry<String, ?> card : cards.entrySet()) {
                if (card.getValue() instanceof String text) {
                    unit.addValue(card.getKey(), text, "");
                } else if (card.getValue() instanceof Integer whole) {
                    unit.addValue(card.getKey(), whole.intValue(), "");
                } else {
                    unit.addValue(card.getKey(), (double) card.getValue(), "");
                }
            }
            fits.addHDU(unit);
            Path plain = file.resolveSibling("plain");
            fits.write(plain.toFile());
            if (!file.toString().endsWith(".gz")) {
                return Files.move(plain, file);
            }
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                Files.copy(plain, out);
            }
            Files.delete(plain);
            return file;
        } catch (FitsException | IOException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** Coordinates of a small map: 4 arcsec per pixel, M 51. */
    public static Map<String, Object> sky() {
        return Map.of(
                "CTYPE1",
                "RA---TAN",
                "CRVAL1",
                202.4696,
                "CRPIX1",
                2.0,
                "CDELT1",
                -4.0 / 3600,
                "CTYPE2",
                "DEC--TAN",
                "CRVAL2",
                47.1952,
                "CRPIX2",
                1.5,
                "CDELT2",
                4.0 / 3600,
                "OBJECT",
                "M51",
                "BMAJ",
                0.0075);
    }
}
