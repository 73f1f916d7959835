package org.unblend.io.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.unblend.density.CompiledModel;

/**
 * A run with everything it names: ready to be planned.
 *
 * @param file the run file
 * @param model the compiled model
 * @param truth true values of parameters by name, row-major, if the run gives them
 * @param sources every file that was read, with its hash
 */
public record LoadedRun(RunFile file, CompiledModel model, Map<String, double[]> truth, List<Source> sources) {

    /**
     * A file that determined the run.
     *
     * @param file as the user would name it
     * @param sha256 hash of its bytes, hexadecimal
     */
    public record Source(Path file, String sha256) {

        /** The file with the hash of what it holds now. */
        public static Source of(Path file) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                return new Source(file, HexFormat.of().formatHex(hash));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        @Override
        public String toString() {
            return sha256 + "  " + file;
        }
    }
}
