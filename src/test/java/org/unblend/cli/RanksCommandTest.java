package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class RanksCommandTest {
    @TempDir
    Path directory;

    /** 12 x 40, two components of separate features, Normal noise of sd 0.1. */
    private Path twoParts() throws IOException {
        RandomSource random = RandomStream.of(3).generator();
        StringBuilder table = new StringBuilder();
        double[][] h = new double[2][40];
        for (double[] row : h) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextOpen();
            }
        }
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 40; j++) {
                double mean = (1 + i % 3) * h[i / 6][j];
                table.append(j == 0 ? "" : ",").append(mean + 0.1 * random.nextGaussian());
            }
            table.append('\n');
        }
        return Files.writeString(directory.resolve("X.csv"), table.toString());
    }

    private Path noise(double sd) throws IOException {
        String row = (sd + ",").repeat(39) + sd + "\n";
        return Files.writeString(directory.resolve("sd.csv"), row.repeat(12));
    }

    private Cli ranks(Object... options) throws IOException {
        List<Object> words = new ArrayList<>(List.of("ranks", twoParts()));
        words.addAll(List.of(options));
        if (!words.contains("--out")) {
            words.addAll(List.of("--out", directory.resolve("out")));
        }
        return Cli.run(words.toArray());
    }

    @Test
    void heldOutEntriesAndTheNoiseFindTheTwoParts() throws IOException {
        Cli cli = ranks("--to", 3, "--sd", noise(0.1));
        assertEquals(0, cli.exit(), cli.err());
        List<String> rows = Files.readAllLines(directory.resolve("out/ranks.csv"));
        assertEquals(4, rows.size());
        assertTrue(Files.readString(directory.resolve("out/ranks.svg")).contains("silhouette"));
        int error = List.of(rows.get(0).split(",")).indexOf("error_by_noise");
        // A common sd is the unit of the error: 480 entries minus 100 fitted numbers.
        assertEquals(380.0 / 480, Double.parseDouble(rows.get(2).split(",")[error]), 0.15);
        assertTrue(Double.parseDouble(rows.get(1).split(",")[error]) > 5, rows.get(1));
        String summary = Files.readString(directory.resolve("out/summary.txt"));
        assertTrue(summary.contains("The error reaches the noise level at rank 2"), summary);
        assertTrue(cli.out().contains("held-out deviance"), cli.out());
    }

    @Test
    void fitsBeginWhereTheyAreTold() throws IOException {
        assertEquals(0, ranks("--to", 3, "--sd", noise(0.1), "--init", "grow").exit());
        List<String> rows = Files.readAllLines(directory.resolve("out/ranks.csv"));
        // One start each: the best objective is the worst.
        String[] two = rows.get(2).split(",");
        int objective = List.of(rows.get(0).split(",")).indexOf("objective");
        assertEquals(two[objective], two[objective + 1]);
        Cli cli = ranks("--to", 2, "--init", "grown", "--out", directory.resolve("no"));
        assertEquals(2, cli.exit());
        assertTrue(
                cli.err().contains("no start is called 'grown'") && cli.err().contains("did you mean 'grow'"),
                cli.err());
        cli = ranks("--to", 2, "--init", "W.csv,H.csv", "--out", directory.resolve("no"));
        assertTrue(cli.err().contains("--init names tables, which have one rank"), cli.err());
        cli = ranks("--to", 2, "--init", "nndsvd", "--starts", 3, "--out", directory.resolve("no"));
        assertTrue(cli.err().contains("is one start, and --starts asks for 3"), cli.err());
        cli = ranks("--to", 2, "--starts", 0, "--out", directory.resolve("no"));
        assertTrue(cli.err().contains("--starts is 0"), cli.err());
        assertFalse(Files.exists(directory.resolve("no")));
    }

    @Test
    void unknownNoiseIsSaid() throws IOException {
        Cli cli = ranks("--to", 2);
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("every entry has sd 1"), cli.out());
        assertFalse(cli.out().contains("noise level"), cli.out());
    }

    @Test
    void rangesThatCannotBeAreRefused() throws IOException {
        refused("C001", "--from is 0", "--from", 0, "--to", 2);
        refused("C001", "below --from", "--from", 3, "--to", 2);
        refused("N007", "above both dimensions", "--to", 41);
        refused("C000", "--to");
        refused("N008", "no mode", "--to", 2, "--prior-h", "exponential:1");
    }

    private void refused(String code, String reason, Object... options) throws IOException {
        Cli cli = ranks(options);
        assertEquals(2, cli.exit(), cli.out());
        assertTrue(cli.err().contains("error[" + code + "]"), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertFalse(Files.exists(directory.resolve("out")));
    }

    @Test
    void theModelOfTheLargestRankIsShown() throws IOException {
        Path shown = directory.resolve("model.json");
        Cli cli = Cli.run("ranks", twoParts(), "--to", 3, "--show-model");
        assertEquals(0, cli.exit(), cli.err());
        Cli factorise = Cli.run("factorise", twoParts(), "--rank", 3, "--show-model");
        assertEquals(factorise.out(), cli.out());
        assertFalse(Files.exists(shown));
    }

    /** Rows of unit mean are what comes from dividing by hand, and the table is the same. */
    @Test
    void dataAreComparedAsTheyAreFactorised() throws IOException {
        Path x = Files.writeString(directory.resolve("P.csv"), "8,2,6,4\n1,3,2,2\n30,20,10,20\n1,1,3,3\n4,2,1,1\n");
        Path by = Files.writeString(
                directory.resolve("Q.csv"),
                "1.6,0.4,1.2,0.8\n0.5,1.5,1,1\n1.5,1,0.5,1\n0.5,0.5,1.5,1.5\n2,1,0.5,0.5\n");
        Path out = directory.resolve("prepared");
        Path hand = directory.resolve("hand");
        assertEquals(
                0,
                Cli.run("ranks", x, "--to", 2, "--scale-rows", "unit-mean", "--out", out)
                        .exit());
        assertEquals(0, Cli.run("ranks", by, "--to", 2, "--out", hand).exit());
        assertEquals(Files.readString(hand.resolve("ranks.csv")), Files.readString(out.resolve("ranks.csv")));
        Cli cli = Cli.run(
                "ranks", x, "--to", 2, "--by", "evidence", "--negatives", "clip", "--out", directory.resolve("no"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("prepared data are compared by point fits"), cli.err());
        cli = Cli.run(
                "ranks",
                x,
                "--to",
                2,
                "--likelihood",
                "poisson",
                "--transform",
                "sqrt",
                "--hold-out",
                "counts",
                "--out",
                directory.resolve("no"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("counts are held out under Poisson noise alone"), cli.err());
        assertFalse(Files.exists(directory.resolve("no")));
    }
}
