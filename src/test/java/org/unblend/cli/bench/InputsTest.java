package org.unblend.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;
import org.unblend.math.Sparse;

/** Seeds are fixed, so no test here can fail by chance. */
class InputsTest {

    @Test
    void countsHaveTheMeanOfTheirProduct() {
        // The mean of a product of independent exponentials of mean 1 is the rank; its error here is about 0.4.
        Dense x = Inputs.dense(200, 200, 20).x().dense();
        double sum = Arrays.stream(x.array()).flatMapToDouble(Arrays::stream).sum();
        assertEquals(20, sum / 40000, 2);
    }

    @Test
    void sparseCountsFillAboutAHundredth() {
        Sparse x = (Sparse) Inputs.sparse(800, 400, 20).x();
        assertEquals(0.0104, x.entries() / 320000.0, 0.0015);
    }

    @Test
    void quasarsMissThreeFifthsAndAreNegativeInAnEighth() {
        Input input = Inputs.quasars(1000, 200, 5);
        int seen = 0;
        int negative = 0;
        for (int i = 0; i < 1000; i++) {
            for (int j = 0; j < 200; j++) {
                boolean observed = input.weights().orElseThrow().get(i, j) > 0;
                assertEquals(observed, input.x().dense().get(i, j) != 0);
                seen += observed ? 1 : 0;
                negative += input.x().dense().get(i, j) < 0 ? 1 : 0;
            }
        }
        assertEquals(0.389, seen / 200000.0, 1e-3);
        assertEquals(0.131, negative / (double) seen, 0.03);
    }

    @Test
    void lineMapsAreScaledAndNotNegative() {
        Input input = Inputs.lineMaps(50, 2);
        for (double[] row : input.x().dense().array()) {
            // Noise at zero, cut off, has a mean of 0.004.
            assertEquals(1, Arrays.stream(row).average().orElseThrow(), 0.005);
            assertTrue(Arrays.stream(row).min().orElseThrow() >= 0);
        }
        assertEquals(2, input.starts().size());
    }

    @Test
    void npyFilesReadBack(@TempDir Path folder) throws IOException {
        Input input = Inputs.lineMaps(5, 2);
        input.write(folder);
        assertEquals(
                input.x(), MatrixReader.read(folder.resolve("X.npy"), false).values());
        Dense w = MatrixReader.read(folder.resolve("W0.npy"), false).values().dense();
        assertEquals(20, w.rows());
        assertEquals(input.starts().get(1).w().get(0, 2), w.get(10, 2));
    }
}
