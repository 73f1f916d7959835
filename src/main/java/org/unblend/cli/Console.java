package org.unblend.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Where the verbs print, and how they tell the time; tests give their own.
 *
 * @param out results
 * @param err progress and errors
 * @param terminal true if {@code err} is a terminal, so that a line can be overwritten
 * @param clock nanoseconds, for durations
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal, LongSupplier clock) {

    static Console system() {
        return new Console(
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                System.console() != null,
                System::nanoTime);
    }

    /** Seconds since {@code start}, a reading of the clock. */
    double secondsSince(long start) {
        return (clock.getAsLong() - start) * 1e-9;
    }
}
