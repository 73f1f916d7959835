package org.unblend.diagnose;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.unblend.math.LogSum;

/**
 * How well a posterior predicts data like those it saw, from the log likelihood of every entry in every draw: leave-one-out
 * by Pareto-smoothed importance sampling (Vehtari, Gelman and Gabry 2017, Statistics and Computing 27, 1413) and the widely
 * applicable information criterion (Watanabe 2010, JMLR 11, 3571). Both in nats, higher is better: WAIC is given as
 * {@code elpd_waic}, not times -2.
 *
 * @param loo expected log predictive density left one out, summed over the entries
 * @param looError its standard error, from the scatter of the entries
 * @param worst largest k-hat; above 0.7 the value of that entry is not to be trusted
 * @param bad number of entries with k-hat above 0.7
 * @param waic the same by WAIC
 * @param effective effective number of parameters of WAIC
 * @param each {@code [entries]}, the terms of {@code loo}
 * @param tail {@code [entries]}, k-hat of each
 */
public record PredictiveScore(
        double loo,
        double looError,
        double worst,
        int bad,
        double waic,
        double effective,
        double[] each,
        double[] tail) {
    /** Above this an importance-sampling mean is not to be trusted (Vehtari et al. 2024, JMLR 25, 72). */
    public static final double BAD = 0.7;

    /**
     * Scores draws.
     *
     * @param logLikelihood {@code [draws x entries]}, row-major, at least 25 draws, not modified
     */
    public static PredictiveScore of(double[] logLikelihood, int entries) {
        int draws = logLikelihood.length / entries;
        double[] loo = new double[entries];
        double[] tail = new double[entries];
        int bad = 0;
        double waic = 0;
        double effective = 0;
        for (int e = 0; e < entries; e++) {
            double[] log = new double[draws];
            for (int s = 0; s < draws; s++) {
                log[s] = logLikelihood[s * entries + e];
            }
            double[] weight = Arrays.stream(log).map(v -> -v).toArray();
            tail[e] = ParetoTail.smooth(weight);
            bad += tail[e] > BAD ? 1 : 0;
            double all = LogSum.of(weight);
            for (int s = 0; s < draws; s++) {
                weight[s] += log[s];
            }
            loo[e] = LogSum.of(weight) - all;
            double mean = Arrays.stream(log).average().orElseThrow();
            double variance =
                    Arrays.stream(log).map(v -> (v - mean) * (v - mean)).sum() / (draws - 1);
            waic += LogSum.of(log) - Math.log(draws) - variance;
            effective += variance;
        }
        double sum = Arrays.stream(loo).sum();
        double squares = IntStream.range(0, entries)
                .mapToDouble(e -> Math.pow(loo[e] - sum / entries, 2))
                .sum();
        return new PredictiveScore(
                sum,
                Math.sqrt(squares * entries / Math.max(1, entries - 1)),
                Arrays.stream(tail).max().orElseThrow(),
                bad,
                waic,
                effective,
                loo,
                tail);
    }

    /** Number of entries. */
    public int entries() {
        return each.length;
    }
}
