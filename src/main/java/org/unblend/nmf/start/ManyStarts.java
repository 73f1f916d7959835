package org.unblend.nmf.start;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.unblend.infer.Finding;
import org.unblend.math.Parallel;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.Solver;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.Watcher;

/**
 * Fits of one problem from many starts.
 *
 * @param fits in the order of the starts
 * @param size of the terms whose sum the objective is, at least 0: it cannot be known better than they round
 */
public record ManyStarts(List<PointFit> fits, double size) {
    /** Objectives closer than this, relative to the best, count as the same optimum. */
    private static final double SAME = 1e-4;

    /** Objectives closer than this, relative to the largest at a first look, differ by rounding: all of them fit exactly. */
    private static final double ROUNDING = 1e-12;

    public ManyStarts {
        if (fits.isEmpty()) {
            throw new IllegalArgumentException("at least one start is needed");
        }
        fits = List.copyOf(fits);
    }

    /** Fits whose size is judged by their first looks alone. */
    public ManyStarts(List<PointFit> fits) {
        this(fits, 0);
    }

    /**
     * Fits from {@code count} starts, each in one thread.
     *
     * @param start the start with this index from 0; called from several threads, so it must depend on its index alone
     */
    public static ManyStarts fit(
            FactorProblem problem,
            Solver solver,
            int count,
            IntFunction<Factors> start,
            StopRule stop,
            Parallel parallel) {
        PointFit[] fits = new PointFit[Math.max(0, count)];
        parallel.forRanges(fits.length, 1, (from, to) -> {
            for (int t = from; t < to; t++) {
                fits[t] = solver.solve(problem, start.apply(t), stop, Parallel.SERIAL, Watcher.NONE);
            }
        });
        return new ManyStarts(Arrays.asList(fits));
    }

    /** The index of the fit with the lowest objective; the first one of equals. */
    public int best() {
        return IntStream.range(0, fits.size())
                .boxed()
                .min(Comparator.comparingDouble(t -> fits.get(t).objective()))
                .orElseThrow();
    }

    /** The fit with the lowest objective. */
    public PointFit bestFit() {
        return fits.get(best());
    }

    /** Objectives in ascending order, {@code [starts]}. */
    public double[] objectives() {
        return fits.stream().mapToDouble(PointFit::objective).sorted().toArray();
    }

    /** How many fits reach the best objective within {@code tolerance} of its size, or within rounding. */
    public int reached(double tolerance) {
        double[] sorted = objectives();
        double first = fits.stream()
                .flatMap(f -> f.trace().stream().limit(1))
                .mapToDouble(m -> Math.abs(m.objective()))
                .max()
                .orElse(0);
        first = Math.max(first, size);
        double limit = sorted[0] + tolerance * Math.abs(sorted[0]) + ROUNDING * first;
        return (int) Arrays.stream(sorted).filter(v -> v <= limit).count();
    }

    /** The spread of the objectives, and a caution if the best one was found only once of at least five. */
    public Finding finding() {
        double[] sorted = objectives();
        int reached = reached(SAME);
        String spread = String.format(
                Locale.ROOT,
                "%d of %d starts reach the best objective %.6g; median %.6g, worst %.6g",
                reached,
                sorted.length,
                sorted[0],
                sorted[sorted.length / 2],
                sorted[sorted.length - 1]);
        return reached == 1 && sorted.length >= 5
                ? Finding.caution("starts", spread, "take more starts: there may be better optima")
                : Finding.ok("starts", spread);
    }
}
