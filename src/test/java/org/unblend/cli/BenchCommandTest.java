package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.cli.bench.Bench;

class BenchCommandTest {

    @Test
    void everyCaseRunsSmallWithoutPeer(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bench.md");
        Cli cli = Cli.run("bench", "--scale", 0.01, "--repeats", 1, "--python", "none", "--out", file);
        assertEquals(0, cli.exit(), cli.err());
        String report = Files.readString(file);
        for (String name : Bench.names()) {
            String row = switch (name) {
                case "scaling" -> "| HALS | ";
                case "threads" -> "| two threads | ";
                case "gibbs" -> "| Normal, 40 x 40, rank 20 | ";
                case "nested" -> "| direct draws | gauss10 | ";
                case "memory" -> "| weighted | weighted-cd | ";
                default -> "| " + name + " | ";
            };
            assertTrue(report.contains(row), row);
        }
        for (String port : List.of("our cd-sklearn", "our mu", "our nearly-nmf")) {
            assertTrue(report.contains(port), report);
        }
        assertTrue(cli.out().contains("| weighted | "), cli.out());
    }

    @Test
    void unknownCaseIsNamedWithTheNearest() {
        Cli cli = Cli.run("bench", "kl-dens");
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("did you mean 'kl-dense'?"), cli.err());
    }

    @Test
    void repeatsAndScaleAreChecked() {
        assertTrue(Cli.run("bench", "--repeats", 0).err().contains("--repeats must be at least 1, got 0"));
        assertTrue(Cli.run("bench", "--scale", 2).err().contains("--scale must be above 0 and at most 1, got 2.0"));
    }
}
