package org.unblend.cli.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.unblend.io.AtomicFile;

/**
 * Lines of finished work in a file below a header that says which program they belong to. Those of another program are
 * dropped, and so is a line that an interruption cut off. Threads may add lines at the same time.
 */
final class KeptLines {
    private final Path file;
    private final List<String> lines = new ArrayList<>();

    /**
     * Reads what was kept.
     *
     * @param file is made, or made anew where it belongs to another program
     * @param program tells programs apart
     * @param header names of the columns
     */
    KeptLines(Path file, String program, String header) throws IOException {
        this.file = file;
        String head = "# program " + program + "\n" + header + "\n";
        String text = Files.exists(file) ? Files.readString(file) : "";
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (!whole.startsWith(head)) {
            AtomicFile.write(file, head);
            return;
        }
        lines.addAll(whole.substring(head.length()).lines().toList());
        if (whole.length() < text.length()) {
            AtomicFile.write(file, whole);
        }
    }

    /** What was kept when the file was read. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Adds a line to the file. */
    synchronized void add(String line) {
        try {
            Files.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
