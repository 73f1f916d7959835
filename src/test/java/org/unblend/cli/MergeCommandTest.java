package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.infer.Evidence;
import org.unblend.io.EvidenceRecord;
import org.unblend.io.NestedRecord;

class MergeCommandTest {
    @TempDir
    Path directory;

    private SmallRun run;

    @BeforeEach
    void plainNestedSampling() throws IOException {
        run = new SmallRun(directory).edit("run.json", "\"live\": 100", "\"live\": 100, \"refine\": 0");
    }

    private Path result(int seed) {
        return result("seed" + seed, seed);
    }

    private Path result(String name, int seed) {
        Path to = directory.resolve(name);
        Cli cli = Cli.run("run", run.file("run.json"), "--seed", seed, "--out", to);
        assertEquals(0, cli.exit(), cli.err());
        return to;
    }

    private static void refused(Cli cli, String code, String reason) {
        assertEquals(ExitCode.BAD_INPUT, cli.exit(), cli.err());
        assertTrue(cli.err().contains("error[" + code + "]"), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
    }

    /**
     * ln of the integral over both priors by the midpoint rule: smooth, and zero at the ends, so exact to more digits than
     * are looked at.
     */
    static double logZ(double[] x) {
        int n = 1200;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double mu = -10 + 20 * (i + 0.5) / n;
            for (int j = 0; j < n; j++) {
                double tau = Math.exp(Math.log(0.1) + Math.log(100) * (j + 0.5) / n);
                double log = 0;
                for (double v : x) {
                    log += -0.5 * Math.pow((v - mu) / tau, 2) - Math.log(tau) - 0.5 * Math.log(2 * Math.PI);
                }
                sum += Math.exp(log);
            }
        }
        return Math.log(sum / n / n);
    }

    /** False alarm of four standard errors: once in 16,000 seeds; they are fixed. */
    @Test
    void fourSeedsHaveHalfTheErrorOfOne() throws IOException {
        List<Object> line = new ArrayList<>(List.of("merge"));
        double single = 0;
        int rows = 0;
        for (int seed = 1; seed <= 4; seed++) {
            Path one = result(seed);
            line.add(one);
            single += EvidenceRecord.read(one).error() / 4;
            rows += Files.readAllLines(one.resolve("nested/points.csv")).size() - 1;
        }
        Path out = directory.resolve("merged");
        line.addAll(List.of("--out", out));
        Cli cli = Cli.run(line.toArray());
        assertEquals(0, cli.exit(), cli.err());
        EvidenceRecord merged = EvidenceRecord.read(out);
        assertEquals(0.5, merged.error() / single, 0.1);
        double exact = logZ(new double[] {1.2, 0.4, 2.1, -0.3, 1.0, 0.9});
        assertEquals(exact, merged.logZ(), 4 * merged.error());
        assertEquals(
                rows + 1, Files.readAllLines(out.resolve("nested/points.csv")).size());
        for (String file : List.of("summary.txt", "diagnosis.txt", "corner.svg", "posterior.json", "posterior.csv")) {
            assertTrue(Files.isRegularFile(out.resolve(file)), file);
        }
        assertTrue(Files.readString(out.resolve("result.json")).contains("\"seeds\" : \"1 2 3 4\""));
        assertFalse(Files.exists(directory.resolve("merged.unfinished")));
        // What is read back is what was written, and it cannot be merged once more.
        NestedRecord back = NestedRecord.read(out, List.of("mu", "tau"));
        assertEquals(rows, back.result().samples().size());
        refused(Cli.run("merge", out, line.get(1), "--out", directory.resolve("again")), "W014", "itself merged");
    }

    @Test
    void refinedEvidencesAreListedAndNotMerged() throws IOException {
        run.edit("run.json", ", \"refine\": 0", "");
        Path a = result(1);
        Path b = result(2);
        Evidence refined = Stream.of(a, b)
                .flatMap(r -> NestedRecord.head(r).refined().stream())
                .findFirst()
                .orElseThrow();
        Path out = directory.resolve("merged");
        Cli cli = Cli.run("merge", a, b, "--out", out);
        assertEquals(0, cli.exit(), cli.err());
        String diagnosis = Files.readString(out.resolve("diagnosis.txt"));
        assertTrue(diagnosis.contains("refined evidences: they are not merged"), diagnosis);
        EvidenceRecord merged = EvidenceRecord.read(out);
        assertTrue(merged.error() > refined.error(), "the error must be that of nested sampling");
        double nested = NestedRecord.head(a).result().evidence().orElseThrow().error();
        assertTrue(merged.error() < nested);
    }

    @Test
    void resultsOfOtherProblemsOrOneSeedAreRefused() throws IOException {
        Path a = result(1);
        Path same = result("same", 1);
        Path out = directory.resolve("merged");
        refused(Cli.run("merge", a, same, "--out", out), "W014", "has the seed 1");
        refused(Cli.run("merge", a, a, "--out", out), "W009", "named twice");
        refused(Cli.run("merge", a, "--out", out), "C000", "DIR");
        refused(Cli.run("merge", a, directory, "--out", out), "W005", "no result.json");
        Path b = result(2);
        refused(Cli.run("merge", a, b, "--out", same), "W001", "already exists");
        run.edit("priors.json", "\"low\": -10", "\"low\": -11");
        Path other = result(3);
        refused(Cli.run("merge", a, other, "--out", out), "W014", "not those of");
        refused(Cli.run("merge", a, b, "--out", out), "W014", "have changed since");
        Files.delete(run.file("run.json"));
        refused(Cli.run("merge", a, b, "--out", out), "W014", "is not there");
        assertFalse(Files.exists(out));
        assertFalse(Files.exists(directory.resolve("merged.unfinished")));
    }

    @Test
    void tornPointsAreRefused() throws IOException {
        Path a = result(1);
        Path b = result(2);
        Path out = directory.resolve("merged");
        Path points = b.resolve("nested/points.csv");
        List<String> lines = Files.readAllLines(points);
        Files.write(points, lines.subList(0, lines.size() - 5));
        refused(Cli.run("merge", a, b, "--out", out), "W012", "last points are missing");
        List<String> less = new ArrayList<>(lines);
        less.remove(20);
        Files.write(points, less);
        refused(Cli.run("merge", a, b, "--out", out), "W012", "points.csv:21");
        less.set(20, "20,much");
        Files.write(points, less);
        refused(Cli.run("merge", a, b, "--out", out), "W012", "points.csv");
        less.set(20, lines.get(20).replace("-", "~"));
        Files.write(points, less);
        refused(Cli.run("merge", a, b, "--out", out), "W012", "points.csv:21");
        less.set(0, lines.get(0).replace(",mu", ",nu"));
        Files.write(points, less);
        refused(Cli.run("merge", a, b, "--out", out), "W013", "it lacks mu");
        Files.delete(points);
        refused(Cli.run("merge", a, b, "--out", out), "W011", "no points of nested sampling");
        assertFalse(Files.exists(out));
    }
}
