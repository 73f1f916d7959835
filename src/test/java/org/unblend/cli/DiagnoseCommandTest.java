package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Diagnoses of results, and comparisons of results without evidence: a normal mean, whose predictions are known. */
class DiagnoseCommandTest {
    private static final double[] X = {0.3, -0.4, 1.1, 0.2, -1.3, 0.8, -0.2, 0.5, -0.9, 0.4};
    private static final double PRIOR_SD = 2;

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        file("model.json", """
                {
                  "format": "model/1",
                  "name": "mean",
                  "axes": { "i": 10 },
                  "nodes": [
                    { "parameter": "mu" },
                    { "data": "X_known", "axes": ["i"] },
                    { "observe": "X", "axes": ["i"], "normal": { "mean": "mu", "sd": 1 } }
                  ],
                  "priors": { "mu": { "normal": { "mean": 0, "sd": 2 } } }
                }
                """.replace("    { \"data\": \"X_known\", \"axes\": [\"i\"] },\n", ""));
        StringBuilder csv = new StringBuilder("i,x\n");
        for (int i = 0; i < X.length; i++) {
            csv.append(i).append(',').append(X[i]).append('\n');
        }
        file("x.csv", csv.toString());
        file("run.json", """
                {
                  "format": "run/1",
                  "model": "model.json",
                  "data": { "X": { "csv": "x.csv", "column": "x", "by": "i" } },
                  "want": ["posterior"],
                  "engine": { "name": "nuts", "draws": 2000 },
                  "seed": 2
                }
                """);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path run(String name) {
        Path out = directory.resolve(name);
        Cli cli = Cli.run("run", directory.resolve("run.json"), "--out", out);
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        return out;
    }

    /** Exact: each datum left out has a normal predictive around the posterior mean of the others. */
    private static double elpd(double sd) {
        double sum = 0;
        for (int i = 0; i < X.length; i++) {
            double others = 0;
            for (int j = 0; j < X.length; j++) {
                others += j == i ? 0 : X[j];
            }
            double precision = 1 / (PRIOR_SD * PRIOR_SD) + (X.length - 1) / (sd * sd);
            double variance = sd * sd + 1 / precision;
            double d = X[i] - others / (sd * sd) / precision;
            sum += -0.5 * Math.log(2 * Math.PI * variance) - d * d / (2 * variance);
        }
        return sum;
    }

    private static double shown(String pattern, String text) {
        Matcher m = Pattern.compile(pattern).matcher(text);
        assertTrue(m.find(), text);
        return Double.parseDouble(m.group(1));
    }

    @Test
    void predictionsAreThoseOfTheClosedForm() {
        Path out = run("out");
        Cli cli = Cli.run("diagnose", out);
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().startsWith("OK\n"), cli.out());
        // One decimal is shown; importance sampling of 4,000 draws adds less than .02.
        assertEquals(elpd(1), shown("X +10 +[0-9]+ +(-[0-9.]+) ±", cli.out()), 0.08);
        assertTrue(cli.out().contains("0 of 10"), cli.out());
        // The prior predictive is there: its intervals, +-4.4, hold all data.
        assertTrue(cli.out().contains(", 100.0 %"), cli.out());
        assertFalse(cli.out().contains("sway"), cli.out());
    }

    @Test
    void aDatumThatSwaysThePosteriorIsNamed() throws IOException {
        file("x.csv", "i,x\n" + "0,0\n1,0\n2,0\n3,0\n4,0\n5,0\n6,0\n7,0\n8,0\n9,40\n");
        Cli cli = Cli.run("diagnose", run("out"));
        assertTrue(
                cli.out().contains("One datum sways the posterior of X")
                        && cli.out().contains(": 9 ("),
                cli.out());
    }

    @Test
    void resultsWithoutEvidenceAreComparedByPredictions() throws IOException {
        Path good = run("good");
        file("model.json", Files.readString(directory.resolve("model.json")).replace("\"sd\": 1 }", "\"sd\": 3 }"));
        Path bad = run("bad");
        Cli cli = Cli.run("compare", bad, good);
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("No evidence in"), cli.out());
        assertTrue(cli.out().indexOf("good  ") < cli.out().indexOf("bad  "), cli.out());
        assertEquals(elpd(3) - elpd(1), shown("bad +-[0-9.]+ ± [0-9.]+ +(-[0-9.]+) ±", cli.out()), 0.12);
        assertTrue(cli.out().contains("good predicts data left out better than"), cli.out());
        file("x.csv", Files.readString(directory.resolve("x.csv")).replace("0.3", "0.31"));
        Cli other = Cli.run("compare", good, run("other"));
        assertEquals(2, other.exit());
        assertTrue(other.err().contains("W010"), other.err());
    }

    @Test
    void whatIsNoResultIsRefused() {
        Cli cli = Cli.run("diagnose", directory);
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("has no diagnosis.txt"), cli.err());
    }
}
