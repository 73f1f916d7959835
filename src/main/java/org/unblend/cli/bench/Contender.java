package org.unblend.cli.bench;

import java.io.IOException;

/** One side of a comparison: a program with its input loaded. */
interface Contender {

    /**
     * CPU time of one thread and what it reached.
     *
     * @param seconds CPU seconds of all starts together
     * @param objectives {@code [starts]}, at the end
     */
    record Timing(double seconds, double[] objectives) {}

    /** What it is called in the table. */
    String name();

    /** Runs every start for its number of iterations, {@code [starts]}, without looks. */
    Timing time(int[] iterations) throws IOException;

    /**
     * The number of iterations that each start needs to its target, {@code [starts]}; {@code limit} where it needs more.
     *
     * @param targets objectives, {@code [starts]}
     */
    int[] reach(double[] targets, int limit) throws IOException;
}
