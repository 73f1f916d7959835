package org.unblend.cli;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** {@code ranks --by evidence} on counts of two parts that no feature shares. */
class EvidenceRanksTest {
    @TempDir
    Path directory;

    private Path counts() throws IOException {
        RandomSource random = RandomStream.of(3).generator();
        StringBuilder table = new StringBuilder();
        double[][] h = new double[2][12];
        for (double[] row : h) {
            for (int j = 0; j < row.length; j++) {
                row[j] = -Math.log(random.nextOpen());
            }
        }
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 12; j++) {
                table.append(j == 0 ? "" : ",").append(PoissonDraw.next(random, 10 * (1 + i % 3) * h[i / 3][j]));
            }
            table.append('\n');
        }
        return Files.writeString(directory.resolve("X.csv"), table.toString());
    }

    private Cli ranks(String out, Object... options) throws IOException {
        List<Object> words =
                new ArrayList<>(List.of("ranks", counts(), "--likelihood", "poisson", "--out", directory.resolve(out)));
        words.addAll(List.of(options));
        return Cli.run(words.toArray());
    }

    @Test
    void temperingMayBeginAtAFit() throws IOException {
        Cli fit = ranks(
                "fit", "--to", 2, "--by", "evidence", "--no-sensitivity", "--from-fit", "--particles", 16, "--runs", 3);
        assertEquals(0, fit.exit(), fit.err());
        assertTrue(fit.out().contains("runs agree"), fit.out());
        String csv = Files.readString(directory.resolve("fit/evidence.csv"));
        assertTrue(csv.contains("tempering from a fitted density, 3 runs of 16 particles"), csv);
        Cli besides = ranks(
                "besides",
                "--from",
                2,
                "--to",
                2,
                "--by",
                "evidence",
                "--no-sensitivity",
                "--particles",
                64,
                "--runs",
                4,
                "--roads",
                "fitted");
        assertEquals(0, besides.exit(), besides.err());
        assertTrue(besides.out().contains("fitted"), besides.out());
        assertFalse(besides.out().contains("contradict"), besides.out());
    }

    @Test
    void aFitIsRefusedWhereItDoesNotApply() throws IOException {
        Cli zeros = ranks(
                "zeros",
                "--to",
                2,
                "--by",
                "evidence",
                "--from-fit",
                "--prior-w",
                "zero_inflated",
                "--prior-h",
                "zero_inflated");
        assertEquals(2, zeros.exit());
        assertTrue(zeros.err().contains("--from-fit does not apply"), zeros.err());
    }

    /** Six entries, so that all roads are short: fixed seeds, and 3.5 combined errors are told by the program itself. */
    @Test
    void allRoadsAgreeOnASmallMatrix() throws IOException {
        Path x = Files.writeString(directory.resolve("small.csv"), "1.2,0.4,2.0\n0.7,1.9,0.3\n");
        Path sd = Files.writeString(directory.resolve("sd.csv"), "0.5,0.5,0.5\n0.5,0.5,0.5\n");
        List<Object> words = new ArrayList<>(Arrays.asList(
                "ranks",
                x,
                "--sd",
                sd,
                "--to",
                2,
                "--by",
                "evidence",
                "--no-sensitivity",
                "--particles",
                100,
                "--runs",
                6,
                "--prior-w",
                "exponential:1",
                "--prior-h",
                "exponential:1",
                "--roads",
                "chib,nested,collapsed",
                "--out",
                directory.resolve("roads")));
        Cli run = Cli.run(words.toArray());
        assertEquals(0, run.exit(), run.err());
        List<String> rows = Files.readAllLines(directory.resolve("roads/evidence.csv"));
        assertEquals(9, rows.size(), "two ranks by four roads");
        for (int rank = 1; rank <= 2; rank++) {
            String of = "," + rank + ",";
            double[] z = rows.stream()
                    .skip(1)
                    .map(r -> r.substring(r.lastIndexOf('"', r.indexOf(of, 2)) + 1))
                    .filter(r -> r.startsWith(of))
                    .mapToDouble(r -> Double.parseDouble(r.split(",")[2]))
                    .toArray();
            assertEquals(4, z.length);
            for (double v : z) {
                assertEquals(z[0], v, 0.3);
            }
        }
        assertTrue(run.out().contains("chib"), run.out());
        assertTrue(!run.out().contains("contradict"), run.out());
    }

    @Test
    void findsTheTwoPartsOnAnyNumberOfThreads() throws IOException {
        Object[] options = {"--to", 2, "--by", "evidence", "--particles", 8, "--runs", 2, "--prior-w", "exponential"};
        List<Object> two = new ArrayList<>(List.of(options));
        two.addAll(List.of("--threads", 2, "--prior-h", "exponential"));
        Cli first = ranks("one", two.toArray());
        assertEquals(0, first.exit(), first.err());
        two.set(two.indexOf("--threads") + 1, 1);
        assertEquals(0, ranks("two", two.toArray()).exit());
        String table = Files.readString(directory.resolve("one/evidence.csv"));
        assertEquals(table, Files.readString(directory.resolve("two/evidence.csv")));
        // Two ranks under the prior, half and twice its scale, and four other families.
        assertEquals(1 + 2 * 7, table.lines().count());
        assertTrue(table.contains("\"gamma\",2,"), table);
        String summary = Files.readString(directory.resolve("one/summary.txt"));
        assertTrue(summary.contains("The evidence favours rank 2"), summary);
        assertTrue(summary.contains("held-out deviance"), summary);
        assertTrue(summary.contains("No other prior excludes all ranks that are favoured"), summary);
        assertTrue(Files.readString(directory.resolve("one/diagnosis.txt")).contains("rank 2: "));
    }

    @ParameterizedTest
    @CsvSource({
        "C004, flat priors have no evidence, --prior-w, flat",
        "C004, one prior is given with its numbers, --prior-h, exponential:1",
        "C004, no prior with a matched scale is called 'gama', --prior-h, gama",
        "C001, --particles is 2, --particles, 2",
        "C001, --runs is 1, --runs, 1"
    })
    void whatHasNoEvidenceIsRefused(String code, String reason, String option, String value) throws IOException {
        Cli cli = ranks("out", "--to", 2, "--by", "evidence", option, value);
        assertEquals(2, cli.exit(), cli.out());
        assertTrue(cli.err().contains(code) && cli.err().contains(reason), cli.err());
    }

    @Test
    void optionsOfEvidenceWithoutItAreRefused() throws IOException {
        Cli cli = ranks("out", "--to", 2, "--runs", 5);
        assertEquals(2, cli.exit(), cli.out());
        assertTrue(cli.err().contains("add --by evidence"), cli.err());
    }
}
