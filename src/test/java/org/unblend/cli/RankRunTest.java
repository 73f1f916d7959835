package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run files that want the rank of a factorisation with proper priors. */
class RankRunTest {
    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        file("model.json", """
                {
                  "format": "model/1",
                  "name": "counts",
                  "axes": { "type": "open", "patient": "open", "component": "open" },
                  "nodes": [
                    { "parameter": "W", "axes": ["type", "component"] },
                    { "parameter": "H", "axes": ["component", "patient"] },
                    { "product": "mean", "left": "W", "right": "H" },
                    { "observe": "X", "axes": ["type", "patient"], "poisson": { "mean": "mean" } }
                  ],
                  "priors": { "W": { "exponential": { "rate": 1 } }, "H": { "exponential": { "rate": 0.1 } } }
                }
                """);
        // Two parts: the first three types and the last three, in patients with one or the other or both.
        file("X.csv", """
                type,p1,p2,p3,p4,p5,p6
                a,21,0,9,30,1,12
                b,40,1,22,55,0,19
                c,11,0,6,14,0,5
                d,0,33,17,1,40,0
                e,1,9,7,0,13,0
                f,0,24,13,0,31,1
                """);
        file("run.json", """
                {
                  "format": "run/1",
                  "model": "model.json",
                  "axes": { "component": 3 },
                  "data": { "X": { "matrix": "X.csv", "rows": "type", "columns": "patient" } },
                  "want": ["rank"],
                  "engine": { "particles": 48, "runs": 4, "sensitivity": 0 },
                  "seed": 4
                }
                """);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private void edit(String name, String from, String to) throws IOException {
        String text = Files.readString(directory.resolve(name));
        assertTrue(text.contains(from), name + " does not contain " + from);
        file(name, text.replace(from, to));
    }

    private static Map<String, double[]> evidences(Path out) throws IOException {
        return Files.readAllLines(out.resolve("evidence.csv")).stream()
                .skip(1)
                .map(l -> l.split("\",|,"))
                .collect(Collectors.toMap(f -> f[0].replace("\"", "") + " " + f[1], f ->
                        new double[] {Double.parseDouble(f[2]), Double.parseDouble(f[3])}));
    }

    @Test
    void ranksAreComparedByEvidenceAsTheVerbDoes() throws IOException {
        Path out = directory.resolve("out");
        Cli cli = Cli.run("run", directory.resolve("run.json"), "--out", out);
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.out().contains("Prior: as written."), cli.out());
        assertTrue(cli.out().contains("ranks.svg"), cli.out());
        Path verb = directory.resolve("verb");
        Cli other = Cli.run(
                "ranks",
                directory.resolve("X.csv"),
                "--to",
                3,
                "--likelihood",
                "poisson",
                "--by",
                "evidence",
                "--prior-w",
                "exponential:1",
                "--prior-h",
                "exponential:0.1",
                "--particles",
                48,
                "--no-sensitivity",
                "--seed",
                4,
                "--out",
                verb);
        assertEquals(0, other.exit(), other.err());
        Map<String, double[]> ours = evidences(out);
        Map<String, double[]> theirs = evidences(verb);
        assertEquals(3, ours.size());
        for (int rank = 1; rank <= 3; rank++) {
            double[] a = ours.get("as written " + rank);
            double[] b = theirs.get("exponential:1 x exponential:0.1 " + rank);
            // Other random numbers; the errors are estimates of 4 runs, with tails: 6 of them, seed fixed.
            assertEquals(b[0], a[0], 6 * Math.hypot(a[1], b[1]) + 0.1, "rank " + rank);
        }
        // The criteria of point fits are those of flat priors in both.
        assertEquals(Files.readString(verb.resolve("ranks.csv")), Files.readString(out.resolve("ranks.csv")));
        assertTrue(ours.get("as written 2")[0] > ours.get("as written 1")[0] + 20, "two parts are there");
        for (Path result : List.of(out, verb)) {
            String record = Files.readString(result.resolve("result.json"));
            assertTrue(record.contains("\"want\" : [") && record.contains("\"rank\" : 3"), record);
            assertTrue(record.contains("X.csv"), record);
            assertTrue(Files.readString(result.resolve("ranks.svg")).contains("evidence, less that of the best"));
        }
        assertEquals(0, Cli.run("summary", out).exit());
    }

    @Test
    void otherPriorsHaveMatchedScalesAndKeepTheNoise() throws IOException {
        edit("run.json", "\"particles\": 48, \"runs\": 4, \"sensitivity\": 0", "\"particles\": 8, \"runs\": 2");
        edit("run.json", "\"component\": 3", "\"component\": 2");
        edit(
                "model.json",
                "\"axes\": [\"component\", \"patient\"] },",
                "\"axes\": [\"component\", \"patient\"] }," + " { \"parameter\": \"shape\" },");
        edit(
                "model.json",
                "\"H\": { \"exponential\": { \"rate\": 0.1 } }",
                "\"H\": { \"gamma\": { \"shape\": \"shape\", \"mean\": 10 } }, \"shape\": { \"gamma\": { \"shape\": 2, \"rate\": 2 } }");
        Path out = directory.resolve("out");
        Cli cli = Cli.run("run", directory.resolve("run.json"), "--out", out);
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        Map<String, double[]> all = evidences(out);
        assertTrue(
                all.keySet()
                        .containsAll(
                                List.of("as written 1", "as written 2", "matched gamma 2", "matched exponential 1")),
                all.keySet().toString());
    }

    private void refused(String code, String reason, String remedy) {
        Path out = directory.resolve("refused");
        Cli cli = Cli.run("run", directory.resolve("run.json"), "--out", out);
        assertEquals(2, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.err().contains("error[" + code + "]"), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertTrue(cli.err().contains(remedy), cli.err());
        assertFalse(Files.exists(out));
        assertEquals(2, Cli.run("check", directory.resolve("run.json")).exit());
    }

    @Test
    void whatCannotBeComparedIsRefused() throws IOException {
        String run = Files.readString(directory.resolve("run.json"));
        edit("run.json", "\"runs\": 4", "\"rungs\": 4");
        refused("R006", "has no knob 'rungs'", "did you mean 'runs'?");
        file("run.json", run.replace("\"runs\": 4", "\"runs\": 1"));
        refused("R007", "runs = 1.0 is not allowed", "independent runs of each evidence");
        file("run.json", run.replace("\"engine\": { ", "\"engine\": { \"name\": \"nested\", "));
        refused("R012", "engine 'nested' does not compare ranks", "gibbs");
        file("run.json", run.replace("\"seed\"", "\"limit\": { \"minutes\": 3 }, \"seed\""));
        refused("R017", "keeps no limit of time", "take the limit out");
        file("run.json", run);
        String model = Files.readString(directory.resolve("model.json"));
        file(
                "model.json",
                model.replace("\"H\": { \"exponential\": { \"rate\": 0.1 } }", "\"H\": { \"flat\": { \"low\": 0 } }"));
        file("run.json", run.replace("\"engine\": { \"particles\": 48, \"runs\": 4, \"sensitivity\": 0 },", ""));
        refused("N008", "no mode", "");
        file("run.json", run);
        refused("R006", "a comparison of ranks by point fits has no knobs", "take 'particles' out");
        file(
                "model.json",
                model.replace(
                                "\"W\": { \"exponential\": { \"rate\": 1 } }",
                                "\"W\": { \"exponential\": { \"rate\": \"a\" } }")
                        .replace(
                                "\"nodes\": [",
                                "\"nodes\": [ { \"constant\": \"a\", \"axes\": [\"component\"], \"values\": [1, 2, 3] },"));
        refused("N010", "components differ in their priors", "one prior");
    }

    @Test
    void thePlanTellsWhatWillBeCompared() throws IOException {
        Cli cli = Cli.run("plan", directory.resolve("run.json"));
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("by evidence up to rank 3, 4 runs of 48 particles each"), cli.out());
    }
}
