package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
        Cli cli =
                Cli.run("bench", "--scale", 0.01, "--repeats", 1, "--python", "none", "--onnx", "none", "--out", file);
        assertEquals(0, cli.exit(), cli.err());
        String report = Files.readString(file);
        for (String name : Bench.names()) {
            String row = switch (name) {
                case "scaling" -> "| HALS | ";
                case "threads" -> "| two threads | ";
                case "gibbs" -> "| Normal, 40 x 40, rank 20 | ";
                case "inference" -> "| 1000 | ";
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

    /** The sides compare their outputs themselves, and fail where they differ. */
    @Test
    void deeplearning4jAndOnnxRuntimeEvaluateTheSameNetwork() {
        assumeTrue(
                System.getProperty("java.class.path").contains("deeplearning4j-nn"),
                "the tests were started without a class path that processes could inherit");
        Cli cli = Cli.run("bench", "inference", "--scale", 0.01, "--repeats", 1);
        assertEquals(0, cli.exit(), cli.err());
        assertFalse(cli.out().contains("not found"), cli.out());
        assertTrue(cli.out().contains("| likelihood of runs/ngc1068.json"), cli.out());
    }

    @Test
    void missingOnnxRuntimeIsRefused() {
        Cli cli = Cli.run("bench", "inference", "--onnx", "no-such.jar");
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("--onnx: there is no file no-such.jar"), cli.err());
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
