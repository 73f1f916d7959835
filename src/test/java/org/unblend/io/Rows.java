package org.unblend.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads files of numbers between white space as numpy does: no header, {@code inf} and {@code nan} in lower case. */
final class Rows {

    private Rows() {}

    static double[][] read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .map(line ->
                        Arrays.stream(line.split(" ")).mapToDouble(Rows::number).toArray())
                .toArray(double[][]::new);
    }

    static double number(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> {
                if (!text.matches("-?[0-9]+\\.[0-9]+(E-?[0-9]+)?")) {
                    throw new AssertionError("not a number for numpy: '" + text + "'");
                }
                yield Double.parseDouble(text);
            }
        };
    }
}
