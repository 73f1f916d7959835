package org.unblend.infer;

import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/**
 * Everything impure that an engine may touch.
 *
 * @param random the engine's own random stream
 * @param parallel where batches run
 * @param progress who is told
 * @param budget who may end it
 * @param journal what was evaluated before
 */
public record RunContext(
        RandomStream random, Parallel parallel, Progress progress, Budget budget, Journal journal) {

    /** One thread, silent, without limit or journal. */
    public static RunContext of(long seed) {
        return new RunContext(
                RandomStream.of(seed), Parallel.SERIAL, Progress.SILENT, Budget.UNLIMITED, Journal.NONE);
    }

    /** The same with batches spread over {@code parallel}. */
    public RunContext with(Parallel parallel) {
        return new RunContext(random, parallel, progress, budget, journal);
    }

    /** The same with another journal. */
    public RunContext with(Journal journal) {
        return new RunContext(random, parallel, progress, budget, journal);
    }
}
