package org.unblend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.unblend.math.Dense;
import org.unblend.radiative.ReferenceData;

/** Matrices of the reference data: compressed CSV without header. */
public final class ReferenceMatrix {
    private ReferenceMatrix() {}

    /** Reads a matrix; the test is skipped where it is absent. */
    public static Dense read(String name) {
        Path file = ReferenceData.path(name);
        try (InputStream raw = Files.newInputStream(file);
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(raw), StandardCharsets.US_ASCII))) {
            return Dense.of(in.lines()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
