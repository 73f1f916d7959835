package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A run in a process of its own that is killed under way. */
final class KilledRun {
    private KilledRun() {}

    /**
     * Starts the run and kills it when its journal has grown to some size.
     *
     * @param out where its result would lie; what it leaves lies beside it
     * @param bytes size of the journal
     */
    static void kill(Path run, Path out, long bytes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.unblend.cli.Main",
                        "run",
                        run.toString(),
                        "--out",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.resolveSibling(out.getFileName() + ".txt").toFile())
                .start();
        Path journal = out.resolveSibling(out.getFileName() + ".unfinished").resolve("journal.bin");
        while (process.isAlive() && !(Files.exists(journal) && Files.size(journal) > bytes)) {
            Thread.sleep(1);
        }
        process.destroyForcibly();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertFalse(Files.exists(out), "the run ended before it could be killed");
        assertTrue(Files.exists(journal));
    }
}
