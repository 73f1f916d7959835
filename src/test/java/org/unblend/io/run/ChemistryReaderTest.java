package org.unblend.io.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.density.CompiledModel;
import org.unblend.io.json.BadInput;
import org.unblend.math.RandomStream;

/** Chemistry in a model file: abundances become columns, columns feed the lines. */
class ChemistryReaderTest {
    private static final String MODEL = """
            { "format": "model/1", "name": "gas",
              "axes": { "line": ["CO(3-2)"], "molecule": ["CO", "HCO+"] },
              "nodes": [
                { "parameter": "av", "unit": "mag" },
                { "parameter": "n_h", "unit": "cm-3" },
                { "constant": "one_zeta", "value": 1, "unit": "1.3e-17/s" },
                { "constant": "one_chi", "value": 1, "unit": "Habing" },
                { "constant": "t", "value": 40, "unit": "K" },
                { "constant": "mz", "value": 1, "unit": "1" },
                { "constant": "dv", "value": 2, "unit": "km/s" },
                { "constant": "half", "value": 0.5, "unit": "1" },
                { "constant": "per_av", "value": 1.6e21, "unit": "cm-2/mag" },
                { "forward": "x", "model": "chemistry", "axis": "molecule", "phases": "static", "years": 1e6,
                  "inputs": { "av": "av", "n_h": "n_h", "zeta": "one_zeta", "chi": "one_chi", "tkin": "t", "mz": "mz" } },
                { "select": "x_of", "of": "x", "axis": "molecule", "labels": ["CO"] },
                { "sum": "x_CO", "of": "x_of", "over": "molecule" },
                { "function": "per_dv", "apply": "reciprocal", "of": "dv" },
                { "scale": "N_CO/dv", "of": ["x_CO", "av", "per_av", "per_dv"] },
                { "scale": "n_h2", "of": ["n_h", "half"] },
                { "forward": "I_graph", "model": "one-zone", "axis": "line",
                  "inputs": { "tkin": "t", "n_h2": "n_h2", "dv": "dv", "N_CO/dv": "N_CO/dv" } },
                { "forward": "I_gas", "model": "gas-lines", "axis": "line", "lines": "direct",
                  "chemistry": { "phases": "static", "years": 1e6 },
                  "inputs": { "av": "av", "n_h": "n_h", "zeta": "one_zeta", "chi": "one_chi", "tkin": "t", "mz": "mz",
                              "dv": "dv" } },
                { "constant": "sd", "value": 1, "unit": "K km/s" },
                { "observe": "I", "axes": ["line"], "unit": "K km/s", "normal": { "mean": "I_graph", "sd": "sd" } }
              ] }
            """;

    @TempDir
    Path directory;

    private CompiledModel load(String model) throws IOException {
        Files.writeString(directory.resolve("model.json"), model);
        Files.writeString(directory.resolve("I.csv"), "line,I\nCO(3-2),20\n");
        Files.writeString(directory.resolve("priors.json"), """
                { "format": "priors/1",
                  "priors": { "av": { "log_uniform": { "low": 3, "high": 30 }, "unit": "mag" },
                              "n_h": { "log_uniform": { "low": 1e4, "high": 1e5 }, "unit": "cm-3" } } }
                """);
        Path run = directory.resolve("run.json");
        Files.writeString(run, """
                { "format": "run/1", "model": "model.json", "priors": "priors.json",
                  "data": { "I": { "csv": "I.csv", "column": "I", "by": "line" } },
                  "want": ["posterior"], "seed": 1 }
                """);
        return RunLoader.load(run, Optional.empty()).model();
    }

    @Test
    void columnsFeedTheLines() throws IOException {
        CompiledModel model = load(MODEL);
        int rows = 3;
        double[] theta = model.priorDraws(rows, RandomStream.of(5).generator());
        double[] graph = model.values("I_graph", theta, rows);
        assertTrue(graph[0] > 1 && graph[0] < 1000, "I = " + graph[0]);
        assertArrayEquals(model.values("I_gas", theta, rows), graph, 1e-9 * graph[0]);
        double[] logL = new double[rows];
        assertEquals(0, model.logLikelihood(theta, logL, rows));
        assertEquals(-0.5 * Math.pow(graph[1] - 20, 2) - 0.5 * Math.log(2 * Math.PI), logL[1], 1e-9);
    }

    @Test
    void whatTheNetworkLacksIsTold() {
        BadInput missing = assertThrows(BadInput.class, () -> load(MODEL.replace("\"HCO+\"]", "\"Qq\"]")));
        assertTrue(missing.getMessage().contains("no species 'Qq'"), missing.getMessage());
        BadInput phases = assertThrows(
                BadInput.class,
                () -> load(
                        MODEL.replace("\"molecule\", \"phases\": \"static\"", "\"molecule\", \"phases\": \"statik\"")));
        assertTrue(phases.getMessage().contains("statik"), phases.getMessage());
        String with = "\"molecule\", \"elements\": { \"C\": 9 }, \"freezing\": \"maybe\",";
        BadInput both = assertThrows(
                BadInput.class, () -> load(MODEL.replace("\"molecule\", \"phases\"", with + " \"phases\"")));
        assertTrue(both.getMessage().contains("abundance of C is 9"), both.getMessage());
        assertTrue(both.getMessage().contains("freezing is 'maybe'"), both.getMessage());
    }

    @Test
    void elementsAndFreezingChangeWhatThereIs() throws IOException {
        double[] theta = {10, 1e5};
        double plain = load(MODEL).values("x_CO", theta, 1)[0];
        String poor =
                MODEL.replace("\"molecule\", \"phases\"", "\"molecule\", \"elements\": { \"C\": 1e-5 }, \"phases\"");
        assertEquals(1e-5, load(poor).values("x_CO", theta, 1)[0], 2e-6);
        String cold = MODEL.replace("\"value\": 40", "\"value\": 12")
                .replace("\"molecule\", \"phases\"", "\"molecule\", \"freezing\": \"on\", \"phases\"");
        assertTrue(load(cold).values("x_CO", theta, 1)[0] < 0.1 * plain);
        assertEquals(load(cold).fingerprint(), load(cold).fingerprint());
    }
}
