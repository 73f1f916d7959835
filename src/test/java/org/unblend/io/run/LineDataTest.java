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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.io.json.BadInput;

class LineDataTest {
    @TempDir
    Path directory;

    private double[] data(String how, String unit, String labels, String rows) throws IOException {
        Files.writeString(directory.resolve("model.json"), """
                { "format": "model/1", "name": "m", "axes": { "line": [%s] }, "nodes": [
                  { "parameter": "mu", "unit": "K km/s" },
                  { "observe": "I", "axes": ["line"], "unit": "%s", "normal": { "mean": "mu", "sd": 1 } } ] }
                """.formatted(labels, unit));
        Files.writeString(
                directory.resolve("priors.json"),
                "{ \"format\": \"priors/1\", \"priors\": { \"mu\": { \"uniform\": { \"low\": 0, \"high\": 9 } } } }");
        Files.writeString(directory.resolve("data.csv"), "line,I\n" + rows);
        Files.writeString(directory.resolve("run.json"), """
                { "format": "run/1", "model": "model.json", "priors": "priors.json", "want": ["posterior"],
                  "data": { "I": { "csv": "data.csv", "column": "I", "by": "line"%s } } }
                """.formatted(how));
        return RunLoader.load(directory.resolve("run.json"), Optional.empty())
                .model()
                .graph()
                .observations()
                .get(0)
                .data();
    }

    private static final String TWO = "\"CO(3-2)\", \"HCO+(4-3)\"";

    @Test
    void columnsBecomeKelvin() throws IOException {
        double[] kelvin =
                data(", \"unit\": \"Jy/beam km/s\", \"beam\": [0.5, 0.4]", "K km/s", TWO, "CO(3-2),1\nHCO+(4-3),2\n");
        // 1.222e6 / (nu^2 a b)
        double[] rule = {1.222e6 / (345.79599 * 345.79599 * 0.2), 2 * 1.222e6 / (356.73424 * 356.73424 * 0.2)};
        assertArrayEquals(rule, kelvin, 3e-4 * rule[1]);
        assertEquals(
                1.5 * kelvin[0],
                data(
                        ", \"unit\": \"K km/s\", \"redshift\": 0.5",
                        "K km/s",
                        "\"CO(3-2)\"",
                        "CO(3-2)," + kelvin[0] + "\n")[0],
                1e-12);
        double[] plain = data("", "K km/s", TWO, "CO(3-2),1\nHCO+(4-3),2\n");
        assertArrayEquals(new double[] {1, 2}, plain);
    }

    @Test
    void linesAreMatchedInAnySpelling() throws IOException {
        double[] values = data("", "K km/s", TWO, "hco+ 4-3,2\nCO (J=3-2),1\n");
        assertArrayEquals(new double[] {1, 2}, values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", \"unit\": \"Jy\", \"beam\": 1 | K km/s | R008 | no unit of lines is called 'Jy'",
                ", \"unit\": \"Jy km/s\" | K km/s | R008 | needs a beam",
                ", \"unit\": \"Jy km/s\", \"beam\": [1, -1] | K km/s | R008 | above 0 arcsec",
                ", \"unit\": \"Jy km/s\", \"beam\": [1, 1, 1] | K km/s | R008 | one or two widths",
                ", \"unit\": \"Jy km/s\", \"beam\": [] | K km/s | R008 | one or two widths",
                ", \"beam\": 1 | K km/s | R008 | without a unit",
                ", \"unit\": \"K km/s\", \"redshift\": -1 | K km/s | R008 | redshift of -1.0",
                ", \"unit\": \"Jy km/s\", \"beam\": \"1\" | K km/s | J005 | finite number",
                ", \"unit\": \"Jy km/s\", \"beam\": 1 | W | R009 | the unit 'W' in the model"
            })
    void mistakesAreTold(String how, String unit, String code, String reason) {
        refused(how, unit, TWO, "CO(3-2),1\nHCO+(4-3),2\n", code, reason);
    }

    @Test
    void labelsWithoutAFrequencyAreTold() {
        String jansky = ", \"unit\": \"Jy km/s\", \"beam\": 1";
        refused(jansky, "K km/s", "\"blue\"", "blue,1\n", "R009", "no name of a line");
        refused(jansky, "K km/s", "\"CO(30-29)\"", "CO(30-29),1\n", "R009", "has no line 30-29");
        refused(jansky, "K km/s", "\"H2O(1-0)\"", "H2O(1-0),1\n", "R009", "no molecule 'H2O'");
        refused("", "K km/s", TWO, "CO(3-2),1\nHCO+(5-4),2\n", "D003", "no label 'HCO+(5-4)'");
        refused("", "K km/s", TWO, "CO(3-2),1\nCO 3-2,1\nHCO+(4-3),2\n", "D005", "two rows");
    }

    private void refused(String how, String unit, String labels, String rows, String code, String reason) {
        BadInput e = assertThrows(BadInput.class, () -> data(how, unit, labels, rows));
        assertTrue(e.getMessage().contains(code) && e.getMessage().contains(reason), e.getMessage());
    }
}
