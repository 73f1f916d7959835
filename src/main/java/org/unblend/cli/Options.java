package org.unblend.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs about a run share. */
final class Options {
    @Parameters(paramLabel = "RUN.json", description = "the run file")
    Path run;

    @Option(
            names = "--lamda",
            paramLabel = "DIR",
            description = "take molecules from LAMDA files in this directory instead of the built-in ones")
    Path lamda;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads; no result depends on it (default: all cores)")
    int threads = Runtime.getRuntime().availableProcessors();
}
