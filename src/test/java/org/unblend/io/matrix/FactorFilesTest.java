package org.unblend.io.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.json.BadInput;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Moment;

class FactorFilesTest {
    @TempDir
    private Path folder;

    @Test
    void factorsComeBackBitForBit() throws IOException {
        Dense w = Dense.of(new double[][] {{1.0 / 3, 0}, {1e-300, 2}, {Math.PI, 1e300}});
        Dense h = Dense.of(new double[][] {{1, 2, 3, 4}, {0.1, 0.2, 0.3, 0.4}});
        List<String> features = List.of("CO(1-0)", "HCN, J=4-3", "100");
        List<String> samples = List.of("a", "b \"c\"", "d", "3");
        List<String> components = List.of("component1", "dust");
        FactorFiles.writeFactors(folder, new Factors(w, h), features, components, samples);
        assertEquals(new LabelledMatrix(w, features, components), FactorFiles.readW(folder));
        assertEquals(
                new LabelledMatrix(h, components, samples), MatrixReader.read(folder.resolve("factors/H.csv"), false));
    }

    @Test
    void numericFeatureNamesStayNames() throws IOException {
        Dense w = Dense.of(new double[][] {{1}, {2}});
        FactorFiles.writeFactors(
                folder,
                new Factors(w, Dense.of(new double[][] {{3}})),
                List.of("600", "700"),
                List.of("a"),
                List.of("1"));
        assertEquals(List.of("600", "700"), FactorFiles.readW(folder).rows());
    }

    @Test
    void trace() throws IOException {
        FactorFiles.writeTrace(
                folder, List.of(new Moment(10, 2.5, 0.1), new Moment(20, 2.25, 1e-5)), List.of(0.5, 1.25));
        assertEquals(
                "iteration,seconds,objective,kkt\n10,0.5,2.5,0.1\n20,1.25,2.25,1.0E-5\n",
                Files.readString(folder.resolve("trace.csv")));
        assertThrows(IllegalArgumentException.class, () -> FactorFiles.writeTrace(folder, List.of(), List.of(1.0)));
    }

    @Test
    void referencesFollowTheOrderOfTheFeatures() throws IOException {
        Path file = Files.writeString(folder.resolve("known.csv"), "type,SBS1,SBS2\nb,1,2\nother,9,9\na,3,4\n");
        LabelledMatrix known = References.read(file, List.of("a", "b"), 2);
        assertEquals(
                new LabelledMatrix(
                        Dense.of(new double[][] {{3, 4}, {1, 2}}), List.of("a", "b"), List.of("SBS1", "SBS2")),
                known);
        assertEquals(3, References.read(file, List.of(), 3).values().rows());
        BadInput absent = assertThrows(BadInput.class, () -> References.read(file, List.of("a", "c", "othr"), 3));
        assertEquals(2, absent.mistakes().size());
        assertEquals(
                "X050",
                assertThrows(BadInput.class, () -> References.read(file, List.of(), 2))
                        .mistakes()
                        .get(0)
                        .code());
    }
}
