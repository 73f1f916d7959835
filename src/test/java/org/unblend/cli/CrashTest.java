package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Real processes that die at random moments: {@code kill -9} while they start, sample, resume or write their results, and
 * a disk that is full. The result of the last process is that of a run that was left alone, bit for bit.
 */
@Timeout(600)
class CrashTest {
    private static final String[] FILES = {
        "posterior.csv", "summary.txt", "diagnosis.txt", "nested/run_dead-birth.txt", "corner.svg"
    };

    @TempDir
    Path directory;

    private SmallRun run;

    @BeforeEach
    void write() throws IOException {
        run = new SmallRun(directory).edit("run.json", "\"live\": 100", "\"live\": 800");
    }

    @Test
    void twoKillsAtRandomMomentsChangeNothing() throws IOException, InterruptedException {
        killed(2, 17);
    }

    @Tag("slow")
    @Test
    void thirtyKillsAtRandomMomentsChangeNothing() throws IOException, InterruptedException {
        run.edit("run.json", "\"live\": 800", "\"live\": 3000");
        killed(30, 18);
    }

    /** Kills a run again and again; one that comes to its end first is checked and begun anew. */
    private void killed(int kills, int seed) throws IOException, InterruptedException {
        Path whole = directory.resolve("whole");
        long start = System.nanoTime();
        assertEquals(0, start(whole, "").waitFor());
        long whileAlone = System.nanoTime() - start;
        RandomSource random = RandomStream.of(seed).generator();
        int done = 0;
        int begun = 0;
        Path out = directory.resolve("out0");
        while (done < kills) {
            Process process = start(out, "");
            boolean ended = process.waitFor((long) (random.nextOpen() * 1.1 * whileAlone), TimeUnit.NANOSECONDS);
            if (ended) {
                assertSame(whole, out);
                out = directory.resolve("out" + ++begun);
            } else {
                process.destroyForcibly();
                assertTrue(process.waitFor(20, TimeUnit.SECONDS));
                done++;
                // Either nothing stands under the final name, or all of it.
                assertTrue(!Files.exists(out) || Files.exists(out.resolve("result.json")), out.toString());
            }
        }
        if (!Files.exists(out)) {
            assertEquals(0, start(out, "").waitFor());
        }
        assertSame(whole, out);
    }

    /** The shell's limit on the size of a file stands for the full disk: a write beyond it fails. */
    @Test
    void aFullDiskIsToldAndTheRunGoesOnWhenThereIsRoom() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash to limit the size of files");
        Path out = directory.resolve("full");
        Process process = start(out, "ulimit -f 40; ");
        assertNotEquals(0, process.waitFor());
        String said = Files.readString(directory.resolve("said.txt"));
        assertTrue(said.contains("cannot write the journal") && said.contains("free some space"), said);
        assertFalse(Files.exists(out));
        assertEquals(0, start(out, "").waitFor());
        assertTrue(Files.readString(directory.resolve("said.txt")).contains("resuming the interrupted run"));
        Path whole = directory.resolve("whole");
        assertEquals(0, start(whole, "").waitFor());
        assertSame(whole, out);
    }

    private Process start(Path out, String before) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "org.unblend.cli.Main",
                "run",
                run.file("run.json").toString(),
                "--out",
                out.toString()));
        if (!before.isEmpty()) {
            command.addAll(0, List.of("/bin/bash", "-c", before + "exec \"$@\"", "bash"));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said.txt").toFile())
                .start();
    }

    private static void assertSame(Path whole, Path out) throws IOException {
        for (String name : FILES) {
            assertArrayEquals(Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
        }
    }
}
