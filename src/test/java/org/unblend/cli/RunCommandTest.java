package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    @TempDir
    Path directory;

    private SmallRun run;

    @BeforeEach
    void write() throws IOException {
        run = new SmallRun(directory);
    }

    /** The files that hold results, without those that name times and threads. */
    private static Map<String, byte[]> results(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString();
                if (!List.of("result.json", "posterior.json").contains(name)) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
    }

    @Test
    void sameSeedSameBitsWithOneTwoAndEightThreads() throws IOException {
        for (int threads : new int[] {1, 2, 8}) {
            Cli cli = Cli.run(
                    "run", run.file("run.json"), "--out", directory.resolve("t" + threads), "--threads", threads);
            assertEquals(0, cli.exit(), cli.err());
        }
        Map<String, byte[]> one = results(directory.resolve("t1"));
        assertTrue(one.keySet().containsAll(List.of("summary.csv", "posterior.csv", "chains/run.txt", "corner.svg")));
        assertSame(one, results(directory.resolve("t2")));
        assertSame(one, results(directory.resolve("t8")));
    }

    @Test
    void anotherSeedGivesOtherDraws() throws IOException {
        Cli.run("run", run.file("run.json"), "--out", directory.resolve("a"));
        Cli.run("run", run.file("run.json"), "--out", directory.resolve("b"), "--seed", 8);
        assertFalse(Arrays.equals(
                Files.readAllBytes(directory.resolve("a/posterior.csv")),
                Files.readAllBytes(directory.resolve("b/posterior.csv"))));
    }

    @Test
    void aRunStoppedByItsLimitSaysSoAndIsNotUsable() throws IOException {
        run.edit("run.json", "\"seed\"", "\"limit\": { \"minutes\": 1e-9 }, \"seed\"");
        Path out = directory.resolve("limited");
        Cli cli = Cli.run("run", run.file("run.json"), "--out", out);
        assertTrue(cli.out().contains("stopped early: the limit of"), cli.out());
        assertFalse(Files.readString(out.resolve("diagnosis.txt")).startsWith("OK"));
    }

    @Test
    void theTableHasUnitsAndTheResultItsFigures() throws IOException {
        Path out = directory.resolve("result");
        Cli cli = Cli.run("run", run.file("run.json"), "--out", out);
        assertTrue(cli.out().contains("logZ"), cli.out());
        for (String figure : List.of("corner.svg", "prediction-x.svg", "run.svg")) {
            assertTrue(cli.out().contains("figure " + out.resolve(figure)), cli.out());
            assertTrue(Files.readString(out.resolve(figure)).contains("</svg>"));
        }
        Cli summary = Cli.run("summary", out);
        assertEquals(0, summary.exit());
        assertTrue(summary.out().contains("mu"), summary.out());
        assertTrue(summary.out().contains("insertion ranks"), summary.out());
    }

    @Test
    void planNamesTheEngineAndItsReason() {
        Cli cli = Cli.run("plan", run.file("run.json"));
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("engine    nested for evidence, posterior: asked for by name"), cli.out());
        assertTrue(cli.out().contains("mu             ~ uniform(low -10.0, high 10.0) [m]"), cli.out());
    }

    @Test
    void summaryOfNoResultIsBadInput() {
        Cli cli = Cli.run("summary", directory);
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("W005"), cli.err());
    }
}
