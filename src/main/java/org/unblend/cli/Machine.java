package org.unblend.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.unblend.infer.Provenance;

/** What the verbs take from the machine that they run on: its threads, and what a record says of it. */
final class Machine {
    private Machine() {}

    /** Threads for batches, which the caller shuts down; they do not keep the program alive. */
    static ExecutorService workers(int threads) {
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "unblend-batch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** How a result was made here; see {@link Provenance} for the arguments. */
    static Provenance provenance(
            int threads, long seed, Instant started, double seconds, boolean resumed, List<String> sources) {
        return new Provenance(
                Version.text(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                threads,
                seed,
                started.toString(),
                seconds,
                resumed,
                sources);
    }
}
