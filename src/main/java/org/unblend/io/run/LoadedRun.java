package org.unblend.io.run;

import java.nio.file.Path;
import java.util.List;
import org.unblend.density.CompiledModel;

/**
 * A run with everything it names: ready to be planned.
 *
 * @param file the run file
 * @param model the compiled model
 * @param sources every file that was read, with its hash
 */
public record LoadedRun(RunFile file, CompiledModel model, List<Source> sources) {

    /**
     * A file that determined the run.
     *
     * @param file as the user would name it
     * @param sha256 hash of its bytes, hexadecimal
     */
    public record Source(Path file, String sha256) {}
}
