package org.unblend.infer;

import java.util.List;

/**
 * How a result was made.
 *
 * @param version version of the program
 * @param java name and version of the Java machine
 * @param platform operating system and processor architecture; results may differ in the last digits between them
 * @param threads threads that evaluated batches; no result depends on it
 * @param seed seed of all random numbers
 * @param started when the run began, ISO 8601 in UTC
 * @param seconds duration in seconds; of the last part, if the run was resumed
 * @param resumed true if part of the evaluations came from the journal of an interrupted run
 * @param sources hashes of the files that determined the run, as {@code sha256  file} lines
 */
public record Provenance(
        String version,
        String java,
        String platform,
        int threads,
        long seed,
        String started,
        double seconds,
        boolean resumed,
        List<String> sources) {

    public Provenance {
        sources = List.copyOf(sources);
    }
}
