package org.unblend.nested;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.unblend.diagnose.Weighted;
import org.unblend.math.RandomSource;

/**
 * Standard errors by bootstrap over threads (Higson et al. 2018, Bayesian Analysis 13, 873): threads are drawn with
 * replacement, merged, and ln Z or a quantile is computed again with expected shrinkages. A thread passes through the
 * volume in Poisson steps, so which threads are drawn already moves ln X at a given likelihood by as much as the unknown
 * shrinkages do; drawing those at random as well would count the same scatter twice and make the error larger by
 * sqrt(2). Threads that begin with the whole prior and those of each segment are drawn among themselves.
 */
final class EvidenceError {
    private static final double[] PROBABILITIES = {0.055, 0.5, 0.945};

    private final List<Point> points;
    private final List<int[]> groups;
    private final double[] likelihood;
    private final int[] byBirth;
    private final int threads;

    private EvidenceError(MergedRuns merged) {
        this.points = merged.points();
        this.groups = merged.groups();
        this.threads = merged.threads();
        double highest = points.get(points.size() - 1).logL();
        this.likelihood =
                points.stream().mapToDouble(p -> Math.exp(p.logL() - highest)).toArray();
        this.byBirth = IntStream.range(0, points.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> points.get(i).birth()))
                .mapToInt(i -> i)
                .toArray();
    }

    /** Standard deviation of ln Z over the replicates. */
    static double bootstrap(MergedRuns merged, int replicates, RandomSource random) {
        EvidenceError error = new EvidenceError(merged);
        double[] weight = new double[merged.points().size()];
        double[] logZ = new double[replicates];
        for (int r = 0; r < replicates; r++) {
            logZ[r] = Math.log(error.replicate(random, weight));
        }
        return sd(logZ);
    }

    /** The largest standard error of a quantile of any parameter, in units of the parameter's standard deviation. */
    static double quantiles(MergedRuns merged, int replicates, RandomSource random) {
        EvidenceError error = new EvidenceError(merged);
        int n = merged.points().size();
        int parameters = merged.points().get(0).theta().length;
        double[][] x = new double[parameters][n];
        int[][] order = new int[parameters][];
        for (int p = 0; p < parameters; p++) {
            double[] column = x[p];
            for (int i = 0; i < n; i++) {
                column[i] = merged.points().get(i).theta()[p];
            }
            order[p] = IntStream.range(0, n)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> column[i]))
                    .mapToInt(i -> i)
                    .toArray();
        }
        double[][][] found = new double[parameters][PROBABILITIES.length][replicates];
        double[] weight = new double[n];
        for (int r = 0; r < replicates; r++) {
            double total = error.replicate(random, weight);
            for (int p = 0; p < parameters; p++) {
                double sum = 0;
                int q = 0;
                for (int i = 0; i < n && q < PROBABILITIES.length; i++) {
                    sum += weight[order[p][i]];
                    while (q < PROBABILITIES.length && sum >= PROBABILITIES[q] * total) {
                        found[p][q++][r] = x[p][order[p][i]];
                    }
                }
            }
        }
        double[] posterior = merged.weights().posterior();
        double worst = 0;
        for (int p = 0; p < parameters; p++) {
            double sd = Weighted.sd(x[p], posterior);
            for (double[] quantile : found[p]) {
                worst = sd > 0 ? Math.max(worst, sd(quantile) / sd) : worst;
            }
        }
        return worst;
    }

    /**
     * Z, up to a factor, of threads drawn with replacement: as {@link NestedWeights}, with multiplicities.
     *
     * @param weight L dX of each point, modified
     */
    private double replicate(RandomSource random, double[] weight) {
        int[] copies = new int[threads];
        for (int[] group : groups) {
            for (int t = 0; t < group.length; t++) {
                copies[group[random.nextInt(group.length)]]++;
            }
        }
        double sum = 0;
        double volume = 1;
        int last = -1;
        int alive = 0;
        int born = 0;
        for (int i = 0; i < likelihood.length; i++) {
            double logL = points.get(i).logL();
            while (born < byBirth.length && bornBefore(points.get(byBirth[born]).birth(), logL)) {
                alive += copies[points.get(byBirth[born++]).thread()];
            }
            int deaths = copies[points.get(i).thread()];
            double before = volume;
            for (int k = 0; k < deaths; k++) {
                volume *= Math.exp(-1.0 / alive--);
            }
            weight[i] = likelihood[i] * (before - volume);
            sum += weight[i];
            last = deaths > 0 ? i : last;
        }
        weight[last] += likelihood[last] * volume;
        return sum + likelihood[last] * volume;
    }

    private static boolean bornBefore(double birth, double logL) {
        return birth < logL || birth == Double.NEGATIVE_INFINITY;
    }

    private static double sd(double[] x) {
        double mean = Arrays.stream(x).average().orElse(0);
        return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1));
    }
}
