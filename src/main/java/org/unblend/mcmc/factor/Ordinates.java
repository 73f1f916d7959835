package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.unblend.math.LogSum;

/**
 * The logarithm of a product of means over one chain: {@code sum_t ln(mean of p_t)}, with a jackknife error over batches of
 * successive draws. Terms are means of their own where the density is a product of independent ones.
 */
final class Ordinates {
    private static final int BATCHES = 20;

    private final int draws;
    private final double[][] log;

    /**
     * @param terms number of factors
     * @param draws of the chain, at least {@value #BATCHES}
     */
    Ordinates(int terms, int draws) {
        this.draws = draws;
        log = new double[BATCHES][terms];
        for (double[] row : log) {
            Arrays.fill(row, Double.NEGATIVE_INFINITY);
        }
    }

    /** Adds ln of a density at a draw of the chain. */
    void add(int draw, int term, double logDensity) {
        double[] batch = log[(int) ((long) draw * BATCHES / draws)];
        batch[term] = LogSum.add(batch[term], logDensity);
    }

    /** The sum of the logarithms of the means and its standard error. */
    Estimate estimate() {
        double all = without(-1);
        double[] parts = IntStream.range(0, BATCHES).mapToDouble(this::without).toArray();
        double mean = Arrays.stream(parts).average().orElseThrow();
        double squares = Arrays.stream(parts).map(p -> (p - mean) * (p - mean)).sum();
        // The jackknife takes out the bias of a logarithm of a mean to first order.
        double corrected = BATCHES * all - (BATCHES - 1) * mean;
        return new Estimate(corrected, Math.sqrt((BATCHES - 1.0) / BATCHES * squares));
    }

    private double without(int left) {
        double sum = 0;
        for (int t = 0; t < log[0].length; t++) {
            int term = t;
            double[] kept = IntStream.range(0, BATCHES)
                    .filter(b -> b != left)
                    .mapToDouble(b -> log[b][term])
                    .toArray();
            sum += LogSum.of(kept) - Math.log((double) draws * kept.length / BATCHES);
        }
        return sum;
    }
}
