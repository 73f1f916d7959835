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
import org.unblend.nmf.StopRule;
import org.unblend.nmf.rank.RankSettings;
import org.unblend.simulate.NeuralAssemblies;

/** A small version of the case; seeds are fixed. */
class AssembliesCheckTest {
    @TempDir
    Path folder;

    @Test
    void threeAssembliesAreFound() throws IOException {
        AssembliesCheck check = new AssembliesCheck(
                new NeuralAssemblies.Recording(30, 160, 3, 0.1, 0.2, 5, 2),
                new RankSettings(1, 5, 4, 1, 4, 0.8, true, new StopRule(200, 1e-6, 1e-3, 10)),
                2);
        Map<String, Measured> ours = check.compute(folder, folder, Parallel.SERIAL, s -> {});
        assertEquals(3, ours.get("entries").value());
        // Few neurons and bins: an extra component can come back too.
        assertTrue(ours.get("stable").value() >= 3, ours.toString());
        assertTrue(ours.get("left").value() > 0 && ours.get("right").value() > 0, ours.toString());
        // A mixture of two in equal parts would give at most 0.8.
        assertTrue(ours.get("cosine").value() > 0.95, ours.toString());
        assertTrue(Files.readString(folder.resolve("ranks.svg")).contains("silhouette"));
    }
}
