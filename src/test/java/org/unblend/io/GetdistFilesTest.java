package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.infer.Quantity;
import org.unblend.infer.Samples;

class GetdistFilesTest {

    @TempDir
    Path directory;

    @Test
    void weightsAndMinusLogPosterior() throws IOException {
        ToyRun run = ToyRun.of(100, 4, 4);
        assertEquals(0, GetdistFiles.write(directory, run.draws(), "a\nb"));
        double[][] rows = Rows.read(directory.resolve("chains/run.txt"));
        double total = 0;
        double mean = 0;
        double square = 0;
        double largest = 0;
        for (double[] row : rows) {
            assertEquals(5, row.length);
            assertTrue(row[0] > 0);
            // -ln of likelihood times prior: flat prior density of 1/100.
            assertEquals((row[2] * row[2] + row[3] * row[3]) / 2 + Math.log(2 * Math.PI) - ToyRun.LOG_Z, row[1], 1e-12);
            assertEquals(Math.hypot(row[2], row[3]), row[4], 1e-12);
            total += row[0];
            mean += row[0] * row[2];
            square += row[0] * row[2] * row[2];
            largest = Math.max(largest, row[0]);
        }
        assertEquals(1, largest);
        // Fixed seed, about 350 effective draws: 4 standard errors, false alarms 6e-5 each.
        assertEquals(0, mean / total, 0.22);
        assertEquals(1, square / total, 0.31);
        assertEquals(
                List.of("sampler=nested", "burn_removed=T", "label=a b"),
                Files.readAllLines(directory.resolve("chains/run.properties.ini")));
    }

    @Test
    void chainsOfAnEarlierRunAreRemoved() throws IOException {
        Path chains = Files.createDirectories(directory.resolve("chains"));
        Files.writeString(chains.resolve("run_1.txt"), "1 1 1\n");
        Files.writeString(chains.resolve("other_1.txt"), "1 1 1\n");
        GetdistFiles.write(directory, ToyRun.of(10, 4, 5).draws(), "");
        assertFalse(Files.exists(chains.resolve("run_1.txt")));
        assertTrue(Files.exists(chains.resolve("other_1.txt")));
    }

    @Test
    void drawsThatAreNotFiniteAreCountedAndLeftOut() throws IOException {
        Draws draws = draws(
                new double[] {1, Double.NaN, 3, Double.POSITIVE_INFINITY, 5}, 0, 0, 0, 0, Double.NEGATIVE_INFINITY);
        assertEquals(2, GetdistFiles.write(directory, draws, ""));
        double[][] rows = Rows.read(directory.resolve("chains/run.txt"));
        assertEquals(
                "[1.0, 3.0]",
                Arrays.toString(Arrays.stream(rows).mapToDouble(r -> r[2]).toArray()));
        Draws none = draws(new double[] {Double.NaN}, 0);
        assertThrows(IllegalArgumentException.class, () -> GetdistFiles.write(directory, none, ""));
    }

    @Test
    void namesAreCleanedAndStayDistinct() throws IOException {
        Samples samples = new Samples(
                List.of("a b", "a_b", "W[AGN,c0]", "$T*"),
                new double[4],
                new double[1],
                new double[1],
                Optional.empty());
        Draws draws =
                new Draws(samples, samples.names().stream().map(Quantity::of).toList(), new double[1]);
        GetdistFiles.write(directory, draws, "");
        List<String> names = Files.readAllLines(directory.resolve("chains/run.paramnames")).stream()
                .map(l -> l.split("\t")[0])
                .toList();
        assertEquals(List.of("a_b", "a_b_2", "W[AGN,c0]", "T"), names);
        assertFalse(Files.readString(directory.resolve("chains/run.paramnames")).contains("$"));
    }

    static Draws draws(double[] values, double... logWeight) {
        Samples samples = new Samples(List.of("a"), values, new double[values.length], logWeight, Optional.empty());
        return new Draws(samples, List.of(Quantity.of("a")), new double[values.length]);
    }
}
