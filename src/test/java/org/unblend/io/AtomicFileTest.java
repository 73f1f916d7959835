package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path directory;

    @Test
    void writesUtf8IntoNewDirectories() throws IOException {
        Path file = directory.resolve("a/b/c.txt");
        AtomicFile.write(file, "µ → ★\n");
        AtomicFile.write(file, "cm⁻³\n");
        assertEquals("cm⁻³\n", Files.readString(file));
        assertEquals(List.of("c.txt"), names(file.getParent()));
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = directory.resolve("c.txt");
        AtomicFile.write(file, "old");
        assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write("new");
                    throw new IOException("disk full");
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("c.txt"), names(directory));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
