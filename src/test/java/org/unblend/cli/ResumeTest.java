package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process is killed goes on when it is started again, and ends with the same bits. */
@Timeout(120)
class ResumeTest {
    @TempDir
    Path directory;

    private SmallRun run;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        run = new SmallRun(directory).edit("run.json", "\"live\": 100", "\"live\": 3000");
        out = directory.resolve("killed");
    }

    private void kill() throws IOException, InterruptedException {
        KilledRun.kill(run.file("run.json"), out, 60_000);
    }

    @Test
    void endsWithTheSameBits() throws IOException, InterruptedException {
        kill();
        Cli resumed = Cli.run("run", run.file("run.json"), "--out", out);
        assertEquals(0, resumed.exit(), resumed.err());
        assertTrue(resumed.out().contains("resuming the interrupted run"), resumed.out());
        assertFalse(Files.exists(directory.resolve("killed.unfinished")));
        Path whole = directory.resolve("whole");
        Cli.run("run", run.file("run.json"), "--out", whole);
        for (String name : new String[] {"posterior.csv", "summary.txt", "nested/run_dead-birth.txt", "corner.svg"}) {
            assertArrayEquals(Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
        }
    }

    @Test
    void refusesToGoOnWithOtherData() throws IOException, InterruptedException {
        kill();
        run.edit("data.csv", "c,2.1", "c,2.2");
        Cli refused = Cli.run("run", run.file("run.json"), "--out", out);
        assertEquals(2, refused.exit());
        assertTrue(refused.err().contains("W003"), refused.err());
        assertTrue(refused.err().contains("--fresh"), refused.err());
        Cli fresh = Cli.run("run", run.file("run.json"), "--out", out, "--fresh");
        assertEquals(0, fresh.exit(), fresh.err());
        assertFalse(fresh.out().contains("resuming"), fresh.out());
    }
}
