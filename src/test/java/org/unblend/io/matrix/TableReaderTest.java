package org.unblend.io.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistake;
import org.unblend.math.Dense;
import org.unblend.radiative.ReferenceData;

class TableReaderTest {
    private static final Dense EXPECTED = Dense.of(new double[][] {{1, 2.5}, {-3e2, 4}});

    @TempDir
    private Path folder;

    @Test
    void numbersAlone() throws IOException {
        LabelledMatrix m = read("x.csv", "1,2.5\n-3e2, 4\n");
        assertEquals(LabelledMatrix.unnamed(EXPECTED), m);
        assertEquals(List.of("row1", "row2"), m.rowNames("row"));
    }

    @Test
    void namesOfRowsAndColumnsAreDetected() throws IOException {
        LabelledMatrix both = new LabelledMatrix(EXPECTED, List.of("CO(1-0)", "HCN, J=4-3"), List.of("a", "b"));
        assertEquals(both, read("x.csv", "# five lines\nline,a,b\n\nCO(1-0),1,2.5\n\"HCN, J=4-3\",-3e2,4\n"));
        assertEquals(both, read("x.tsv", "a\tb\nCO(1-0)\t1\t2.5\nHCN, J=4-3\t-3e2\t4"));
        assertEquals(
                new LabelledMatrix(EXPECTED, List.of(), List.of("a", "b")),
                read("x.csv", "a;b\r\n1;2.5\r\n-3e2;4\r\n"));
        assertEquals(new LabelledMatrix(EXPECTED, List.of("p", "q"), List.of()), read("x.csv", "p,1,2.5\nq,-3e2,4"));
        // As pandas writes: names are numbers, the corner is blank.
        assertEquals(
                new LabelledMatrix(EXPECTED, List.of("0", "1"), List.of("0", "1")),
                read("x.csv", "\uFEFF,0,1\n0,1,2.5\n1,-3e2,4\n"));
        // Years as column names over named rows.
        assertEquals(
                new LabelledMatrix(EXPECTED, List.of("p", "q"), List.of("2001", "2002")),
                read("x.csv", ",2001,2002\np,1,2.5\nq,-3e2,4"));
        assertEquals(
                new LabelledMatrix(Dense.of(new double[][] {{1}, {2}}), List.of(), List.of("flux")),
                read("x.csv", "flux\n1\n2\n"));
    }

    @Test
    void compressed() throws IOException {
        Path file = folder.resolve("x.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1,2.5\n-300,4\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(EXPECTED, MatrixReader.read(file, false).values());
        Files.writeString(file, "1,2\n");
        assertEquals(
                "X003",
                only(assertThrows(BadInput.class, () -> MatrixReader.read(file, false)))
                        .code());
    }

    @Test
    void missingEntries() throws IOException {
        LabelledMatrix m = MatrixReader.read(write("x.csv", "a,b,c\n1,,NaN\nNA,2,3\n"), true);
        assertEquals(Dense.of(new double[][] {{1, 0, 0}, {0, 1, 1}}), m.mask().orElseThrow());
        assertTrue(Double.isNaN(m.values().dense().get(1, 0)));
        assertEquals(Dense.of(new double[][] {{5, 0, 0}, {0, 0, 7}}), m.masked(Dense.of(new double[][] {
            {5, 6, 7}, {5, Double.NaN, 7}
        })));
        assertTrue(LabelledMatrix.unnamed(EXPECTED).mask().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> m.masked(EXPECTED));
    }

    @Test
    void mistakesAreToldWithTheirPlace() throws IOException {
        BadInput bad = assertThrows(BadInput.class, () -> read("x.csv", "a,b\n\n1,\n2,1.2.3\nnan,Infinity\n"));
        assertEquals(
                List.of("X013 3:2", "X015 4:2", "X013 5:1", "X014 5:2"),
                bad.mistakes().stream()
                        .map(m -> m.code() + " " + m.place().line() + ":"
                                + m.place().column())
                        .toList());
        Mistake ragged = only(assertThrows(BadInput.class, () -> read("x.csv", "1,2\n3,4\n5\n")));
        assertEquals("X016", ragged.code());
        assertEquals(3, ragged.place().line());
        for (String empty : List.of("", "\n# nothing\n", "a,b\n")) {
            assertEquals(
                    "X011",
                    only(assertThrows(BadInput.class, () -> read("x.csv", empty)))
                            .code());
        }
        assertEquals(
                "X011",
                only(assertThrows(BadInput.class, () -> read("x.csv", "a\nb\n")))
                        .code());
        assertEquals(
                "X001",
                only(assertThrows(BadInput.class, () -> MatrixReader.read(folder.resolve("none.csv"), false)))
                        .code());
        assertEquals(
                "X002",
                only(assertThrows(BadInput.class, () -> read("x.xls", "1"))).code());
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, ("1,2\n".repeat(50_000) + "\u00e9,1\n").getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                "X012",
                only(assertThrows(BadInput.class, () -> MatrixReader.read(latin, false)))
                        .code());
    }

    @Test
    void thousandMistakesAreCutShort() throws IOException {
        String text = "1,2\n" + "x,y\n".repeat(1000);
        BadInput bad = assertThrows(BadInput.class, () -> read("x.csv", text));
        assertTrue(bad.mistakes().size() <= 22);
    }

    @Test
    void realTables() {
        LabelledMatrix cancers = MatrixReader.read(ReferenceData.path("real/breast21_sbs96.tsv"), false);
        assertEquals(96, cancers.values().rows());
        assertEquals("A[C>A]A", cancers.rows().get(0));
        assertEquals("PD4199a", cancers.columns().get(0));
        assertEquals(
                183_916,
                Arrays.stream(cancers.values().dense().array())
                        .flatMapToDouble(Arrays::stream)
                        .sum());
        LabelledMatrix maps = MatrixReader.read(ReferenceData.path("real/m51_co_maps_27as.csv.gz"), true);
        assertEquals(10, maps.columns().size());
        LabelledMatrix blueprint = MatrixReader.read(ReferenceData.path("nmf-blueprint/X_gal.csv.gz"), false);
        assertEquals(10, blueprint.values().rows());
        assertEquals(2500, blueprint.values().columns());
    }

    private LabelledMatrix read(String name, String text) throws IOException {
        return MatrixReader.read(write(name, text), false);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Mistake only(BadInput bad) {
        assertEquals(1, bad.mistakes().size());
        return bad.mistakes().get(0);
    }
}
