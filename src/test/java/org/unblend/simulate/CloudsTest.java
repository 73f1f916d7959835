package org.unblend.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.RandomStream;

/** The data of {@code runs/clouds.json} are what their simulation gives. */
class CloudsTest {
    private static final int SIDE = 10;
    private static final List<String> LINES =
            List.of("CO(1-0)", "CO(2-1)", "CO(3-2)", "CO(4-3)", "HCN(1-0)", "HCN(4-3)", "CS(2-1)", "CS(7-6)");
    private static final List<String> CLOUDS = List.of("warm", "hot", "dense");
    private static final Dense PROFILES = Dense.of(new double[][] {
        {40, 24, 16}, {48, 48, 36}, {36, 56, 52}, {16, 40, 48}, {5, 6, 14}, {1, 3, 18}, {6, 9, 16}, {1, 2, 20}
    });
    private static final LineMaps.Observation OBSERVATION = new LineMaps.Observation(
            SIDE,
            List.of(new LineMaps.Patch(3, 3, 2), new LineMaps.Patch(6.5, 5.5, 1.3), new LineMaps.Patch(4, 8, 1)),
            0.8,
            8);

    private static void same(
            String file, String corner, List<String> columns, List<String> rows, IntFunction<String> row)
            throws IOException {
        StringBuilder text = new StringBuilder(corner + "," + String.join(",", columns) + "\n");
        for (int i = 0; i < rows.size(); i++) {
            text.append(rows.get(i)).append(',').append(row.apply(i)).append('\n');
        }
        assertEquals(text.toString(), Files.readString(Path.of("runs/data", file)), file);
    }

    private static String numbers(String format, double[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(j -> String.format(Locale.ROOT, format, values[j]))
                .collect(Collectors.joining(","));
    }

    @Test
    void theFilesAreTheSimulation() throws IOException {
        LineMaps maps = LineMaps.simulate(OBSERVATION, PROFILES, RandomStream.of(1));
        List<String> pixels = IntStream.range(0, SIDE * SIDE)
                .mapToObj(p -> "x" + p % SIDE + "_y" + p / SIDE)
                .toList();
        same(
                "clouds.csv",
                "line",
                pixels,
                LINES,
                i -> numbers("%.3f", maps.maps().row(i)));
        same("clouds-sd.csv", "line", pixels, LINES, i -> {
            double[] all = new double[pixels.size()];
            Arrays.fill(all, maps.sd()[i]);
            return numbers("%.4g", all);
        });
        same(
                "clouds-W.csv",
                "line",
                CLOUDS,
                LINES,
                i -> numbers("%.1f", maps.w().row(i)));
        same(
                "clouds-H.csv",
                "component",
                pixels,
                CLOUDS,
                k -> numbers("%.5g", maps.h().row(k)));
    }
}
