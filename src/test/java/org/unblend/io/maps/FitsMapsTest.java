package org.unblend.io.maps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.io.json.BadInput;
import org.unblend.io.matrix.FitsImage;
import org.unblend.math.Dense;

class FitsMapsTest {
    private static final double NAN = Double.NaN;

    @TempDir
    private Path folder;

    private Path map(String name, Object pixels) {
        return TestMaps.write(folder.resolve(name), pixels, TestMaps.sky());
    }

    private BadInput refused(Path... files) {
        return assertThrows(BadInput.class, () -> FitsMaps.read(List.of(files), List.of()));
    }

    private static String code(BadInput e) {
        return e.mistakes().get(0).code();
    }

    @Test
    void mapsAreStackedAndMissingPixelsLeftOut() {
        Path co = map("co.fits", new double[][] {{1, 2, NAN}, {4, NAN, 6}});
        Path hcn = map("hcn.fit.gz", new float[][] {{10, 20, Float.NaN}, {40, 50, 60}});
        MapStack stack = FitsMaps.read(List.of(co, hcn), List.of());
        assertEquals(List.of("co", "hcn"), stack.x().rows());
        assertEquals(
                List.of("x1_y1", "x2_y1", "x1_y2", "x2_y2", "x3_y2"), stack.x().columns());
        assertEquals(
                Dense.of(new double[][] {{1, 2, 4, NAN, 6}, {10, 20, 40, 50, 60}}),
                stack.x().values());
        assertEquals(2, stack.remarks().size(), stack.remarks().toString());
        assertArrayEquals(
                new double[][] {{7, 8, NAN}, {9, 10, 11}}, stack.grid().map(new double[] {7, 8, 9, 10, 11}));
    }

    @Test
    void errorsOfZeroOrNoneMarkMissingEntries() {
        Path co = map("co.fits", new double[][] {{1, 2, 3, 4}});
        Path sd = map("sd.fits", new double[][] {{0.5, 0, NAN, 2}});
        MapStack stack = FitsMaps.read(List.of(co), List.of(sd));
        assertEquals(Dense.of(new double[][] {{1, 4}}), stack.x().values());
        assertEquals(Dense.of(new double[][] {{0.5, 2}}), stack.sd().orElseThrow());
        assertTrue(
                stack.remarks().get(1).startsWith("2 entries count as missing"),
                stack.remarks().toString());
        BadInput count = assertThrows(BadInput.class, () -> FitsMaps.read(List.of(co, co), List.of(sd)));
        assertEquals("X050", code(count));
        Path none = map("none.fits", new double[][] {{0, 0, 0, 0}});
        assertEquals("X045", code(assertThrows(BadInput.class, () -> FitsMaps.read(List.of(co), List.of(none)))));
    }

    /** A cube with an axis of polarisation: planes are maps, and the map has the coordinates of axes 1 and 2 alone. */
    @Test
    void strengthsGoBackWithTheCoordinatesOfTheMaps() throws Exception {
        Map<String, Object> cards = new HashMap<>(TestMaps.sky());
        cards.putAll(Map.of("CTYPE3", "FREQ", "CRVAL3", 1.1e11, "CTYPE4", "STOKES", "PC1_1", 1.0, "PC3_1", 0.5));
        Path cube = TestMaps.write(
                folder.resolve("cube.fits"), new double[][][][] {{{{1, 2}, {NAN, 4}}, {{5, 6}, {NAN, 8}}}}, cards);
        MapStack stack = FitsMaps.cube(cube, List.of()).orElseThrow();
        assertEquals(List.of("cube[1]", "cube[2]"), stack.x().rows());
        MapFiles.write(folder, Dense.of(new double[][] {{1, 2, 3}, {4, 5, 6}}), stack.grid());
        FitsImage written = FitsImage.read(folder.resolve("maps/component2.fits"));
        assertArrayEquals(new double[] {4, 5, NAN, 6}, written.pixels());
        Header header = written.header();
        assertEquals("RA---TAN", header.getStringValue("CTYPE1"));
        assertEquals(202.4696, header.getDoubleValue("CRVAL1"));
        assertEquals(-4.0 / 3600, header.getDoubleValue("CDELT1"), 1e-16);
        assertEquals(47.1952, header.getDoubleValue("CRVAL2"));
        assertEquals("M51", header.getStringValue("OBJECT"));
        // No time of writing: equal results are equal files.
        assertEquals("conforms to FITS standard", header.findCard("SIMPLE").getComment());
        for (String gone : List.of("CTYPE3", "CRVAL3", "CTYPE4", "PC3_1")) {
            assertFalse(header.containsKey(gone), gone);
        }
        assertArrayEquals(
                new double[] {-4, 4}, stack.grid().frame().arcseconds().orElseThrow(), 1e-12);
        // Read as a map again it lies where it lay.
        MapStack again = FitsMaps.read(List.of(folder.resolve("maps/component1.fits")), List.of());
        assertEquals(stack.x().columns(), again.x().columns());
        assertEquals(
                Optional.empty(), again.grid().frame().difference(stack.grid().frame(), 2, 2));
    }

    @Test
    void otherPixelsAreRefusedNamingBothFiles() {
        Path co = map("co.fits", new double[2][3]);
        Path small = map("small.fits", new double[2][2]);
        Map<String, Object> moved = new HashMap<>(TestMaps.sky());
        moved.put("CRPIX1", 2.5);
        Path aside = TestMaps.write(folder.resolve("aside.fits"), new double[2][3], moved);
        BadInput e = refused(co, small, aside);
        assertEquals(
                List.of("X043", "X044"),
                e.mistakes().stream().map(m -> m.code()).toList());
        for (int i = 0; i < 2; i++) {
            String text = e.mistakes().get(i).toString();
            assertTrue(text.contains("co.fits") && text.contains(i == 0 ? "small.fits" : "aside.fits"), text);
        }
        assertTrue(e.mistakes().get(1).reason().contains("by up to 0.500 pixels"), e.toString());
        moved.put("CRPIX1", 2.0);
        moved.put("CTYPE1", "GLON-TAN");
        Path other = TestMaps.write(folder.resolve("other.fits"), new double[2][3], moved);
        assertTrue(refused(co, other).mistakes().get(0).reason().contains("GLON-TAN"));
    }

    /** The same place written with a matrix CD, a little rounding, another beam, or no coordinates at all. */
    @Test
    void theSamePixelsInOtherWordsAreTaken() {
        Path co = map("co.fits", new double[2][3]);
        Map<String, Object> matrix = new HashMap<>(TestMaps.sky());
        matrix.remove("CDELT1");
        matrix.remove("CDELT2");
        matrix.putAll(Map.of("CD1_1", -4.00001 / 3600, "CD2_2", 4.0 / 3600, "BMAJ", 0.01));
        Path hcn = TestMaps.write(folder.resolve("hcn.fits"), new double[2][3], matrix);
        Path bare = TestMaps.write(folder.resolve("bare.fits"), new double[2][3], Map.of());
        SkyFrame frame = FitsMaps.read(List.of(bare, co, hcn), List.of()).grid().frame();
        assertTrue(frame.cards().stream().anyMatch(c -> c.key().equals("OBJECT")), frame.toString());
        assertFalse(frame.cards().stream().anyMatch(c -> c.key().equals("BMAJ")), frame.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.fits", "a.fits.gz"})
    void everyKindOfNumber(String name) {
        for (Object pixels : new Object[] {
            new byte[][] {{1, 2}, {3, 4}},
            new short[][] {{1, 2}, {3, 4}},
            new int[][] {{1, 2}, {3, 4}},
            new long[][] {{1, 2}, {3, 4}},
            new float[][] {{1, 2}, {3, 4}},
            new double[][] {{1, 2}, {3, 4}}
        }) {
            Path file = TestMaps.write(
                    folder.resolve(pixels.getClass().getSimpleName().charAt(0) + name),
                    pixels,
                    Map.of("BSCALE", 2.0, "BZERO", 1.0));
            assertEquals(
                    Dense.of(new double[][] {{3, 5, 7, 9}}),
                    FitsMaps.read(List.of(file), List.of()).x().values(),
                    pixels.getClass().toString());
        }
    }

    @Test
    void mapsWithoutNumbersAreRefused() {
        Path good = map("good.fits", new double[][] {{1, 2}});
        Path empty = map("empty.fits", new double[][] {{NAN, NAN}});
        assertEquals("X045", code(refused(good, empty)));
        assertEquals("X004", code(refused(good, map("far.fits", new double[][] {{1, Double.NEGATIVE_INFINITY}}))));
        assertEquals("X042", code(refused(map("line.fits", new double[] {1, 2}))));
        assertEquals("X001", code(refused(folder.resolve("absent.fits"))));
    }

    @Test
    void damagedFilesAreRefused() throws Exception {
        Path whole = map("whole.fits", new double[40][50]);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {0, 3, 80, 2879, 2880, 2880 + 8, bytes.length - 2880}) {
            Path cut = Files.write(folder.resolve("cut.fits"), Arrays.copyOf(bytes, length));
            assertEquals("X040", code(refused(cut)), "of " + length + " bytes");
        }
        Path packed = map("packed.fits.gz", new double[40][50]);
        byte[] half = Arrays.copyOf(Files.readAllBytes(packed), (int) Files.size(packed) / 2);
        assertEquals("X040", code(refused(Files.write(folder.resolve("half.fits.gz"), half))));
        assertEquals("X003", code(refused(Files.copy(whole, folder.resolve("plain.fits.gz")))));
        // The header says that there are many more pixels than the file has room for.
        String text = new String(bytes, 0, 2880, StandardCharsets.US_ASCII);
        byte[] claim =
                text.replace("                  50", "          2000000000").getBytes(StandardCharsets.US_ASCII);
        assertEquals(2880, claim.length);
        assertEquals("X040", code(refused(Files.write(folder.resolve("claim.fits"), claim))));
    }

    @Test
    void aFileWithoutImageIsRefused() throws Exception {
        Path file = folder.resolve("table.fits");
        try (Fits fits = new Fits()) {
            fits.addHDU(Fits.makeHDU(new Object[] {new double[] {1, 2}, new int[] {3, 4}}));
            fits.write(file.toFile());
        }
        assertEquals("X041", code(refused(file)));
    }

    @Test
    void theImageMayStandInAnExtension() throws IOException, nom.tam.fits.FitsException {
        Path file = folder.resolve("extension.fits");
        try (Fits fits = new Fits()) {
            fits.addHDU(Fits.makeHDU((Object) null));
            fits.addHDU(Fits.makeHDU(new double[][] {{1, 2}}));
            fits.write(file.toFile());
        }
        assertEquals(
                Dense.of(new double[][] {{1, 2}}),
                FitsMaps.read(List.of(file), List.of()).x().values());
    }
}
