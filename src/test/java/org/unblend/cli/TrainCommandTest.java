package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    Path directory;

    private Path file;
    private Path out;

    /** A quick training of three lines. */
    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("train.json");
        out = directory.resolve("lines-co.json");
        Files.writeString(file, """
                {
                  "format": "train/1", "name": "lines-co",
                  "source": { "model": "one-zone-brightness", "molecule": "CO", "lines": 3 },
                  "inputs": [
                    { "name": "tkin", "unit": "K", "low": 5, "high": 300, "scale": "log", "extrapolated_below": 10 },
                    { "name": "n_h2", "unit": "cm-3", "low": 1e3, "high": 1e8, "scale": "log" },
                    { "name": "N/dv", "unit": "cm-2/(km/s)", "low": 1e13, "high": 1e20, "scale": "log" } ],
                  "outputs": { "scale": "asinh", "floor": 0.03, "significant": 0.1 },
                  "points": { "design": "sobol", "training": 1500, "validation": 0.1, "test": 300 },
                  "network": { "hidden": [24, 24], "activation": "silu", "outputs": "shared", "error": [6] },
                  "training": { "backend": "plain", "loss": "squared", "epochs": 40, "batch": 64, "rate": 1e-2 },
                  "seed": 3, "out": "lines-co.json"
                }
                """);
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(from), from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void trainsAndEmulates() throws IOException {
        Cli train = Cli.run("train", file, "--threads", 2);
        assertEquals(0, train.exit(), train.err());
        assertTrue(train.out().contains("CO(3-2)"), train.out());
        assertFalse(Files.exists(directory.resolve("lines-co.json.unfinished")));
        Path grid = directory.resolve("grid.csv");
        Path answer = directory.resolve("answer.csv");
        Files.writeString(grid, "name,tkin,n_h2,N/dv\na,50,1e5,1e19\nb,7,1e5,1e17\nc,299,1e5,1e17\nd,50,1e9,1e17\n");
        Cli refused = Cli.run("emulate", out, "--grid", grid, "--out", answer);
        assertAll(
                () -> assertEquals(2, refused.exit()),
                () -> assertTrue(refused.err().contains("grid.csv:5:1   column n_h2"), refused.err()),
                () -> assertTrue(refused.err().contains("outside the domain"), refused.err()),
                () -> assertFalse(Files.exists(answer)));
        Cli fine = Cli.run("emulate", out, "--grid", grid, "--out", answer, "--outside", "blank");
        assertEquals(0, fine.exit(), fine.err());
        List<String> rows = Files.readAllLines(answer);
        assertEquals(
                "name,tkin,n_h2,N/dv,CO(1-0),CO(1-0)_sd,CO(2-1),CO(2-1)_sd,CO(3-2),CO(3-2)_sd,status", rows.get(0));
        assertTrue(rows.get(1).startsWith("a,50,1e5,1e19,") && rows.get(1).endsWith(",ok"), rows.get(1));
        assertTrue(rows.get(2).endsWith(",extrapolated"), rows.get(2));
        assertTrue(rows.get(3).endsWith(",edge"), rows.get(3));
        assertEquals("d,50,1e9,1e17,,,,,,,outside", rows.get(4));
        // Thermalised and thick: T_R of CO(1-0) is near 50 - 3 K, even from so short a training.
        assertEquals(47, Double.parseDouble(rows.get(1).split(",")[4]), 12);
    }

    @Test
    void exportsForOtherPrograms() throws IOException {
        edit("\"epochs\": 40", "\"epochs\": 2");
        assertEquals(0, Cli.run("train", file).exit());
        for (String name : List.of("co.onnx", "co.zip", "arrays")) {
            Cli cli = Cli.run("emulate", out, "--export", directory.resolve(name));
            assertEquals(0, cli.exit(), cli.err());
            assertTrue(Files.exists(directory.resolve(name)));
        }
        assertTrue(Files.exists(directory.resolve("arrays/network0_W0.npy")));
        Cli neither = Cli.run("emulate", out);
        assertEquals(2, neither.exit());
    }

    @Test
    void trainsByDeeplearning4j() throws IOException {
        edit("\"plain\"", "\"dl4j\"");
        edit("\"epochs\": 40", "\"epochs\": 3");
        Cli cli = Cli.run("train", file);
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(Files.readString(out).contains("learner dl4j"));
    }

    @Test
    void crossValidates() {
        Cli cli = Cli.run("train", file, "--folds", 2);
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("fold 2"), cli.out());
        assertFalse(Files.exists(out));
    }

    @Test
    void drawsALearningCurve() throws IOException {
        edit("\"epochs\": 40", "\"epochs\": 4");
        Path svg = directory.resolve("curve.svg");
        Cli cli = Cli.run("train", file, "--curve", svg);
        assertEquals(0, cli.exit(), cli.err());
        // 1500 points and four halvings.
        assertTrue(cli.out().contains("        93 ") && cli.out().contains("      1500 "), cli.out());
        assertTrue(Files.readString(svg).contains("learning curve of lines-co"));
        assertFalse(Files.exists(out));
    }

    @Test
    void theRecordedKeyGuardsWhatIsResumed() throws IOException {
        // A training of another recipe left something behind; it is not taken up.
        Path kept = directory.resolve("lines-co.json.unfinished");
        Files.createDirectories(kept);
        Files.writeString(kept.resolve("key.txt"), "another");
        Files.write(kept.resolve("train-0.bin"), new byte[80]);
        Cli cli = Cli.run("train", file);
        assertEquals(0, cli.exit(), cli.err());
        assertFalse(cli.out().contains("resuming"), cli.out());
    }

    private void refused(String from, String to, String code, String reason) throws IOException {
        String before = Files.readString(file);
        edit(from, to);
        Cli cli = Cli.run("train", file);
        assertAll(
                () -> assertEquals(2, cli.exit(), cli.err()),
                () -> assertTrue(cli.err().contains("error[" + code + "]"), cli.err()),
                () -> assertTrue(cli.err().contains(reason), cli.err()),
                () -> assertFalse(Files.exists(out)));
        Files.writeString(file, before);
    }

    @Test
    void mistakesAreNamed() throws IOException {
        refused("\"CO\"", "\"XY\"", "E012", "no molecule 'XY'");
        refused("one-zone-brightness", "two-zone", "E011", "'two-zone'");
        refused("\"sobol\"", "\"sobel\"", "E008", "'sobel'");
        refused("\"low\": 5,", "\"low\": 500,", "E007", "interval of 'tkin'");
        refused("\"high\": 300,", "\"high\": 3000,", "E020", "valid on");
        refused("\"name\": \"n_h2\"", "\"name\": \"nh2\"", "E020", "nh2");
        refused("\"epochs\": 40", "\"epochs\": 0", "E010", "epochs must be 1 or more");
        refused("\"training\": 1500", "\"training\": 15", "E010", "'rows' must be 20 or more");
        refused("\"training\": 1500", "\"training\": 15.5", "E009", "whole number");
        refused("\"plain\"", "\"torch\"", "E021", "no backend is called 'torch'");
        refused("\"seed\": 3", "\"sead\": 3", "J003", "did you mean");
        refused("\"rate\": 1e-2", "\"rate\": 2", "E010", "rate must be above 0");
        refused("\"hidden\": [24, 24]", "\"hidden\": []", "E010", "at least one layer");
    }
}
