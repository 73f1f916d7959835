package org.unblend.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Processes that are waited for; the libraries that compute in them get one thread. */
final class ChildProcess {
    private ChildProcess() {}

    /**
     * What the process prints.
     *
     * @throws IOException if it cannot be started or does not end with 0
     */
    static String output(ProcessBuilder builder) throws IOException {
        for (String library : List.of("OPENBLAS", "OMP", "MKL")) {
            builder.environment().put(library + "_NUM_THREADS", "1");
        }
        Process process = builder.start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(builder.command().get(0) + " ended with exit code " + exit);
            }
            return text;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + builder.command().get(0) + " was running", e);
        }
    }
}
