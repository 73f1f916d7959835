package org.unblend.cli.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.math.Parallel;

/** A small version of the case; seeds are fixed. */
class ItakuraSaitoCheckTest {
    @TempDir
    Path folder;

    @Test
    void gammaNoiseDoesNotKnowTheScaleOfARow() throws IOException {
        Map<String, Measured> ours = new ItakuraSaitoCheck(60, 80, 2).compute(folder, folder, Parallel.SERIAL, s -> {});
        assertEquals(0, ours.get("mu scaled").value(), 1e-12);
        assertEquals(0, ours.get("mu objective").value(), 1e-12);
        assertTrue(ours.get("gamma scaled").value() > ours.get("normal scaled").value(), ours.toString());
        assertTrue(ours.get("gamma truth").value() > ours.get("normal truth").value(), ours.toString());
        // Standard error 0.02 on 4,389 degrees of freedom, and what the boundary adds; false alarms once in 10,000
        // seeds.
        assertEquals(1, ours.get("deviance").value(), 0.1);
        assertTrue(Files.readString(folder.resolve("profiles.svg")).contains("gamma rhythm"));
    }
}
