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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;

/** Data that {@code factorise} prepares: scaled, clipped, square roots; and the way back. */
class PrepareTest {
    private static final String COUNTS = """
            ,a,b,c,d,e,f
            CO,50,31,22,80,41,70
            HCN,6,10,13,4,1,4
            CS,900,800,500,1100,500,1200
            """;

    @TempDir
    Path directory;

    private int runs;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path out() {
        return directory.resolve("out" + runs);
    }

    private Cli factorise(String table, int rank, Object... options) throws IOException {
        runs++;
        List<Object> words =
                new ArrayList<>(List.of("factorise", file("X.csv", table), "--rank", rank, "--out", out()));
        words.addAll(List.of(options));
        return Cli.run(words.toArray());
    }

    private Cli wrote(String table, int rank, Object... options) throws IOException {
        Cli cli = factorise(table, rank, options);
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        return cli;
    }

    private void refused(String reason, String table, Object... options) throws IOException {
        Cli cli = factorise(table, 1, options);
        assertEquals(2, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertFalse(Files.exists(out()));
    }

    private Dense matrix(String name) {
        return MatrixReader.read(out().resolve("factors/" + name + ".csv"), false)
                .values()
                .dense();
    }

    private double[][] product() {
        Dense w = matrix("W");
        Dense h = matrix("H");
        double[][] x = new double[w.rows()][h.columns()];
        for (int i = 0; i < w.rows(); i++) {
            for (int k = 0; k < w.columns(); k++) {
                for (int j = 0; j < h.columns(); j++) {
                    x[i][j] += w.get(i, k) * h.get(k, j);
                }
            }
        }
        return x;
    }

    /** Errors follow the scale, so that with errors the fit is the same, whichever way they are given. */
    @Test
    void scaledRowsWithErrorsAreTheSameFit() throws IOException {
        Path sd = file("sd.csv", ",a,b,c,d,e,f\nCO,5,5,5,6,6,6\nHCN,1,1,2,1,1,1\nCS,30,20,30,30,30,40\n");
        wrote(COUNTS, 1, "--sd", sd);
        double[][] plain = product();
        wrote(COUNTS, 1, "--sd", sd, "--scale-rows", "unit-mean");
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(plain[i], product()[i], 1e-3 * plain[i][0]);
        }
        assertEquals(1, matrix("W_fitted").get(1, 0) / matrix("W").get(1, 0) * 38 / 6, 1e-9);
        StringBuilder inverse = new StringBuilder(",a,b,c,d,e,f\n");
        for (String line : Files.readString(sd).lines().skip(1).toList()) {
            String[] cells = line.split(",");
            inverse.append(cells[0]);
            for (int j = 1; j < cells.length; j++) {
                inverse.append(',').append(1 / Math.pow(Double.parseDouble(cells[j]), 2));
            }
            inverse.append('\n');
        }
        wrote(COUNTS, 1, "--weights", file("V.csv", inverse.toString()), "--scale-rows", "unit-mean");
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(plain[i], product()[i], 1e-3 * plain[i][0]);
        }
    }

    /** Without errors rows count alike: new samples are fitted so too. */
    @Test
    void scaledRowsWithoutErrorsCountAlike() throws IOException {
        wrote(COUNTS, 2, "--iterations", 50000);
        double[][] plain = product();
        Cli cli = wrote(COUNTS, 2, "--scale-rows", "unit-mean", "--iterations", 50000);
        double[][] scaled = product();
        assertTrue(misfit(scaled, 1) < misfit(plain, 1), "HCN is fitted better");
        assertTrue(misfit(scaled, 2) > misfit(plain, 2), "CS is fitted worse");
        assertTrue(cli.out().contains("rows were divided by their means"), cli.out());
        assertTrue(Files.readString(out().resolve("result.json")).contains("\"scale_rows\" : \"unit-mean\""));
        Path result = directory.resolve("new");
        Cli again = Cli.run("transform", directory.resolve("X.csv"), "--factors", out(), "--out", result);
        assertEquals(0, again.exit(), again.err());
        Dense h = MatrixReader.read(result.resolve("factors/H.csv"), false)
                .values()
                .dense();
        for (int k = 0; k < 2; k++) {
            double[] fitted = matrix("H").row(k);
            for (int j = 0; j < fitted.length; j++) {
                assertEquals(fitted[j], h.get(k, j), 0.02 * matrix("H").get(k, 0));
            }
        }
    }

    private static double misfit(double[][] mean, int row) {
        String[] cells = COUNTS.lines().toList().get(row + 1).split(",");
        double sum = 0;
        for (int j = 0; j < 6; j++) {
            sum += Math.pow(Double.parseDouble(cells[j + 1]) - mean[row][j], 2);
        }
        return sum;
    }

    /** The sum of the parts is close to the counts where components overlap, which squares of both factors are not. */
    @Test
    void squareRootsComeBackAsCounts() throws IOException {
        Cli cli = wrote(COUNTS, 2, "--likelihood", "poisson", "--transform", "sqrt");
        String told = cli.out()
                .lines()
                .filter(l -> l.contains("Poisson deviance"))
                .findFirst()
                .orElseThrow();
        double[] deviances = Arrays.stream(told.split("[^0-9.]+"))
                .filter(n -> n.matches("[0-9]+[.]?[0-9]*"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertTrue(deviances[0] < deviances[2], told);
        // At the largest Poisson likelihood of W given H, each feature keeps its number of counts.
        double[] sums = {294, 38, 5000};
        for (int i = 0; i < 3; i++) {
            assertEquals(sums[i], Arrays.stream(product()[i]).sum(), 1e-3 * sums[i]);
        }
        Path result = directory.resolve("new");
        Cli again = Cli.run("transform", directory.resolve("X.csv"), "--factors", out(), "--out", result);
        assertEquals(0, again.exit(), again.err());
        assertTrue(again.out().contains("took square roots"), again.out());
    }

    @Test
    void clippedDataAreTold() throws IOException {
        Cli cli = wrote("1,-2\n3,4\n", 1, "--negatives", "clip");
        assertTrue(cli.out().contains("1 of 4 observed entries were negative"), cli.out());
        wrote("1,-2\n3,4\n", 1, "--negatives", "clip", "--transform", "sqrt", "--likelihood", "poisson");
        wrote("1,-2\n3,4\n", 1);
        refused("Invalid value for option '--negatives'", "1,2\n3,4\n", "--negatives", "drop");
    }

    @Test
    void preparationsThatCannotBeAreRefused() throws IOException {
        refused("ask for Poisson noise", COUNTS, "--transform", "sqrt");
        refused("rows of counts cannot be scaled", COUNTS, "--scale-rows", "unit-mean", "--likelihood", "poisson");
        refused("no square root", "1,-2\n3,4\n", "--transform", "sqrt", "--likelihood", "poisson");
        refused(
                "--bootstrap draws counts",
                COUNTS,
                "--transform",
                "sqrt",
                "--likelihood",
                "poisson",
                "--bootstrap",
                20);
        refused("in the units of the data", COUNTS, "--scale-rows", "unit-mean", "--fix-w", file("w.csv", "1\n1\n1\n"));
    }
}
