package org.unblend.cli.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.math.Parallel;

/** A small version of the case; seeds are fixed. */
class NegativeDataCheckTest {
    private static final NegativeDataCheck SMALL = new NegativeDataCheck(40, 100, 2, 150);

    @TempDir
    Path folder;

    @Test
    void clippingLeavesAnOffsetAndTheOthersDoNot() throws IOException {
        Map<String, Measured> ours = SMALL.compute(folder, folder, Parallel.SERIAL, s -> {});
        // 1.22 in the limit of many exposures.
        assertEquals(1.22, ours.get("clipped offset").value(), 0.25);
        for (String method : new String[] {"nearly", "weighted-cd"}) {
            // A hundred exposures leave half of a noise of 0.31 on empty sky: 0.12, and something for the second
            // template.
            assertTrue(ours.get(method + " offset").value() < 0.3, method);
        }
        assertTrue(ours.get("weighted-cd iterations").value()
                < ours.get("shift iterations").value());
        assertTrue(Files.readString(folder.resolve("reconstruction.svg")).contains("weighted-cd"));
        assertTrue(Files.exists(folder.resolve("convergence.svg")));
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        Map<String, Measured> one = SMALL.compute(folder, folder, Parallel.SERIAL, s -> {});
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            assertEquals(one, SMALL.compute(folder, folder, new Parallel(executor), s -> {}));
        } finally {
            executor.shutdownNow();
        }
    }
}
