package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Sparse matrices through the verbs: the same answers as from the same matrix written in full. */
class SparseMatrixTest {
    @TempDir
    Path directory;

    private record Both(Path sparse, Path full) {}

    /** Counts, the same in both files; {@code gap} stands in the full one for what is not stored in the other. */
    private Both write(int rows, int columns, double filled, String gap) throws IOException {
        RandomSource random = RandomStream.of(4).generator();
        List<String> entries = new ArrayList<>();
        StringBuilder full = new StringBuilder();
        for (int i = 1; i <= rows; i++) {
            for (int j = 1; j <= columns; j++) {
                // Two blocks on a thin ground, the third row and the last column empty.
                double here = i % 2 == j % 2 ? 1.6 * filled : 0.4 * filled;
                boolean there = i != 3 && j != columns && random.nextOpen() < here;
                int count = 1 + random.nextInt(6);
                if (there) {
                    entries.add(i + " " + j + " " + count);
                }
                full.append(j == 1 ? "" : ",").append(there ? Integer.toString(count) : gap);
            }
            full.append('\n');
        }
        String head = "%%MatrixMarket matrix coordinate integer general\n";
        return new Both(
                Files.writeString(
                        directory.resolve("x.mtx"),
                        head + rows + " " + columns + " " + entries.size() + "\n" + String.join("\n", entries) + "\n"),
                Files.writeString(directory.resolve("x.csv"), full.toString()));
    }

    private Path factorised(String name, Object... words) {
        Path out = directory.resolve(name);
        List<Object> all = new ArrayList<>(List.of("factorise"));
        all.addAll(List.of(words));
        all.addAll(List.of("--rank", 2, "--starts", 2, "--iterations", 300, "--out", out));
        Cli cli = Cli.run(all.toArray());
        assertTrue(cli.exit() <= 1, cli.out() + cli.err());
        return out;
    }

    private static void sameFactors(Path a, Path b) throws IOException {
        for (String file : List.of("factors/W.csv", "factors/H.csv")) {
            assertEquals(Files.readString(a.resolve(file)), Files.readString(b.resolve(file)), file);
        }
        assertEquals(logLikelihood(a), logLikelihood(b), 1e-9 * Math.abs(logLikelihood(a)));
    }

    private static double logLikelihood(Path out) throws IOException {
        return Files.readAllLines(out.resolve("summary.txt")).stream()
                .filter(l -> l.startsWith("log_likelihood"))
                .mapToDouble(l -> Double.parseDouble(l.split("\\s+")[1]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void factorsAreThoseOfTheFullMatrix() throws IOException {
        for (double filled : new double[] {0.05, 0.4}) {
            Both x = write(30, 40, filled, "0");
            for (String noise : List.of("poisson", "normal")) {
                sameFactors(
                        factorised("s" + noise + filled, x.sparse(), "--likelihood", noise),
                        factorised("f" + noise + filled, x.full(), "--likelihood", noise));
            }
        }
    }

    @Test
    void newSamplesAreTransformedAlike() throws IOException {
        Both x = write(30, 40, 0.08, "0");
        Path parts = factorised("parts", x.sparse(), "--likelihood", "poisson");
        Path few = directory.resolve("few");
        Path each = directory.resolve("each");
        Cli.run("transform", x.sparse(), "--factors", parts, "--out", few);
        Cli.run("transform", x.full(), "--factors", parts, "--out", each);
        sameFactors(few, each);
    }

    @Test
    void whatIsNotStoredMayBeMissing() throws IOException {
        Both x = write(12, 14, 0.6, "");
        Path sparse = factorised("s", x.sparse(), "--unstored", "missing", "--likelihood", "gamma", "--shape", 9);
        Path full = factorised("f", x.full(), "--skip-missing", "--likelihood", "gamma", "--shape", 9);
        sameFactors(sparse, full);
        assertTrue(Files.readString(sparse.resolve("result.json")).contains("\"unstored\""));
    }

    @Test
    void ranksAreComparedAlike() throws IOException {
        Both x = write(16, 18, 0.3, "0");
        for (Path file : List.of(x.sparse(), x.full())) {
            Cli cli = Cli.run(
                    "ranks",
                    file,
                    "--to",
                    2,
                    "--likelihood",
                    "poisson",
                    "--out",
                    directory.resolve("r" + file.getFileName()));
            assertEquals(0, cli.exit(), cli.err());
        }
        assertEquals(
                Files.readString(directory.resolve("rx.mtx/ranks.csv")),
                Files.readString(directory.resolve("rx.csv/ranks.csv")));
    }

    @Test
    void countsAreHeldOutWithoutFilling() throws IOException {
        Both x = write(16, 18, 0.3, "0");
        for (Path file : List.of(x.sparse(), x.full())) {
            Cli cli = Cli.run(
                    "ranks",
                    file,
                    "--to",
                    2,
                    "--likelihood",
                    "poisson",
                    "--hold-out",
                    "counts",
                    "--starts",
                    2,
                    "--out",
                    directory.resolve("t" + file.getFileName()));
            assertEquals(0, cli.exit(), cli.err());
            assertTrue(cli.out().contains("note: counts are held out, not entries"), cli.out());
        }
        assertEquals(
                Files.readString(directory.resolve("tx.mtx/ranks.csv")),
                Files.readString(directory.resolve("tx.csv/ranks.csv")));
        Cli cli = Cli.run("ranks", x.sparse(), "--to", 2, "--hold-out", "counts", "--out", directory.resolve("no"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("add --likelihood poisson"), cli.err());
    }

    /** Six thousand million entries, of which a few are stored: neither memory nor time may grow with all of them. */
    @Test
    void sizesBeyondAnyArray() throws IOException {
        StringBuilder text = new StringBuilder("%%MatrixMarket matrix coordinate integer general\n60000 100000 40\n");
        for (int t = 0; t < 40; t++) {
            text.append(1 + t * 1400)
                    .append(' ')
                    .append(1 + t * 2400)
                    .append(' ')
                    .append(1 + t % 3)
                    .append('\n');
        }
        Path file = Files.writeString(directory.resolve("wide.mtx"), text);
        Path out = directory.resolve("wide");
        Cli cli = Cli.run(
                "factorise",
                file,
                "--rank",
                1,
                "--starts",
                1,
                "--iterations",
                20,
                "--likelihood",
                "poisson",
                "--out",
                out);
        assertTrue(cli.exit() <= 1, cli.err());
        assertTrue(cli.out().contains("6000000000 data"), cli.out());
        assertTrue(Double.isFinite(logLikelihood(out)));
        Cli ranks = Cli.run("ranks", file, "--to", 2, "--out", directory.resolve("ranks"));
        assertEquals(2, ranks.exit());
        assertTrue(ranks.err().contains("X052") && ranks.err().contains("'ranks' of counts"), ranks.err());
        refused("X052", "bootstrap", "factorise", file, "--bootstrap", 20);
    }

    @Test
    void oneColumn() throws IOException {
        Path file = Files.writeString(
                directory.resolve("c.mtx"), "%%MatrixMarket matrix coordinate integer general\n30 1 2\n4 1 7\n9 1 2\n");
        Path out = factorised("c", file, "--likelihood", "poisson");
        double[] sums = Files.readAllLines(out.resolve("factors/H.csv")).stream()
                .skip(1)
                .mapToDouble(l -> Double.parseDouble(l.split(",")[1]))
                .toArray();
        assertArrayEquals(new double[] {9}, new double[] {sums[0] + sums[1]}, 1e-3);
    }

    @Test
    void refusals() throws IOException {
        Both x = write(12, 14, 0.3, "0");
        refused("N007", "--unstored missing", "factorise", x.sparse(), "--likelihood", "gamma");
        refused("C002", "stores every entry", "factorise", x.full(), "--unstored", "zero");
        String head = "%%MatrixMarket matrix coordinate real general\n";
        Path half = Files.writeString(directory.resolve("half.mtx"), head + "30 20 2\n2 3 1.5\n1 1 2\n");
        refused("M035", "row2,column3", "factorise", half, "--likelihood", "poisson");
        Path below = Files.writeString(directory.resolve("below.mtx"), head + "30 20 2\n2 3 -1\n1 1 2\n");
        refused("M035", "row2,column3", "factorise", below, "--likelihood", "poisson");
        Path huge = Files.writeString(directory.resolve("huge.mtx"), head + "30 20 2\n2 3 1e300\n1 1 2\n");
        refused("N007", "divide the data", "factorise", huge);
        Path nan = Files.writeString(directory.resolve("nan.mtx"), head + "30 20 2\n2 3 4\n1 1 NaN\n");
        refused("X030", "nan.mtx:4", "factorise", nan);
    }

    private void refused(String code, String words, Object... line) {
        List<Object> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--rank", 2, "--out", directory.resolve("refused")));
        Cli cli = Cli.run(all.toArray());
        assertEquals(2, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.err().contains(code) && cli.err().contains(words), cli.err());
    }
}
