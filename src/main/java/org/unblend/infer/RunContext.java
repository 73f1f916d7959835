package org.unblend.infer;

import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
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
 * @param clock seconds since the run began, or NaN; for reports alone: nothing may be decided by it
 */
public record RunContext(
        RandomStream random,
        Parallel parallel,
        Progress progress,
        Budget budget,
        Journal journal,
        DoubleSupplier clock) {

    /** Without a clock. */
    public RunContext(RandomStream random, Parallel parallel, Progress progress, Budget budget, Journal journal) {
        this(random, parallel, progress, budget, journal, () -> Double.NaN);
    }

    /** One thread, silent, without limit or journal. */
    public static RunContext of(long seed) {
        return new RunContext(RandomStream.of(seed), Parallel.SERIAL, Progress.SILENT, Budget.UNLIMITED, Journal.NONE);
    }

    /** The same with batches spread over {@code parallel}. */
    public RunContext with(Parallel parallel) {
        return new RunContext(random, parallel, progress, budget, journal, clock);
    }

    /** The same with another journal. */
    public RunContext with(Journal journal) {
        return new RunContext(random, parallel, progress, budget, journal, clock);
    }

    /**
     * For one of several parts of the work.
     *
     * @param own the random stream of this part
     * @param done the fraction of the whole that is done, from that of this part
     * @param name of the part, set before headlines
     */
    public RunContext part(RandomStream own, DoubleUnaryOperator done, String name) {
        Progress told = s -> progress.report(new Progress.Status(
                s.engine(),
                done.applyAsDouble(s.done()),
                name + ": " + s.headline(),
                s.detail(),
                s.evaluations(),
                s.health()));
        return new RunContext(own, parallel, told, budget, journal, clock);
    }
}
