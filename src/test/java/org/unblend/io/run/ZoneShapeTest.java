package org.unblend.io.run;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.json.BadInput;

/** The shape of the zone in a model file. */
class ZoneShapeTest {
    @TempDir
    Path directory;

    /** The run of NGC 1068 with another shape of the gas. */
    private LoadedRun load(String geometry) throws IOException {
        for (String folder : new String[] {"models", "priors", "runs/data"}) {
            Files.createDirectories(directory.resolve(folder));
        }
        String model = Files.readString(Path.of("models/one-phase-lines.json"))
                .replace("\"background\": 2.73", "\"background\": 2.73, \"geometry\": \"" + geometry + "\"");
        Files.writeString(directory.resolve("models/one-phase-lines.json"), model);
        for (String file :
                new String[] {"priors/ngc1068.json", "runs/ngc1068-lines.json", "runs/data/ngc1068-east-knot.csv"}) {
            Files.write(directory.resolve(file), Files.readAllBytes(Path.of(file)));
        }
        return RunLoader.load(directory.resolve("runs/ngc1068-lines.json"), Optional.empty());
    }

    @Test
    void changesTheModel() throws IOException {
        LoadedRun slab = load("slab");
        LoadedRun sphere = load("sphere");
        assertNotEquals(slab.model().fingerprint(), sphere.model().fingerprint());
        double[] theta = {100, 1e5, 50, 1e18, 1e15, 1e13, 1e13, 0.5};
        double[] a = slab.model().values("I_source", theta, 1);
        double[] b = sphere.model().values("I_source", theta, 1);
        for (int i = 0; i < a.length; i++) {
            assertTrue(a[i] > 0 && Math.abs(a[i] / b[i] - 1) > 1e-3, a[i] + " " + b[i]);
        }
    }

    @Test
    void anUnknownShapeIsRefused() {
        BadInput e = assertThrows(BadInput.class, () -> load("slap"));
        assertTrue(e.getMessage().contains("R014"), e::getMessage);
        assertTrue(e.getMessage().contains("did you mean 'slab'?"), e::getMessage);
    }
}
