package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Run files that are answered by Markov chains. */
@Timeout(120)
class ChainRunTest {
    @TempDir
    Path directory;

    private SmallRun run;

    @BeforeEach
    void write() throws IOException {
        run = new SmallRun(directory)
                .edit("run.json", "[\"posterior\", \"evidence\"]", "[\"posterior\"]")
                .edit(
                        "run.json",
                        "{ \"name\": \"nested\", \"live\": 100 }",
                        "{ \"name\": \"nuts\", \"draws\": 500, \"chains\": 3 }");
    }

    private static double[] column(Path summary, String name) throws IOException {
        String[] cells = Files.readAllLines(summary).stream()
                .filter(l -> l.startsWith(name + ","))
                .findFirst()
                .orElseThrow()
                .split(",");
        return new double[] {Double.parseDouble(cells[2]), Double.parseDouble(cells[3])};
    }

    @Test
    void agreesWithNestedSamplingAndWritesChains() throws IOException {
        Path out = directory.resolve("chains-out");
        Cli cli = Cli.run("run", run.file("run.json"), "--out", out);
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("engine nuts"), cli.out());
        assertTrue(cli.out().contains("r_hat"), cli.out());
        for (String chain : List.of("run_1.txt", "run_2.txt", "run_3.txt")) {
            assertEquals(
                    500,
                    Files.readAllLines(out.resolve("chains").resolve(chain)).size());
        }
        assertFalse(Files.exists(out.resolve("chains/run.txt")));
        JsonNode json =
                new ObjectMapper().readTree(out.resolve("posterior.json").toFile());
        assertEquals(3, json.get("posterior").get("mu").size());
        assertEquals(500, json.get("posterior").get("mu").get(0).size());
        assertTrue(json.get("sample_stats").get("diverging").get(0).get(0).isBoolean());
        assertTrue(json.get("sample_stats").get("tree_depth").get(0).get(0).isInt());
        Path nested = directory.resolve("nested-out");
        run.edit(
                "run.json",
                "{ \"name\": \"nuts\", \"draws\": 500, \"chains\": 3 }",
                "{ \"name\": \"nested\", \"live\": 400 }");
        assertEquals(0, Cli.run("run", run.file("run.json"), "--out", nested).exit());
        // About 700 effective draws each: means within 5 standard errors, sd within 5 of theirs.
        double[] a = column(out.resolve("summary.csv"), "mu");
        double[] b = column(nested.resolve("summary.csv"), "mu");
        assertEquals(a[0], b[0], 5 * Math.sqrt(2.0 / 700) * b[1]);
        assertEquals(1, a[1] / b[1], 0.2);
    }

    @Test
    void reportsNodesThatFollowFromTheParameters() throws IOException {
        run.edit(
                "model.json", "{ \"observe\"", "{ \"scale\": \"product\", \"of\": [\"mu\", \"tau\"] },\n{ \"observe\"");
        run.edit("run.json", "\"want\"", "\"report\": { \"product\": \"m2\" }, \"want\"");
        Path out = directory.resolve("reported");
        Cli cli = Cli.run("run", run.file("run.json"), "--out", out);
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().lines().anyMatch(l -> l.matches("product +m2 .*")), cli.out());
        assertTrue(Files.readString(out.resolve("chains/run.paramnames")).contains("product*"));
        List<String> table = Files.readAllLines(out.resolve("posterior.csv"));
        List<String> header = List.of(table.get(0).split(","));
        String[] row = table.get(1).split(",");
        double product = Double.parseDouble(row[header.indexOf("mu")]) * Double.parseDouble(row[header.indexOf("tau")]);
        assertEquals(product, Double.parseDouble(row[header.indexOf("product")]), 1e-12 * Math.abs(product));
        JsonNode json =
                new ObjectMapper().readTree(out.resolve("posterior.json").toFile());
        assertEquals(500, json.get("posterior").get("product").get(0).size());
    }

    @Test
    void aRunThatIsKilledGoesOnWithTheSameBits() throws IOException, InterruptedException {
        run.edit("run.json", "\"draws\": 500", "\"draws\": 6000");
        Path out = directory.resolve("killed");
        KilledRun.kill(run.file("run.json"), out, 200_000);
        Cli resumed = Cli.run("run", run.file("run.json"), "--out", out, "--threads", "2");
        assertEquals(0, resumed.exit(), resumed.err());
        assertTrue(resumed.out().contains("resuming the interrupted run"), resumed.out());
        Path whole = directory.resolve("whole");
        Cli.run("run", run.file("run.json"), "--out", whole);
        for (String name : List.of("posterior.csv", "summary.txt", "chains/run_2.txt")) {
            assertArrayEquals(Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
        }
    }
}
