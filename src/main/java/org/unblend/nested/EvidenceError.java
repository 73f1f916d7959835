package org.unblend.nested;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.unblend.math.RandomSource;

/**
 * The standard error of ln Z by bootstrap over threads (Higson et al. 2018, Bayesian Analysis 13, 873): threads are drawn
 * with replacement, merged, and ln Z is computed again with expected shrinkages. A thread passes through the volume in
 * Poisson steps, so which threads are drawn already moves ln X at a given likelihood by as much as the unknown shrinkages
 * do; drawing those at random as well would count the same scatter twice and make the error larger by sqrt(2).
 */
final class EvidenceError {
    private final List<Point> points;
    private final double[] likelihood;
    private final int[] byBirth;
    private final int threads;

    private EvidenceError(MergedRuns merged) {
        this.points = merged.points();
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
        double mean = 0;
        double squares = 0;
        for (int r = 0; r < replicates; r++) {
            double logZ = error.replicate(random);
            double delta = logZ - mean;
            mean += delta / (r + 1);
            squares += delta * (logZ - mean);
        }
        return Math.sqrt(squares / (replicates - 1));
    }

    /** ln Z, up to a constant, of threads drawn with replacement: as {@link NestedWeights}, with multiplicities. */
    private double replicate(RandomSource random) {
        int[] copies = new int[threads];
        for (int t = 0; t < threads; t++) {
            copies[random.nextInt(threads)]++;
        }
        double sum = 0;
        double volume = 1;
        double last = 0;
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
            sum += likelihood[i] * (before - volume);
            last = deaths > 0 ? likelihood[i] : last;
        }
        return Math.log(sum + last * volume);
    }

    private static boolean bornBefore(double birth, double logL) {
        return birth < logL || birth == Double.NEGATIVE_INFINITY;
    }
}
