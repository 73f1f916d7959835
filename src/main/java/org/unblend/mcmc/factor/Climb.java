package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.List;
import org.unblend.diagnose.Weighted;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Sequential Monte Carlo along a path of powers (Del Moral, Doucet and Jasra 2006, JRSS B 68, 411): weights grow by
 * {@code exp((beta' - beta) log)}, particles are resampled when half of them no longer count, and move.
 *
 * @param particles number of particles
 * @param kept fraction of the particles that count after a step whose length is chosen
 */
record Climb(int particles, double kept) {
    /** Halvings of a step: likelihoods of sparse factors under Gamma noise may need first powers of 1e-100. */
    private static final int MOST_HALVINGS = 1000;

    /** Who is told after each step. */
    interface Told {
        void of(double beta, double logZ, int rung);
    }

    /**
     * Where a climb ended.
     *
     * @param logZ ln of the product of the mean weights
     * @param variance of logZ that the scatter of the weights of all steps explains, if moves make particles independent
     * @param weight ln of the weights of the particles, which sum to their number, {@code [particles]}
     */
    record Arrived(double logZ, double variance, double[] weight) {}

    /**
     * Leads particles along the ladder.
     *
     * @param theta {@code [particles x dimension]}, fair draws at the first power of the way, modified
     * @param way powers in order; null to choose them upwards from 0
     * @param chosen where rungs that are chosen are added; null if nobody asks
     */
    Arrived travel(Walk walk, double[] theta, double[] way, List<Double> chosen, RandomStream stream, Told told) {
        int d = walk.dimension();
        double[] log = new double[particles];
        walk.look(theta, log);
        double[] weight = new double[particles];
        double logZ = 0;
        double variance = 0;
        double beta = way != null ? way[0] : 0;
        double end = way != null ? way[way.length - 1] : 1;
        if (chosen != null) {
            chosen.add(0.0);
        }
        RandomSource resampler = stream.split("resample").generator();
        for (int rung = 1; beta != end; rung++) {
            double next = way != null ? way[rung] : next(log, weight, beta);
            variance += (1 / kept(log, weight, next - beta) - 1) / particles;
            logZ += step(log, weight, next - beta);
            beta = next;
            if (chosen != null) {
                chosen.add(beta);
            }
            if (effective(weight) < 0.5 * particles) {
                double[] w = Arrays.stream(weight).map(Math::exp).toArray();
                int[] parents = Weighted.resample(w, particles, resampler);
                double[] resampled = new double[theta.length];
                for (int i = 0; i < particles; i++) {
                    System.arraycopy(theta, parents[i] * d, resampled, i * d, d);
                }
                System.arraycopy(resampled, 0, theta, 0, theta.length);
                Arrays.fill(weight, 0);
            }
            walk.move(theta, log, beta, stream.split("move").split(rung));
            told.of(beta, logZ, rung);
        }
        return new Arrived(logZ, variance, weight);
    }

    /** The power at which the fraction that counts has fallen to {@link #kept} of what it was. */
    private double next(double[] log, double[] weight, double beta) {
        double low = beta;
        double high = 1;
        if (kept(log, weight, 1 - beta) >= kept) {
            return 1;
        }
        for (int i = 0; i < MOST_HALVINGS && high - low > 1e-3 * (low - beta); i++) {
            double middle = 0.5 * (low + high);
            if (kept(log, weight, middle - beta) >= kept) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low > beta ? low : high;
    }

    /** Conditional effective sample size of a step, as a fraction (Zhou, Johansen and Aston 2016, JCGS 25, 701). */
    private double kept(double[] log, double[] weight, double step) {
        double[] one = new double[particles];
        double[] two = new double[particles];
        for (int i = 0; i < particles; i++) {
            one[i] = weight[i] + step * log[i];
            two[i] = weight[i] + 2 * step * log[i];
        }
        return Math.exp(2 * LogSum.of(one) - LogSum.of(two) - LogSum.of(weight));
    }

    /** Multiplies the weights and returns the ln of their growth; afterwards they sum to the number of particles. */
    private double step(double[] log, double[] weight, double step) {
        double before = LogSum.of(weight);
        for (int i = 0; i < particles; i++) {
            weight[i] += step * log[i];
        }
        double after = LogSum.of(weight);
        for (int i = 0; i < particles; i++) {
            weight[i] -= after - Math.log(particles);
        }
        return after - before;
    }

    private double effective(double[] weight) {
        double[] twice = Arrays.stream(weight).map(w -> 2 * w).toArray();
        return Math.exp(2 * LogSum.of(weight) - LogSum.of(twice));
    }
}
