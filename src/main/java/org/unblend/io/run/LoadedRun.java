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
import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.io.maps.MapStack;

/**
 * A run with everything it names: ready to be planned.
 *
 * @param file the run file
 * @param model the compiled model
 * @param truth true values of parameters by name, row-major, if the run gives them
 * @param start values of parameters by name, row-major, at which a search for the mode begins, if the run gives them
 * @param maps the data, if they are maps
 * @param sources every file that was read, with its hash
 */
public record LoadedRun(
        RunFile file,
        CompiledModel model,
        Map<String, double[]> truth,
        Map<String, double[]> start,
        Optional<MapStack> maps,
        List<Source> sources) {

    /** The same with another model. */
    public LoadedRun with(CompiledModel other) {
        return new LoadedRun(file, other, truth, start, maps, sources);
    }

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
