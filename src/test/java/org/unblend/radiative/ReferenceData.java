package org.unblend.radiative;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The reference data that lie outside the project, where they are there. */
public final class ReferenceData {

    private ReferenceData() {}

    /** A file or folder of the reference data; the test is skipped where it is absent. */
    public static Path path(String name) {
        Path path = Path.of(System.getProperty("unblend.data", "../shared/data"), name);
        Assumptions.assumeTrue(
                Files.exists(path), "skipped: no reference data at " + path + "; set -Dunblend.data to their folder");
        return path;
    }

    /** The rows of a CSV file without quotes, each as column to text. */
    static List<Map<String, String>> csv(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] header = lines.get(0).split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
