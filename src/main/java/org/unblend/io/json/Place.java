package org.unblend.io.json;

import java.nio.file.Path;

/**
 * Where something stands in a file.
 *
 * @param file the file as the user named it
 * @param line line from 1; 0 if the place is the file as a whole
 * @param column column from 1
 * @param pointer JSON pointer, or a column name of a table; may be empty
 * @param excerpt the line's text; empty if there is none
 */
public record Place(Path file, int line, int column, String pointer, String excerpt) {

    /** The file as a whole. */
    public static Place of(Path file) {
        return new Place(file, 0, 0, "", "");
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line + ":" + column : "") + (pointer.isEmpty() ? "" : "   " + pointer);
    }
}
