package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.MatrixReader;

/** What {@code factorise} is told of the components beforehand: starts, priors of single ones, given columns and rows. */
class KnownPartsTest {
    /** Four lines in six places. */
    private static final String TABLE = """
            ,a,b,c,d,e,f
            CO,5,3,2,8,4,7
            HCN,6,10,13,4,1,4
            CS,9,8,5,11,5,12
            SO,7,5,3,13,7,9
            """;

    @TempDir
    Path directory;

    private int runs;

    @BeforeEach
    void data() throws IOException {
        file("X.csv", TABLE);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path out() {
        return directory.resolve("out" + runs);
    }

    private Cli factorise(int rank, Object... options) {
        runs++;
        List<Object> words =
                new ArrayList<>(List.of("factorise", directory.resolve("X.csv"), "--rank", rank, "--out", out()));
        words.addAll(List.of(options));
        return Cli.run(words.toArray());
    }

    private Cli wrote(int rank, Object... options) {
        Cli cli = factorise(rank, options);
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        return cli;
    }

    private void refused(String code, String reason, int rank, Object... options) {
        Cli cli = factorise(rank, options);
        assertEquals(2, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.err().contains("error[" + code + "]"), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertFalse(Files.exists(out()));
    }

    private LabelledMatrix w() {
        return MatrixReader.read(out().resolve("factors/W.csv"), false);
    }

    private LabelledMatrix h() {
        return MatrixReader.read(out().resolve("factors/H.csv"), false);
    }

    private static double objective(Cli cli) {
        return cli.out()
                .lines()
                .filter(l -> l.startsWith("objective"))
                .mapToDouble(l -> Double.parseDouble(l.substring(9)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyStartLeadsToAModeAndIsRecorded() throws IOException {
        double best = objective(wrote(2));
        for (String start : List.of("random", "nndsvd", "nndsvda", "nndsvdar", "grow")) {
            Cli cli = wrote(2, "--init", start);
            assertTrue(objective(cli) < 1.2 * best + 0.1, start + cli.out());
            assertTrue(Files.readString(out().resolve("result.json")).contains("\"init\" : \"" + start + "\""));
        }
    }

    @Test
    void aGivenStartKeepsItsOrderAndItsNamesArePaired() throws IOException {
        wrote(2, "--likelihood", "poisson", "--iterations", 20000);
        double[] first = w().values().dense().transpose().row(0);
        // The same factors with components, rows and columns in another order.
        LabelledMatrix w = w();
        LabelledMatrix h = h();
        StringBuilder ofW = new StringBuilder(",two,one\n");
        for (int i = 3; i >= 0; i--) {
            ofW.append(String.format(
                    "%s,%s,%s%n",
                    w.rows().get(i),
                    w.values().dense().get(i, 1),
                    w.values().dense().get(i, 0)));
        }
        StringBuilder ofH = new StringBuilder(",f,e,d,c,b,a\n");
        for (int k = 1; k >= 0; k--) {
            ofH.append("k").append(k);
            for (int j = 5; j >= 0; j--) {
                ofH.append(',').append(h.values().dense().get(k, j));
            }
            ofH.append('\n');
        }
        String both = file("w.csv", ofW.toString()) + "," + file("h.csv", ofH.toString());
        Cli cli = wrote(2, "--likelihood", "poisson", "--init", both);
        assertTrue(cli.out().contains("iterations     10\n"), cli.out());
        assertArrayEquals(first, w().values().dense().transpose().row(1), 1e-3);
        assertTrue(Files.readString(out().resolve("result.json")).contains("h.csv"));
    }

    @Test
    void startsThatCannotBeAreRefused() throws IOException {
        refused("C002", "did you mean 'nndsvda'", 2, "--init", "nndvsda");
        refused("C002", "--starts asks for 5", 2, "--init", "nndsvd", "--starts", 5);
        refused("N009", "replace the zeros", 5, "--init", "nndsvd");
        refused(
                "N009",
                "a gamma or log-normal prior excludes",
                2,
                "--init",
                "nndsvd",
                "--prior-w",
                "gamma:2,1",
                "--prior-h",
                "gamma:2,1");
        Path good = file("good.csv", "1,1\n1,1\n1,1\n1,1\n");
        Path h = file("h.csv", "1,1,1,1,1,1\n1,1,1,1,1,1\n");
        wrote(2, "--init", good + "," + h);
        refused("C002", "names 3 files", 2, "--init", good + "," + h + "," + h);
        refused("X001", "no such file", 2, "--init", directory.resolve("none.csv") + "," + h);
        refused("X050", "has 2 columns, --rank is 3", 3, "--init", good + "," + h);
        refused(
                "X050",
                "has 2 columns, the data have 6 samples",
                2,
                "--init",
                good + "," + file("t.csv", "1,1\n1,1\n1,1\n"));
        refused(
                "X050",
                "has 3 rows, the data have 4 features",
                2,
                "--init",
                file("t.csv", "1,1\n1,1\n1,1\n") + "," + h);
        refused(
                "X053",
                "row 3, column 2 is -2.0",
                2,
                "--init",
                file("negative.csv", "1,1\n1,1\n1,-2\n1,1\n") + "," + h);
        refused("X013", "nan.csv:3", 2, "--init", file("nan.csv", "1,1\n1,1\n1,NaN\n1,1\n") + "," + h);
        refused(
                "N009",
                "excludes 0",
                2,
                "--init",
                file("zero.csv", "1,1\n1,0\n1,1\n1,1\n") + "," + h,
                "--prior-w",
                "gamma:2,1",
                "--prior-h",
                "gamma:2,1");
    }

    @Test
    void givenColumnsStayAndTheOthersAreFree() throws IOException {
        Path templates = file("templates.csv", ",dust,gas\nSO,1,0\nCO,1,0\nCS,2,1\nHCN,0,3\n");
        double free = objective(wrote(3));
        Cli cli = wrote(3, "--fix-w", templates);
        assertEquals(List.of("dust", "gas", "component3"), w().columns());
        assertArrayEquals(
                new double[] {1, 0, 2, 1}, w().values().dense().transpose().row(0));
        assertArrayEquals(
                new double[] {0, 3, 1, 0}, w().values().dense().transpose().row(1));
        assertTrue(cli.out().contains("note: W is held fixed of dust, gas"), cli.out());
        assertTrue(cli.out().lines().anyMatch(l -> l.startsWith("dust  ")), cli.out());
        assertTrue(objective(cli) > free, cli.out());
        // New samples are sums of all three.
        Path result = directory.resolve("new");
        Cli again = Cli.run("transform", directory.resolve("X.csv"), "--factors", out(), "--out", result);
        assertEquals(0, again.exit(), again.err());
        double[][] fitted = h().values().dense().array();
        double[][] projected = MatrixReader.read(result.resolve("factors/H.csv"), false)
                .values()
                .dense()
                .array();
        for (int k = 0; k < 3; k++) {
            assertArrayEquals(fitted[k], projected[k], 0.02);
        }
    }

    @Test
    void givenRowsAndColumnsOfOneNameAreOneComponent() throws IOException {
        Path w = file("w.csv", ",dust\nCO,1\nHCN,0\nCS,2\nSO,1\n");
        Path h = file("h.csv", ",a,b,c,d,e,f\ndust,3,2,1,4,2,5\ntimer,1,1,0,1,1,0\n");
        wrote(3, "--fix-w", w, "--fix-h", h, "--init", "grow");
        assertEquals(List.of("dust", "timer", "component3"), h().rows());
        assertArrayEquals(new double[] {3, 2, 1, 4, 2, 5}, h().values().dense().row(0));
        assertArrayEquals(new double[] {1, 1, 0, 1, 1, 0}, h().values().dense().row(1));
        assertArrayEquals(
                new double[] {1, 0, 2, 1}, w().values().dense().transpose().row(0));
        refused(
                "C002",
                "both factors of all components are given",
                1,
                "--fix-w",
                w,
                "--fix-h",
                file("one.csv", ",a,b,c,d,e,f\ndust,3,2,1,4,2,5\n"));
    }

    @Test
    void givenPartsThatCannotBeAreRefused() throws IOException {
        Path w = file("w.csv", ",dust,gas\nCO,1,1\nHCN,0,1\nCS,2,1\nSO,1,1\n");
        refused("C002", "2 components are given, and --rank is 1", 1, "--fix-w", w);
        refused("X051", "no row for the feature 'SO'", 2, "--fix-w", file("short.csv", ",dust\nCO,1\nHCN,0\nCS,2\n"));
        refused(
                "X053",
                "row HCN, column dust is -1.0",
                2,
                "--fix-w",
                file("m.csv", ",dust\nCO,1\nHCN,-1\nCS,2\nSO,1\n"));
        refused("X051", "no column for the sample 'f'", 2, "--fix-h", file("h.csv", ",a,b,c,d,e\ndust,3,2,1,4,2\n"));
        refused("X001", "no such file", 2, "--fix-h", directory.resolve("none.csv"));
        refused(
                "X053",
                "'dust' twice",
                3,
                "--fix-w",
                file("twice.csv", ",dust,dust\nCO,1,1\nHCN,0,1\nCS,2,1\nSO,1,1\n"));
    }

    @Test
    void eachComponentHasItsPrior() throws IOException {
        wrote(3, "--prior-w", "exponential:2,gamma:2,1,exponential:2", "--prior-h", "exponential:0.1");
        String record = Files.readString(out().resolve("result.json"));
        assertTrue(record.contains("\"prior_w\" : \"exponential:2,gamma:2,1,exponential:2\""), record);
        assertTrue(record.contains("\"prior_h\" : \"exponential:0.1\""), record);
        // The gamma prior of shape 2 excludes zeros.
        for (double v : w().values().dense().transpose().row(1)) {
            assertTrue(v > 0, "W is " + v);
        }
        Path w = file("w.csv", ",dust\nCO,1\nHCN,0\nCS,2\nSO,1\n");
        wrote(
                3,
                "--fix-w",
                w,
                "--prior-w",
                "exponential:2,half_normal:1",
                "--prior-h",
                "flat,exponential:1,exponential:3");
        record = Files.readString(out().resolve("result.json"));
        assertTrue(record.contains("\"prior_w\" : \"fixed,exponential:2,half_normal:1\""), record);
        Path result = directory.resolve("new");
        assertEquals(
                0,
                Cli.run("transform", directory.resolve("X.csv"), "--factors", out(), "--out", result)
                        .exit());
        for (int k = 0; k < 3; k++) {
            assertArrayEquals(
                    h().values().dense().row(k),
                    MatrixReader.read(result.resolve("factors/H.csv"), false)
                            .values()
                            .dense()
                            .row(k),
                    1e-2);
        }
        refused("C002", "gives 2 priors, and 3 components of W are free", 3, "--prior-w", "flat,flat");
        refused("C002", "1 components of W are free", 2, "--fix-w", w, "--prior-w", "flat,flat");
        refused("M014", "did you mean 'flat'", 2, "--prior-w", "flat,flta");
        refused("N008", "of component2, only one factor", 2, "--prior-w", "flat,exponential:1");
        Cli ranks = Cli.run(
                "ranks",
                directory.resolve("X.csv"),
                "--to",
                2,
                "--prior-w",
                "flat,exponential:1",
                "--out",
                directory.resolve("ranks"));
        assertEquals(2, ranks.exit());
        assertTrue(ranks.err().contains("all components share one"), ranks.err());
    }

    @Test
    void aBootstrapTellsHowWellFactorsAreKnown() throws IOException {
        Cli cli = wrote(2, "--likelihood", "poisson", "--bootstrap", 20, "--starts", 2);
        assertTrue(cli.out().contains("note: bootstrap: by 20 replicates W is known to"), cli.out());
        for (String factor : List.of("W", "H")) {
            double[][] value = matrix(factor);
            double[][] sd = matrix(factor + "_sd");
            double[][] low = matrix(factor + "_low");
            double[][] high = matrix(factor + "_high");
            for (int i = 0; i < value.length; i++) {
                for (int j = 0; j < value[i].length; j++) {
                    assertTrue(low[i][j] <= high[i][j] && sd[i][j] <= 2 * (high[i][j] - low[i][j]) + 1e-12);
                    assertTrue(value[i][j] == 0 || sd[i][j] > 0);
                }
            }
        }
        assertTrue(Files.readString(out().resolve("factors.svg")).contains("ub-data"));
        byte[] first = Files.readAllBytes(out().resolve("factors/H_low.csv"));
        wrote(2, "--likelihood", "poisson", "--bootstrap", 20, "--starts", 2, "--threads", 1);
        assertArrayEquals(first, Files.readAllBytes(out().resolve("factors/H_low.csv")));
        refused("C001", "--bootstrap is 5", 2, "--bootstrap", 5);
        refused("C002", "24 entries for 30 unknowns", 3, "--bootstrap", 20);
        wrote(1, "--bootstrap", 20);
        assertTrue(Files.readString(out().resolve("summary.txt")).contains("taken from the residuals"));
    }

    private double[][] matrix(String name) {
        return MatrixReader.read(out().resolve("factors/" + name + ".csv"), false)
                .values()
                .dense()
                .array();
    }
}
