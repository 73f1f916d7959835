package org.unblend.io.matrix;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;

/** Reads matrices. The format follows from the name: csv, tsv, txt, npy, mtx, fits, fit; each also with .gz. */
public final class MatrixReader {
    private MatrixReader() {}

    /**
     * Reads a matrix.
     *
     * @param missing true if blank, {@code NA} and {@code NaN} entries are taken as missing, and given as NaN
     * @throws BadInput if the file cannot be read, or holds anything but such a matrix
     */
    public static LabelledMatrix read(Path file, boolean missing) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String extension = plain.substring(plain.lastIndexOf('.') + 1);
        if (Files.isDirectory(file)) {
            throw new BadInput("X001", Place.of(file), "is a directory", "name a file");
        }
        if (!Files.isRegularFile(file)) {
            throw new BadInput("X001", Place.of(file), "there is no such file", "check the name");
        }
        try {
            return switch (extension) {
                case "csv", "tsv", "txt" -> TableReader.read(file, missing);
                case "npy" -> NpyReader.read(file, missing);
                case "mtx" -> MatrixMarketReader.read(file);
                case "fits", "fit" -> FitsReader.read(file, missing);
                default ->
                    throw new BadInput(
                            "X002",
                            Place.of(file),
                            "matrices are not read from ." + extension + " files",
                            "give a .csv, .tsv, .npy, .mtx or .fits file");
            };
        } catch (MalformedInputException e) {
            throw new BadInput("X012", Place.of(file), "is not UTF-8 text", "save it as UTF-8");
        } catch (ZipException e) {
            throw new BadInput(
                    "X003", Place.of(file), "is not compressed by gzip: " + e.getMessage(), "check the name");
        } catch (IOException e) {
            throw new BadInput("X003", Place.of(file), "cannot be read: " + e.getMessage(), "check the file");
        }
    }

    /** Refuses what is not a number of a binary file, or gives it back. */
    static double checked(Path file, double v, int row, int column, boolean missing) {
        if (Double.isInfinite(v) || (Double.isNaN(v) && !missing)) {
            throw new BadInput(
                    "X004",
                    Place.of(file),
                    "the entry at row " + (row + 1) + ", column " + (column + 1) + " is " + v,
                    Double.isNaN(v)
                            ? "replace it, or take such entries as missing (--skip-missing; \"missing\": \"skip\" in a"
                                    + " run file)"
                            : "give a finite number");
        }
        return v;
    }
}
