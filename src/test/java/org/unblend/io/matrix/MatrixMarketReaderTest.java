package org.unblend.io.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Sparse;

class MatrixMarketReaderTest {
    @TempDir
    private Path folder;

    @Test
    void coordinates() throws IOException {
        Sparse x = (Sparse) read("""
                %%MatrixMarket matrix coordinate real general
                % unordered, one entry twice, one zero, one empty row

                3 4 6
                3 4 2.5
                1 3 1
                3 1 -7e-1
                1 2 4
                3 4 0.5
                1 1 0
                """);
        assertEquals(5, x.entries(), "a stored zero stays");
        assertEquals(4, x.withoutZeros().entries());
        assertEquals(x.dense(), x.withoutZeros().dense());
        assertEquals(Dense.of(new double[][] {{0, 4, 1, 0}, {0, 0, 0, 0}, {-0.7, 0, 0, 3}}), x.dense());
    }

    @Test
    void patternsIntegersAndSymmetry() throws IOException {
        assertEquals(
                Dense.of(new double[][] {{1, 0}, {1, 0}}),
                read("%%MatrixMarket matrix coordinate pattern general\n2 2 2\n1 1\n2 1\n")
                        .dense());
        assertEquals(
                Dense.of(new double[][] {{5, 2}, {2, 0}}),
                read("%%MatrixMarket MATRIX Coordinate Integer Symmetric\n2 2 2\n1 1 5\n2 1 2\n")
                        .dense());
    }

    @Test
    void arrays() throws IOException {
        assertEquals(
                Dense.of(new double[][] {{1, 3}, {2, 4}}),
                read("%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n4\n"));
        assertEquals(
                Dense.of(new double[][] {{1, 2}, {2, 3}}),
                read("%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n3\n"));
    }

    @Test
    void extremes() throws IOException {
        String head = "%%MatrixMarket matrix coordinate real general\n";
        assertEquals(
                Dense.of(new double[][] {{0}, {0}, {1e300}}),
                read(head + "3 1 1\n3 1 1e300\n").dense());
        Sparse none = (Sparse) read(head + "2 3 0\n");
        assertEquals(0, none.entries());
        assertEquals(0, none.withoutZeros().entries());
        assertEquals(Dense.zeros(2, 3), none.dense());
        // A pair of numbers of opposite sign at one place.
        assertEquals(Dense.zeros(1, 1), read(head + "1 1 2\n1 1 3\n1 1 -3\n").dense());
        assertEquals(
                Dense.of(new double[][] {{0, 1}, {1, 1}}),
                read("%%MatrixMarket matrix coordinate pattern symmetric\n2 2 2\n2 1\n2 2\n")
                        .dense());
    }

    @Test
    void indicesOutsideTheMatrix() {
        String head = "%%MatrixMarket matrix coordinate real general\n2 3 1\n";
        for (String entry : new String[] {"0 1 1", "1 0 1", "3 1 1", "1 4 1", "-1 1 1", "4294967297 1 1", "1.0 1 1"}) {
            assertEquals(3, place(head + entry + "\n").line(), entry);
        }
        for (String value : new String[] {"1e999", "inf", "nan", "1,5", "x"}) {
            assertEquals(3, place(head + "1 1 " + value + "\n").line(), value);
        }
        String huge = "%%MatrixMarket matrix coordinate real general\n";
        assertEquals(2, place(huge + "3000000000 3 1\n1 1 1\n").line());
        assertEquals(2, place(huge + "3 3 3000000000\n1 1 1\n").line());
        assertEquals(2, place(huge + "3 3 -1\n1 1 1\n").line());
        assertEquals(2, place(huge + "3 3\n1 1 1\n").line());
    }

    @Test
    void mistakes() {
        String head = "%%MatrixMarket matrix coordinate real general\n";
        assertEquals(1, place("1 2 3\n").line());
        assertEquals(1, place("").line());
        assertEquals(
                1,
                place("%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 0\n")
                        .line());
        assertEquals(
                1,
                place("%%MatrixMarket matrix coordinate real hermitian\n1 1 1\n1 1 1\n")
                        .line());
        assertEquals(2, place(head + "2 0 1\n1 1 1\n").line());
        assertEquals(
                2,
                place(head.replace("general", "symmetric") + "2 3 1\n1 1 1\n").line());
        assertEquals(4, place(head + "2 2 2\n1 1 1\n3 1 1\n").line());
        assertEquals(3, place(head + "2 2 1\n1 1 NaN\n").line());
        assertEquals(3, place(head + "2 2 1\n1 1\n").line());
        assertEquals(4, place(head + "2 2 2\n1 1 1\n").line());
        assertEquals(4, place(head + "2 2 1\n1 1 1\n2 2 2\n").line());
        assertEquals("1 one 1", place(head + "2 2 1\n1 one 1\n").excerpt());
    }

    private Place place(String text) {
        return assertThrows(BadInput.class, () -> read(text)).mistakes().get(0).place();
    }

    private Matrix read(String text) throws IOException {
        return MatrixReader.read(Files.writeString(folder.resolve("x.mtx"), text), false)
                .values();
    }
}
