package org.unblend.nmf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.unblend.math.Dense;

/** Reads reference matrices; a test that asks for one that is absent is skipped. */
record Golden(String folder) {

    Dense matrix(String name) {
        Path file = Path.of(System.getProperty("unblend.data", "../shared/data"), folder, name + ".csv.gz");
        Assumptions.assumeTrue(Files.exists(file), "reference data are absent: " + file);
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            return Dense.of(in.lines()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The largest difference of entries over the largest entry. */
    static double distance(Dense expected, Dense actual) {
        double worst = 0;
        double size = 0;
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                worst = Math.max(worst, Math.abs(expected.get(i, j) - actual.get(i, j)));
                size = Math.max(size, Math.abs(expected.get(i, j)));
            }
        }
        return worst / size;
    }
}
