package org.unblend.infer;

/** Where engines tell how far they are. Called from one thread at a time. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = s -> {};

    void report(Status status);

    /**
     * One moment of a run.
     *
     * @param engine name of the engine
     * @param done estimated fraction of the work done, 0 to 1
     * @param headline the quantity sought and its present error, such as {@code logZ -18.42 ± 0.11}
     * @param detail the stopping rule and the engine's own figures
     * @param evaluations likelihood evaluations so far, those read back from a journal included
     * @param health {@code ok}, or the trouble in a few words
     */
    record Status(String engine, double done, String headline, String detail, long evaluations, String health) {}
}
