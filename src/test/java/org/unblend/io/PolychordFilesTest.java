package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.infer.Effort;
import org.unblend.infer.Quantity;
import org.unblend.infer.Samples;

class PolychordFilesTest {
    private static final Effort EFFORT = new Effort(1234, 12, 0, Optional.empty());

    @TempDir
    Path directory;

    /** ln Z from births and deaths alone, as anesthetic computes it: live counts by counting, plateaus point by point. */
    private static double logZ(double[][] rows) {
        int last = rows[0].length - 1;
        double[][] sorted = rows.clone();
        Arrays.sort(sorted, (a, b) -> Double.compare(a[last - 1], b[last - 1]));
        for (double[] row : sorted) {
            assertTrue(row[last - 1] > row[last], "a point that dies where it was born would be dropped");
            assertTrue(row[last - 1] > -1e30, "-1e30 and less means drawn from the prior");
        }
        double volume = 1;
        double z = 0;
        for (int i = 0; i < sorted.length; i++) {
            double death = sorted[i][last - 1];
            int live = 0;
            for (int j = i; j < sorted.length; j++) {
                live += sorted[j][last] < death ? 1 : 0;
            }
            double next = volume * live / (live + 1);
            z += Math.exp(death) * (volume - next);
            volume = next;
        }
        return Math.log(z);
    }

    private double[][] readAll() throws IOException {
        Path nested = directory.resolve("nested");
        return Stream.concat(
                        Arrays.stream(Rows.read(nested.resolve("run_dead-birth.txt"))),
                        Arrays.stream(Rows.read(nested.resolve("run_phys_live-birth.txt"))))
                .toArray(double[][]::new);
    }

    @Test
    void evidenceIsReadBackFromBirthsAndDeaths() throws IOException {
        ToyRun run = ToyRun.of(100, 1, 5);
        PolychordFiles.write(directory, run.draws(), run.evidence(), EFFORT);
        double[][] rows = readAll();
        assertEquals(run.draws().size(), rows.length);
        assertEquals(run.evidence().logZ(), logZ(rows), 1e-9);
        // Fixed seed; 4 of the claimed standard errors, false alarms 6e-5 over seeds.
        assertEquals(ToyRun.LOG_Z, logZ(rows), 4 * run.evidence().error());
        assertEquals(100, Rows.read(directory.resolve("nested/run_phys_live-birth.txt")).length);
    }

    @Test
    void pointsOfZeroLikelihoodKeepTheirPriorVolume() throws IOException {
        // A tenth of the square; the likelihood beyond x = 4 is negligible, so ln Z stays.
        ToyRun run = ToyRun.of(200, 2, 4);
        long zero = Arrays.stream(run.draws().samples().logLikelihood())
                .filter(v -> v == Double.NEGATIVE_INFINITY)
                .count();
        assertTrue(zero > 5);
        PolychordFiles.write(directory, run.draws(), run.evidence(), EFFORT);
        assertEquals(run.evidence().logZ(), logZ(readAll()), 1e-9);
    }

    @Test
    void numbersKeepAllDigits() throws IOException {
        ToyRun run = ToyRun.of(20, 3, 5);
        PolychordFiles.write(directory, run.draws(), run.evidence(), EFFORT);
        double[][] rows = readAll();
        for (int i = 0; i < rows.length; i++) {
            double[] expected = {
                run.draws().value(i, 0),
                run.draws().value(i, 1),
                run.draws().value(i, 2),
                run.draws().samples().logLikelihood()[i],
                run.draws().samples().path().orElseThrow().birth()[i]
            };
            assertArrayEquals(expected, rows[i], 0);
        }
    }

    @Test
    void namesAndRanges() throws IOException {
        ToyRun run = ToyRun.of(20, 3, 5);
        PolychordFiles.write(directory, run.draws(), run.evidence(), EFFORT);
        Path nested = directory.resolve("nested");
        assertEquals(
                List.of("x\tx", "y_1\ty_1", "radius*\t\\mathrm{radius}"),
                Files.readAllLines(nested.resolve("run.paramnames")));
        assertEquals(
                List.of("x -5.0 5.0", "y_1 -5.0 5.0", "radius 0.0 N"),
                Files.readAllLines(nested.resolve("run.ranges")));
        assertTrue(Files.readString(nested.resolve("run.stats")).contains("likelihood evaluations = 1234"));
    }

    @Test
    void drawsWithoutBirthsAreRefused() {
        Samples samples =
                new Samples(List.of("a"), new double[] {1}, new double[] {0}, new double[] {0}, Optional.empty());
        Draws draws = new Draws(samples, List.of(Quantity.of("a")), new double[] {0});
        assertThrows(
                IllegalArgumentException.class,
                () -> PolychordFiles.write(directory, draws, ToyRun.of(10, 1, 5).evidence(), EFFORT));
    }
}
