package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.unblend.math.Parallel;

/** Computes our values for a case. */
@FunctionalInterface
interface Check {

    /**
     * Our values by key.
     *
     * @param folder the case's folder
     * @param data the folder of reference data
     * @param told is told how far long work has come
     * @throws Absent if reference data are missing
     */
    Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told) throws IOException;

    /** Thrown where reference data are missing; the case is then skipped. */
    final class Absent extends IOException {
        private static final long serialVersionUID = 1L;

        Absent(Path what) {
            super("reference data are missing: " + what);
        }
    }

    /** The path, if it exists. */
    static Path required(Path path) throws Absent {
        if (!Files.exists(path)) {
            throw new Absent(path);
        }
        return path;
    }
}
