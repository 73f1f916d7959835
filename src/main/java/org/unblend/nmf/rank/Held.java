package org.unblend.nmf.rank;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Deviance of held-out entries by sample.
 *
 * @param sum {@code [samples]}
 * @param count {@code [samples]}, how many entries
 */
record Held(double[] sum, int[] count) {

    static Held none(int samples) {
        return new Held(new double[samples], new int[samples]);
    }

    void add(int sample, double deviance) {
        sum[sample] += deviance;
        count[sample]++;
    }

    void add(Held other) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += other.sum[j];
            count[j] += other.count[j];
        }
    }

    /** Mean deviance of an entry; NaN if there is none. */
    double mean() {
        double s = 0;
        double n = 0;
        for (int j = 0; j < sum.length; j++) {
            s += sum[j];
            n += count[j];
        }
        return s / n;
    }

    /** Standard error of the mean, from the scatter of the samples around it. */
    double error() {
        return scatter(new double[sum.length], 0, mean());
    }

    /** Standard error of the difference to another rank's mean on the same entries; samples are paired. */
    double errorOfDifference(Held other) {
        return scatter(other.sum, 1, mean() - other.mean());
    }

    /**
     * Wilcoxon's signed-rank statistic of the samples' mean differences to another rank, as a standard normal deviate;
     * positive where this rank is worse in most samples. One extreme sample cannot decide it, as it can the mean.
     */
    double signedRank(Held other) {
        double[] difference = IntStream.range(0, sum.length)
                .filter(j -> count[j] > 0)
                .mapToDouble(j -> (sum[j] - other.sum[j]) / count[j])
                .filter(d -> d != 0)
                .toArray();
        double n = difference.length;
        if (n == 0) {
            return 0;
        }
        double[] rank = new NaturalRanking(TiesStrategy.AVERAGE)
                .rank(Arrays.stream(difference).map(Math::abs).toArray());
        double positive = IntStream.range(0, rank.length)
                .filter(t -> difference[t] > 0)
                .mapToDouble(t -> rank[t])
                .sum();
        return (positive - n * (n + 1) / 4) / Math.sqrt(n * (n + 1) * (2 * n + 1) / 24);
    }

    /** The ratio estimator: sqrt(n/(n-1) sum (d_j - mean count_j)^2) / sum count. */
    private double scatter(double[] minus, int factor, double mean) {
        double squares = 0;
        double total = 0;
        int n = 0;
        for (int j = 0; j < sum.length; j++) {
            if (count[j] > 0) {
                double off = sum[j] - factor * minus[j] - mean * count[j];
                squares += off * off;
                total += count[j];
                n++;
            }
        }
        return Math.sqrt(squares * n / (n - 1.0)) / total;
    }
}
