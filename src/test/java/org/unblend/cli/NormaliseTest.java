package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;

/** Columns of W have the size that was asked for, and the product is the same. */
class NormaliseTest extends MatrixRunFixture {

    private Dense w(Path out) {
        return matrix(out.resolve("factors/W.csv"));
    }

    private Dense product(Path out) {
        Dense w = w(out);
        Dense h = matrix(out.resolve("factors/H.csv"));
        Dense x = Dense.zeros(w.rows(), h.columns());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                x.row(i)[j] = w.get(i, 0) * h.get(0, j) + w.get(i, 1) * h.get(1, j);
            }
        }
        return x;
    }

    @Test
    void columnsHaveTheSizeThatWasAskedFor() throws IOException {
        Path usual = factorise("usual", "X.csv");
        for (String how : new String[] {"sum", "l2", "max"}) {
            Path out = factorise(how, "X.csv", "--normalise", how);
            for (double[] column : w(out).transpose().array()) {
                double size = switch (how) {
                    case "sum" -> Arrays.stream(column).sum();
                    case "l2" -> Math.sqrt(Arrays.stream(column).map(v -> v * v).sum());
                    default -> Arrays.stream(column).max().orElseThrow();
                };
                assertEquals(1, size, 1e-14, how);
            }
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 4; j++) {
                    assertEquals(product(usual).get(i, j), product(out).get(i, j), 1e-12, how);
                }
            }
            assertTrue(Files.readString(out.resolve("result.json")).contains("\"normalise\" : \"" + how + "\""));
        }
        // Rows of W that were scaled back have no unit columns any more, unless one asks.
        Path scaled = factorise("scaled", "X.csv", "--scale-rows", "unit-mean", "--normalise", "sum");
        for (double[] column : w(scaled).transpose().array()) {
            assertEquals(1, Arrays.stream(column).sum(), 1e-14);
        }
        Path drawn = factorise("drawn", "X.csv", "--likelihood", "poisson", "--normalise", "max", "--bootstrap", 20);
        for (double[] column :
                matrix(drawn.resolve("factors/W_high.csv")).transpose().array()) {
            // Every draw has columns of the same size.
            assertTrue(Arrays.stream(column).max().orElseThrow() <= 1 + 1e-14);
        }
    }

    @Test
    void scalesThatPriorsDecideStay() throws IOException {
        Path x = directory.resolve("X.csv");
        Cli cli = Cli.run(
                "factorise",
                x,
                "--rank",
                2,
                "--normalise",
                "l2",
                "--prior-w",
                "exponential:1",
                "--prior-h",
                "exponential:1",
                "--out",
                directory.resolve("no"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("which priors other than flat and given factors decide"), cli.err());
        Path w = file("W.csv", "line,one\nCO,1\nHCN,3\nCS,1\n");
        cli = Cli.run("factorise", x, "--rank", 2, "--normalise", "l2", "--fix-w", w, "--out", directory.resolve("no"));
        assertEquals(2, cli.exit());
        cli = Cli.run("factorise", x, "--rank", 2, "--normalise", "l3", "--out", directory.resolve("no"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("but was 'l3'"), cli.err());
    }
}
