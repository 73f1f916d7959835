package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;

/** The verbs {@code factorise} and {@code transform}: what they write, and every kind of bad input. */
class FactoriseCommandTest {
    /** Three lines in four pixels. */
    private static final String TABLE = """
            ,a,b,c,d
            CO,2,1,5,0
            HCN,4,0,4,6
            CS,3,1,7,3
            """;

    @TempDir
    Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path out() {
        return directory.resolve("out");
    }

    private Cli factorise(String table, Object... options) throws IOException {
        List<Object> words = new ArrayList<>(List.of("factorise", file("X.csv", table), "--out", out()));
        words.addAll(List.of(options));
        return Cli.run(words.toArray());
    }

    private static void wrote(Cli cli) {
        assertEquals(0, cli.exit(), cli.out() + cli.err());
    }

    private void refused(Cli cli, String code, String reason) throws IOException {
        assertEquals(2, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.err().contains("error[" + code + "]"), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    left.map(f -> f.getFileName().toString())
                            .filter(f -> f.startsWith("out"))
                            .toList());
        }
    }

    private static Dense matrix(Path file) {
        return MatrixReader.read(file, false).values().dense();
    }

    private static double[][] product(Dense w, Dense h) {
        double[][] x = new double[w.rows()][h.columns()];
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < h.columns(); j++) {
                for (int k = 0; k < w.columns(); k++) {
                    x[i][j] += w.get(i, k) * h.get(k, j);
                }
            }
        }
        return x;
    }

    @Test
    void aMatrixOfFullRankIsReproducedAndWrittenWithItsNames() throws IOException {
        Cli cli = factorise(TABLE, "--rank", 3, "--seed", 5);
        wrote(cli);
        for (String name : List.of(
                "factors/W.csv",
                "factors/H.csv",
                "trace.csv",
                "summary.txt",
                "diagnosis.txt",
                "result.json",
                "factors.svg")) {
            assertTrue(Files.size(out().resolve(name)) > 0, name);
        }
        double[][] mean = product(matrix(out().resolve("factors/W.csv")), matrix(out().resolve("factors/H.csv")));
        double[][] x = {{2, 1, 5, 0}, {4, 0, 4, 6}, {3, 1, 7, 3}};
        for (int i = 0; i < x.length; i++) {
            assertArrayEquals(x[i], mean[i], 1e-2);
        }
        assertEquals(
                List.of("CO", "HCN", "CS"),
                MatrixReader.read(out().resolve("factors/W.csv"), false).rows());
        assertEquals(
                List.of("a", "b", "c", "d"),
                MatrixReader.read(out().resolve("factors/H.csv"), false).columns());
        assertTrue(cli.out().contains("engine hals"), cli.out());
        assertTrue(cli.out().contains("every entry has sd 1"), cli.out());
        String trace = Files.readString(out().resolve("trace.csv"));
        assertTrue(trace.startsWith("iteration,seconds,objective,kkt\n10,"), trace);
        Cli again = Cli.run("summary", out());
        wrote(again);
        assertTrue(cli.out().contains(again.out().lines().toList().get(1)), again.out());
    }

    @Test
    void theSameSeedGivesTheSameFiles() throws IOException {
        String table = "3,1,4\n1,5,9\n2,6,5\n";
        wrote(factorise(table, "--rank", 2, "--likelihood", "poisson", "--threads", 1));
        String first = Files.readString(out().resolve("factors/W.csv"));
        Cli second = Cli.run(
                "factorise",
                directory.resolve("X.csv"),
                "--rank",
                2,
                "--likelihood",
                "poisson",
                "--threads",
                2,
                "--out",
                directory.resolve("twice"));
        wrote(second);
        assertEquals(first, Files.readString(directory.resolve("twice/factors/W.csv")));
    }

    @Test
    void noiseWeightsAndPriorsReachTheEngine() throws IOException {
        Path v = file("V.csv", "1,0,1\n1,1,2\n1,1,1\n");
        wrote(factorise("3,999,4\n1,5,9\n2,6,5\n", "--rank", 1, "--weights", v));
        String weighted = Files.readString(out().resolve("result.json"));
        assertTrue(weighted.contains("\"weighted-cd\""), weighted);
        assertTrue(weighted.contains("V.csv"), weighted);
        // The masked 999 has no influence.
        double largest = Arrays.stream(matrix(out().resolve("factors/H.csv")).row(0))
                .max()
                .orElseThrow();
        assertTrue(largest < 30, "H reaches " + largest);
    }

    @Test
    void gapsAreMissingIfAsked() throws IOException {
        wrote(factorise("1,2,4\n2,,8\n3,6,NaN\n", "--rank", 1, "--skip-missing"));
        double[][] mean = product(matrix(out().resolve("factors/W.csv")), matrix(out().resolve("factors/H.csv")));
        assertEquals(4, mean[1][1], 1e-3);
        assertEquals(12, mean[2][2], 1e-3);
    }

    @Test
    void rowsOfZerosAndOneColumnAreFitted() throws IOException {
        wrote(factorise("1,2\n0,0\n2,4\n", "--rank", 1, "--likelihood", "poisson"));
        assertEquals(0, matrix(out().resolve("factors/W.csv")).get(1, 0));
        Cli one = Cli.run("factorise", file("one.csv", "1\n2\n3\n"), "--rank", 1, "--out", directory.resolve("one"));
        wrote(one);
        assertEquals(
                6, matrix(directory.resolve("one/factors/H.csv")).get(0, 0), 1e-9, "W sums to one, H holds the sum");
    }

    @Test
    void dataThatTheNoiseCannotGiveAreRefused() throws IOException {
        refused(factorise("1,2\n-3,4\n", "--rank", 1, "--likelihood", "poisson"), "M035", "row2");
        refused(factorise("1,2\n2.5,4\n", "--rank", 1, "--likelihood", "poisson"), "M035", "poisson counts");
        refused(factorise("1,2\n0,4\n", "--rank", 1, "--likelihood", "gamma"), "N007", "row 2, column 1");
        refused(factorise("1,2\n-1,4\n", "--rank", 1, "--likelihood", "gamma"), "M037", "-1");
    }

    @Test
    void ranksThatCannotBeAreRefused() throws IOException {
        refused(factorise("1,2\n3,4\n", "--rank", 0), "C001", "--rank is 0");
        refused(factorise("1,2\n3,4\n", "--rank", 3), "N007", "above both dimensions");
        refused(factorise("1,2\n3,4\n", "--rank", "two"), "C000", "two");
        refused(factorise("1,2\n3,4\n"), "C000", "--rank");
    }

    @Test
    void weightsAndErrorsOfAnotherShapeAreRefused() throws IOException {
        Path other = file("V.csv", "1,1,1\n1,1,1\n");
        refused(factorise("1,2\n3,4\n", "--rank", 1, "--weights", other), "X050", "2 x 3");
        refused(factorise("1,2\n3,4\n", "--rank", 1, "--sd", other), "X050", "2 x 3");
        Path negative = file("negative.csv", "1,1\n-1,1\n");
        refused(factorise("1,2\n3,4\n", "--rank", 1, "--weights", negative), "M033", "-1");
        refused(factorise("1,2\n3,4\n", "--rank", 1, "--sd", negative), "M013", "-1");
        refused(factorise("1,2\n3,4\n", "--rank", 1, "--likelihood", "poisson", "--sd", other), "C002", "--sd");
    }

    @Test
    void gapsThatNobodyAllowedAreRefused() throws IOException {
        refused(factorise("1,2\nNaN,4\n", "--rank", 1), "X013", "NaN");
        Path full = file("V.csv", "1,1\n1,1\n");
        refused(factorise("1,2\nNaN,4\n", "--rank", 1, "--weights", full), "M034", "weight of 0");
    }

    @Test
    void extremeScalesAreRefused() throws IOException {
        refused(factorise("1e300,2e300\n3e300,4e300\n", "--rank", 1), "N007", "cannot be computed safely");
        refused(factorise("1e-300,2e-300\n3e-300,4e-300\n", "--rank", 1), "N007", "cannot be computed safely");
        wrote(factorise("1e90,2e90\n3e90,6e90\n", "--rank", 1));
        double[][] mean = product(matrix(out().resolve("factors/W.csv")), matrix(out().resolve("factors/H.csv")));
        assertEquals(6e90, mean[1][1], 1e84);
    }

    @Test
    void filesWithoutAMatrixAreRefused() throws IOException {
        refused(factorise("", "--rank", 1), "X011", "no rows");
        refused(factorise("1,2\n3\n", "--rank", 1), "X016", "cells");
        refused(factorise("1,2\n3,four\n", "--rank", 1), "X015", "four");
        refused(
                Cli.run("factorise", directory.resolve("none.csv"), "--rank", 1, "--out", out()),
                "X001",
                "no such file");
    }

    @Test
    void namesThatRepeatAreRefused() throws IOException {
        refused(factorise(",a,a\nr,1,2\ns,3,4\n", "--rank", 1), "M003", "'a' twice");
    }

    @Test
    void priorsAreRead() throws IOException {
        wrote(factorise("3,1,4\n1,5,9\n2,6,5\n", "--rank", 1, "--prior-w", "exponential:2", "--prior-h", "gamma:2,1"));
        refusedPrior("exponental:1", "M014", "did you mean 'exponential'?");
        refusedPrior("gamma:1", "M015", "write gamma:SHAPE,RATE");
        refusedPrior("gamma:1,x", "M015", "write gamma:SHAPE,RATE");
        refusedPrior("flat:1", "M015", "write flat");
        refusedPrior("exponential:-1", "M011", "rate must be above 0");
        refusedPrior("gamma:0.5,1", "N006", "no mode");
        refusedPrior("truncated-normal:1,1", "N004", "no penalty");
    }

    private void refusedPrior(String prior, String code, String reason) throws IOException {
        Cli cli = Cli.run(
                "factorise",
                file("Y.csv", "1,2\n3,4\n"),
                "--rank",
                1,
                "--prior-w",
                prior,
                "--prior-h",
                "exponential:1",
                "--out",
                directory.resolve("refused"));
        assertEquals(2, cli.exit(), prior);
        assertTrue(cli.err().contains("error[" + code + "]"), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertFalse(Files.exists(directory.resolve("refused")));
    }

    @Test
    void aPriorOnOneFactorNeedsTheSolverWhoseRuleIsTheResult() throws IOException {
        refused(factorise("3,1\n1,5\n", "--rank", 1, "--prior-w", "exponential:1"), "N008", "no mode");
        Cli cli = factorise("3,1\n1,5\n", "--rank", 1, "--prior-w", "exponential:1", "--solver", "cd-sklearn");
        wrote(cli);
        assertTrue(cli.out().contains("verdict CAUTION"), cli.out());
    }

    @Test
    void solversAreAskedForByName() throws IOException {
        wrote(factorise("3,1,-1\n1,5,9\n", "--rank", 1, "--solver", "nearly-nmf", "--starts", 2));
        assertTrue(Files.readString(out().resolve("result.json")).contains("Nearly-NMF"));
        Cli unknown = Cli.run(
                "factorise",
                directory.resolve("X.csv"),
                "--rank",
                1,
                "--solver",
                "hal",
                "--out",
                directory.resolve("unknown"));
        assertEquals(2, unknown.exit());
        assertTrue(unknown.err().contains("did you mean 'hals'?"), unknown.err());
    }

    @Test
    void theModelIsShownAndNothingElse() throws IOException {
        Cli cli = factorise("3,1\n1,5\n", "--rank", 2, "--prior-w", "exponential:2", "--show-model");
        wrote(cli);
        assertTrue(cli.out().contains("\"format\" : \"model/1\""), cli.out());
        assertTrue(cli.out().contains("\"exponential\" : {"), cli.out());
        assertFalse(Files.exists(out()));
    }

    @Test
    void aResultIsNotOverwritten() throws IOException {
        wrote(factorise("3,1\n1,5\n", "--rank", 1));
        byte[] before = Files.readAllBytes(out().resolve("result.json"));
        Cli cli = factorise("3,1\n1,5\n", "--rank", 2);
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("W001"), cli.err());
        assertArrayEquals(before, Files.readAllBytes(out().resolve("result.json")));
        Cli nowhere = Cli.run("factorise", directory.resolve("X.csv"), "--rank", 1);
        assertEquals(2, nowhere.exit());
        assertTrue(nowhere.err().contains("add --out DIR"), nowhere.err());
    }

    @Test
    void newSamplesAreSumsOfTheFittedParts() throws IOException {
        wrote(factorise(TABLE, "--rank", 2));
        Dense w = matrix(out().resolve("factors/W.csv"));
        StringBuilder table = new StringBuilder(",new\n");
        List<String> names = List.of("CO", "HCN", "CS");
        for (int i = 0; i < 3; i++) {
            table.append(names.get(i))
                    .append(',')
                    .append(3 * w.get(i, 0) + 7 * w.get(i, 1))
                    .append('\n');
        }
        Path result = directory.resolve("new");
        Cli cli = Cli.run("transform", file("N.csv", table.toString()), "--factors", out(), "--out", result);
        wrote(cli);
        assertTrue(cli.out().contains("engine anls"), cli.out());
        Dense h = matrix(result.resolve("factors/H.csv"));
        assertEquals(3, h.get(0, 0), 1e-9);
        assertEquals(7, h.get(1, 0), 1e-9);
        assertEquals(
                Files.readString(out().resolve("factors/W.csv")), Files.readString(result.resolve("factors/W.csv")));
    }

    @Test
    void transformKeepsNoiseAndPrior() throws IOException {
        wrote(factorise(
                "3,1,4\n1,5,9\n2,6,5\n",
                "--rank",
                2,
                "--likelihood",
                "poisson",
                "--prior-w",
                "exponential:1",
                "--prior-h",
                "exponential:0.1",
                "--iterations",
                20000));
        Path result = directory.resolve("new");
        Cli cli = Cli.run("transform", directory.resolve("X.csv"), "--factors", out(), "--out", result);
        wrote(cli);
        assertTrue(cli.out().contains("engine scoring-cd"), cli.out());
        // Given the W of the mode, the mode of H is that of the joint fit.
        Dense fitted = matrix(out().resolve("factors/H.csv"));
        Dense again = matrix(result.resolve("factors/H.csv"));
        for (int k = 0; k < 2; k++) {
            assertArrayEquals(fitted.row(k), again.row(k), 1e-2);
        }
    }

    @Test
    void featuresThatTheFactorisationLacksMakeTheResultUnusable() throws IOException {
        wrote(factorise("1,2\n0,0\n2,4\n", "--rank", 1, "--likelihood", "poisson"));
        Path result = directory.resolve("new");
        Cli cli = Cli.run("transform", file("N.csv", "1\n5\n2\n"), "--factors", out(), "--out", result);
        assertEquals(1, cli.exit(), cli.out());
        assertTrue(cli.out().contains("verdict DO NOT USE"), cli.out());
        assertTrue(cli.out().contains("the mean is 0 at an entry"), cli.out());
    }

    @Test
    void otherFeaturesAreRefusedByTransform() throws IOException {
        wrote(factorise(TABLE, "--rank", 2));
        refusedTransform(",n\nCO,1\nHCN,2\n", "X051", "2 features, W has 3");
        refusedTransform(",n\nCO,1\nCS,2\nHCN,3\n", "X051", "row 2 is 'CS'");
        Cli cli = Cli.run(
                "transform", file("N.csv", "1\n"), "--factors", directory, "--out", directory.resolve("refused"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("W005"), cli.err());
    }

    @Test
    void aRecordThatWasEditedIsRefusedByTransform() throws IOException {
        wrote(factorise(TABLE, "--rank", 2));
        Path record = out().resolve("result.json");
        String text = Files.readString(record);
        Files.writeString(record, text.replace("\"normal\"", "\"cauchy\""));
        refusedTransform(TABLE, "W006", "likelihood of its request is 'cauchy'");
        Files.writeString(record, text.replace("\"shape\" : \"1.0\"", "\"shape\" : \"one\""));
        refusedTransform(TABLE, "W006", "shape of its request is 'one'");
        Files.writeString(record, text.replace("\"prior_h\"", "\"prior_k\""));
        refusedTransform(TABLE, "J0", "prior_h");
    }

    private void refusedTransform(String table, String code, String reason) throws IOException {
        Path result = directory.resolve("refused");
        Cli cli = Cli.run("transform", file("N.csv", table), "--factors", out(), "--out", result);
        assertEquals(2, cli.exit(), cli.out());
        assertTrue(cli.err().contains("error[" + code), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertFalse(Files.exists(result));
    }
}
