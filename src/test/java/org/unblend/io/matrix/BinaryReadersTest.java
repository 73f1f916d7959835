package org.unblend.io.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.io.json.BadInput;
import org.unblend.math.Dense;

class BinaryReadersTest {
    private static final Dense EXPECTED = Dense.of(new double[][] {{1, 2, 3}, {-4, 5, 6}});

    @TempDir
    private Path folder;

    /** Written by numpy 1.17: {@code np.asfortranarray([[1,2,3],[-4,5,6]], '<f4')}. */
    @Test
    void fileOfNumpy() throws IOException {
        String text = "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH"
                + "0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AACA"
                + "wAAAAEAAAKBAAABAQAAAwEA=";
        Path file = folder.resolve("x.npy");
        Files.write(file, Base64.getDecoder().decode(text));
        assertEquals(EXPECTED, MatrixReader.read(file, false).values());
    }

    @ParameterizedTest
    @CsvSource({
        "1,<f8,False",
        "1,>f8,True",
        "2,<f4,False",
        "2,>f4,True",
        "3,<i4,True",
        "1,>i4,False",
        "1,<i8,False",
        "2,>i8,True"
    })
    void npyOfEveryKind(int version, String type, String fortran) throws IOException {
        Dense lines = fortran.equals("True") ? EXPECTED.transpose() : EXPECTED;
        double[] values =
                Arrays.stream(lines.array()).flatMapToDouble(Arrays::stream).toArray();
        Path file = npy(
                "x.npy",
                version,
                "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': (2, 3), }",
                type,
                values);
        assertEquals(EXPECTED, MatrixReader.read(file, false).values());
    }

    @Test
    void npyOfOneDimensionIsAColumn() throws IOException {
        Path file = npy("v.npy", 1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", "<f8", 7, Double.NaN);
        Dense x = MatrixReader.read(file, true).values().dense();
        assertEquals(2, x.rows());
        assertEquals(7, x.get(0, 0));
        assertTrue(Double.isNaN(x.get(1, 0)));
        assertEquals("X004", code(() -> MatrixReader.read(file, false)));
    }

    @Test
    void badNpy() throws IOException {
        String shape = "'fortran_order': False, 'shape': ";
        for (String header : List.of(
                "{'descr': '<f8', " + shape + "(2, 3, 4), }",
                "{'descr': '<c16', " + shape + "(2, 3), }",
                "{'descr': [('a', '<f8')], " + shape + "(2,), }",
                "{'descr': '<f8', " + shape + "(0, 3), }",
                "{'descr': '<f8', " + shape + "(20, 30), }")) {
            Path file = npy("bad.npy", 1, header, "<f8", 1, 2);
            assertEquals("X020", code(() -> MatrixReader.read(file, false)), header);
        }
        Path text = Files.writeString(folder.resolve("text.npy"), "1,2,3,4,5,6");
        assertEquals("X020", code(() -> MatrixReader.read(text, false)));
        Path empty = Files.writeString(folder.resolve("empty.npy"), "");
        assertEquals("X020", code(() -> MatrixReader.read(empty, false)));
    }

    @Test
    void imagesAndCubes() throws IOException, FitsException {
        Path image = fits("image.fits", new float[][] {{1, 2, 3}, {-4, 5, 6}});
        assertEquals(EXPECTED, MatrixReader.read(image, false).values());
        // Planes become rows, pixels columns; the axis of polarisation is dropped.
        Path cube =
                fits("cube.fits", new double[][][][] {{{{1, 2}, {3, Double.NaN}}, {{5, 6}, {7, 8}}, {{9, 10}, {11, 12}}}
                });
        Dense x = MatrixReader.read(cube, true).values().dense();
        assertEquals(3, x.rows());
        assertEquals(Dense.of(new double[][] {{5, 6, 7, 8}}), Dense.of(new double[][] {x.row(1)}));
        assertTrue(Double.isNaN(x.get(0, 3)));
        assertEquals("X004", code(() -> MatrixReader.read(cube, false)));
    }

    @Test
    void scaledIntegersWithBlanks() throws IOException, FitsException {
        BasicHDU<?> unit = Fits.makeHDU(new short[][] {{1, -99}, {3, 4}});
        unit.addValue("BSCALE", 0.5, "");
        unit.addValue("BZERO", 10.0, "");
        unit.addValue("BLANK", -99, "");
        LabelledMatrix m = MatrixReader.read(write("scaled.fits", unit), true);
        assertEquals(Dense.of(new double[][] {{10.5, Double.NaN}, {11.5, 12}}), m.values());
        BasicHDU<?> bytes = Fits.makeHDU(new byte[][] {{1, (byte) 200}});
        double[] read = MatrixReader.read(write("bytes.fit", bytes), false)
                .values()
                .dense()
                .row(0);
        assertEquals("[1.0, 200.0]", Arrays.toString(read));
    }

    @Test
    void badFits() throws IOException, FitsException {
        Path text = Files.writeString(folder.resolve("text.fits"), "no image");
        assertEquals("X040", code(() -> MatrixReader.read(text, false)));
        Path hyper = fits("hyper.fits", new float[2][2][2][2]);
        assertEquals("X042", code(() -> MatrixReader.read(hyper, false)));
    }

    private Path fits(String name, Object array) throws IOException, FitsException {
        return write(name, Fits.makeHDU(array));
    }

    private Path write(String name, BasicHDU<?> unit) throws IOException, FitsException {
        Path file = folder.resolve(name);
        try (Fits fits = new Fits()) {
            fits.addHDU(unit);
            fits.write(file.toFile());
        }
        return file;
    }

    private Path npy(String name, int version, String header, String type, double... values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
        out.write((version == 1 ? length.putShort((short) text.length) : length.putInt(text.length)).array());
        out.write(text);
        ByteBuffer body = ByteBuffer.allocate(8 * values.length)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            switch (type.substring(1)) {
                case "f4" -> body.putFloat((float) v);
                case "f8" -> body.putDouble(v);
                case "i4" -> body.putInt((int) v);
                default -> body.putLong((long) v);
            }
        }
        out.write(body.array(), 0, body.position());
        return Files.write(folder.resolve(name), out.toByteArray());
    }

    private static String code(org.junit.jupiter.api.function.Executable read) {
        return assertThrows(BadInput.class, read).mistakes().get(0).code();
    }
}
