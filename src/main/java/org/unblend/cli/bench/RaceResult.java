package org.unblend.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a race measured. Every list has one element per repeat.
 *
 * @param iterations ours, {@code [starts]}
 * @param rivalIterations the rival's, {@code [starts]}
 * @param reached true if both sides ended at or below their targets from every start
 */
record RaceResult(
        int[] iterations,
        int[] rivalIterations,
        List<Contender.Timing> ours,
        List<Contender.Timing> rival,
        boolean reached) {

    /** CPU time of the rival over ours, repeat by repeat, ascending. */
    double[] ratios() {
        return IntStream.range(0, ours.size())
                .mapToDouble(r -> rival.get(r).seconds() / ours.get(r).seconds())
                .sorted()
                .toArray();
    }

    static double medianSeconds(List<Contender.Timing> timings) {
        return median(timings.stream().mapToDouble(Contender.Timing::seconds).toArray());
    }

    static double medianObjective(List<Contender.Timing> timings) {
        return median(timings.get(0).objectives());
    }

    static double median(int[] values) {
        return median(Arrays.stream(values).asDoubleStream().toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    }
}
