package org.unblend.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.unblend.math.Parallel;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Solver;
import org.unblend.nmf.Solvers;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.Watcher;

/**
 * Speed-up by two threads, beside that of a loop that touches no memory, which is what cores that are shared or throttled can
 * give at all, and beside that of two fits at once that share nothing but the machine: its caches, its memory and the garbage
 * collector. All are run in turn, in short pieces; the fastest piece of each counts, as other programs can only slow one down.
 *
 * @param scale size of the inputs
 * @param repeats a quarter of the times that each is measured
 * @param clock nanoseconds of wall time
 */
record Threads(double scale, int repeats, LongSupplier clock) {
    private static final int ITERATIONS = 10;
    private static final int ROUNDS = 100_000_000;
    /** Pieces for each repeat. */
    private static final int PIECES = 4;

    /** The speed-ups as a Markdown table: of the fastest pieces, and in brackets the range over the rounds. */
    String table() {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Parallel two = new Parallel(executor);
            StringBuilder text = new StringBuilder(
                    "| case | solver | two threads | pure compute | fraction of it | two fits at once | fraction of them |\n"
                            + "|---|---|---|---|---|---|---|\n");
            for (String name : List.of("dense", "sparse", "weighted", "kl-dense", "kl-sparse")) {
                text.append(row(BenchCase.named(name), two));
            }
            return text.toString();
        } finally {
            executor.shutdownNow();
        }
    }

    private String row(BenchCase item, Parallel two) {
        Input input = item.input().apply(scale);
        FactorProblem problem = input.problem(item.loss());
        Solver solver = Solvers.best(problem).orElseThrow();
        int rounds = PIECES * repeats;
        double[][] ours = new double[2][rounds];
        double[][] pure = new double[2][rounds];
        double[][] apart = new double[2][rounds];
        fit(solver, problem, input, two);
        compute(two);
        for (int r = 0; r < rounds; r++) {
            pure[0][r] = seconds(() -> compute(Parallel.SERIAL));
            ours[0][r] = seconds(() -> fit(solver, problem, input, Parallel.SERIAL));
            pure[1][r] = seconds(() -> compute(two));
            ours[1][r] = seconds(() -> fit(solver, problem, input, two));
            apart[0][r] = 2 * ours[0][r];
            apart[1][r] =
                    seconds(() -> two.forRanges(2, 1, (from, to) -> fit(solver, problem, input, Parallel.SERIAL)));
        }
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.2f | %s | %.2f |%n",
                item.name(),
                solver.name(),
                spread(ours),
                spread(pure),
                speedUp(ours) / speedUp(pure),
                spread(apart),
                speedUp(ours) / speedUp(apart));
    }

    private double seconds(Runnable work) {
        long begin = clock.getAsLong();
        work.run();
        return Math.max(1, clock.getAsLong() - begin) * 1e-9;
    }

    private static void fit(Solver solver, FactorProblem problem, Input input, Parallel parallel) {
        solver.solve(problem, input.starts().get(0), StopRule.iterations(ITERATIONS), parallel, Watcher.NONE);
    }

    /** Two equal pieces of pure arithmetic; the results are compared so that none can be left out. */
    private void compute(Parallel parallel) {
        long[] ends = new long[2];
        parallel.forRanges(2, 1, (from, to) -> ends[from] = xorshift((long) (Math.min(1, scale) * ROUNDS)));
        if (ends[0] != ends[1]) {
            throw new IllegalStateException("equal computations differ: " + ends[0] + " and " + ends[1]);
        }
    }

    private static long xorshift(long rounds) {
        long x = 88172645463325252L;
        for (long i = 0; i < rounds; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }

    /** Of the fastest pieces. */
    private static double speedUp(double[][] seconds) {
        return Arrays.stream(seconds[0]).min().orElseThrow()
                / Arrays.stream(seconds[1]).min().orElseThrow();
    }

    private static String spread(double[][] seconds) {
        double[] ratios = new double[seconds[0].length];
        Arrays.setAll(ratios, r -> seconds[0][r] / seconds[1][r]);
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                speedUp(seconds),
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow());
    }
}
