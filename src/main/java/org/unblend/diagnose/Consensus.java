package org.unblend.diagnose;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.unblend.math.Dense;

/**
 * How often pairs of samples belong to the same component over repeated factorisations (Brunet, Tamayo, Golub and
 * Mesirov 2004, PNAS 101, 4164).
 *
 * @param matrix {@code [samples x samples]}, the fraction of the runs with both samples in which they share a component;
 *     NaN where no run has both
 */
public record Consensus(double[][] matrix) {

    /** The label of a sample that a run does not have. */
    public static final int ABSENT = -1;

    /**
     * Consensus of labels.
     *
     * @param labels {@code [runs x samples]}, a component from 0, or {@link #ABSENT}
     * @throws IllegalArgumentException without runs or with runs of unequal length
     */
    public static Consensus of(int[][] labels) {
        if (labels.length == 0) {
            throw new IllegalArgumentException("a consensus needs at least one run");
        }
        int n = labels[0].length;
        double[][] same = new double[n][n];
        int[][] both = new int[n][n];
        for (int[] run : labels) {
            if (run.length != n) {
                throw new IllegalArgumentException("runs have " + n + " and " + run.length
                        + " samples; label those that" + " a run does not have as absent");
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    if (run[i] != ABSENT && run[j] != ABSENT) {
                        both[i][j]++;
                        same[i][j] += run[i] == run[j] ? 1 : 0;
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                same[i][j] = both[i][j] == 0 ? Double.NaN : same[i][j] / both[i][j];
                same[j][i] = same[i][j];
            }
        }
        return new Consensus(same);
    }

    /**
     * The strongest component of each sample, {@code [samples]}, after columns of W are given unit Euclidean length;
     * {@link #ABSENT} where no component contributes.
     */
    public static int[] labels(Dense w, Dense h) {
        double[] length = new double[w.columns()];
        for (double[] row : w.array()) {
            for (int k = 0; k < length.length; k++) {
                length[k] = Math.hypot(length[k], row[k]);
            }
        }
        int[] label = new int[h.columns()];
        for (int j = 0; j < label.length; j++) {
            double best = 0;
            label[j] = ABSENT;
            for (int k = 0; k < length.length; k++) {
                double v = length[k] * h.get(k, j);
                if (v > best) {
                    best = v;
                    label[j] = k;
                }
            }
        }
        return label;
    }

    /**
     * Dispersion {@code mean of 4 (c - 1/2)^2} over all pairs: 1 if every pair is always or never together (Kim and Park
     * 2007, Bioinformatics 23, 1495).
     */
    public double dispersion() {
        return Arrays.stream(matrix)
                .flatMapToDouble(Arrays::stream)
                .filter(c -> !Double.isNaN(c))
                .map(c -> 4 * (c - 0.5) * (c - 0.5))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Cophenetic correlation: Pearson's correlation between {@code 1 - c} and the heights at which average linkage joins
     * the pairs. It is 1 for one run whatever the rank, and where nothing varies; it says something only over several
     * runs, and falls where the clusters break up. Samples without any label are left out.
     */
    public double copheneticCorrelation() {
        int[] labelled = IntStream.range(0, matrix.length)
                .filter(i -> !Double.isNaN(matrix[i][i]))
                .toArray();
        int n = labelled.length;
        double[][] distance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double c = matrix[labelled[i]][labelled[j]];
                // Pairs never seen together count as undecided.
                distance[i][j] = i == j ? 0 : Double.isNaN(c) ? 0.5 : 1 - c;
            }
        }
        double[][] joined = AverageLinkage.copheneticDistances(distance);
        double meanD = meanAbove(distance);
        double meanC = meanAbove(joined);
        double dd = 0;
        double cc = 0;
        double dc = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double d = distance[i][j] - meanD;
                double c = joined[i][j] - meanC;
                dd += d * d;
                cc += c * c;
                dc += d * c;
            }
        }
        return dd == 0 || cc == 0 ? 1 : dc / Math.sqrt(dd * cc);
    }

    private static double meanAbove(double[][] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += x[i][j];
            }
        }
        return sum / Math.max(1, x.length * (x.length - 1) / 2.0);
    }
}
