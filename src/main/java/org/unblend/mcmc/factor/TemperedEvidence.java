package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Progress;
import org.unblend.infer.RunContext;
import org.unblend.math.LogSum;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * The evidence by tempering from prior to posterior: {@code prior x likelihood^beta}, beta from 0 to 1.
 *
 * <p>Forward, particles drawn from the prior climb the ladder with weights {@code L^(beta' - beta)}, are resampled when half
 * of them no longer count, and move by sweeps (sequential Monte Carlo, Del Moral, Doucet and Jasra 2006, JRSS B 68, 411);
 * the product of the mean weights is an unbiased estimate of Z. A pilot run chooses the ladder, which then is fixed.
 * Independent repetitions give value and error.
 *
 * <p>In reverse, draws of the posterior descend the same ladder; the product of their mean weights estimates 1/Z, so
 * that ln Z is on average overestimated where forward runs underestimate it (Grosse, Ghahramani and Adams 2015,
 * arXiv:1511.02543): the two bracket it.
 *
 * @param particles number of particles, at least 8
 * @param sweeps per rung
 * @param runs independent repetitions, at least 2
 */
record TemperedEvidence(int particles, int sweeps, int runs) {
    /** Fraction of the particles that count after a step of the ladder. */
    private static final double KEPT = 0.9;

    private static final int PIECE = 4;

    /** Halvings of a step: likelihoods of sparse factors under Gamma noise may need first powers of 1e-100. */
    private static final int MOST_HALVINGS = 1000;

    /** How it is told. */
    static final String METHOD = "tempered sequential Monte Carlo";

    /** The rungs from 0 to 1, chosen by one run. */
    double[] ladder(FactorMoves moves, RunContext context) {
        double[] packed = new double[4097];
        if (context.journal().replay(new double[] {particles, sweeps}, packed, packed.length) < 0) {
            List<Double> rungs = new ArrayList<>();
            climb(moves, null, rungs, context.random().split("pilot"), context, 0);
            packed[0] = rungs.size();
            for (int i = 0; i < rungs.size(); i++) {
                packed[1 + i] = rungs.get(i);
            }
            context.journal().record(new double[] {particles, sweeps}, packed, packed.length, 0);
        }
        return Arrays.copyOfRange(packed, 1, 1 + (int) packed[0]);
    }

    /** A ladder with every step cut into equal parts. */
    static double[] finer(double[] ladder, int parts) {
        double[] finer = new double[(ladder.length - 1) * parts + 1];
        for (int i = 0; i < finer.length - 1; i++) {
            double low = ladder[i / parts];
            finer[i] = low + (ladder[i / parts + 1] - low) * (i % parts) / parts;
        }
        finer[finer.length - 1] = ladder[ladder.length - 1];
        return finer;
    }

    /** Forward estimates, combined. */
    Estimate forward(FactorMoves moves, double[] ladder, RunContext context) {
        double[] logZ = new double[runs];
        for (int run = 0; run < runs; run++) {
            double[] one = new double[1];
            double[] key = {run, ladder.length};
            if (context.journal().replay(key, one, 1) < 0) {
                one[0] = climb(
                        moves, ladder, null, context.random().split("forward").split(run), context, run);
                context.journal().record(key, one, 1, 0);
            }
            logZ[run] = one[0];
        }
        return combined(logZ);
    }

    /**
     * The reverse estimate: draws of the posterior descend the same ladder, and are resampled on the way as the climbing ones
     * are.
     *
     * @param posterior draws in any order, {@code [draws x dimension]}; every run takes its share of them, evenly spread
     */
    Estimate reverse(FactorMoves moves, double[] ladder, double[] posterior, RunContext context) {
        int d = moves.form().model().dimension();
        int n = posterior.length / d;
        double[] way = new double[ladder.length];
        Arrays.setAll(way, t -> ladder[ladder.length - 1 - t]);
        double[] log = new double[runs];
        for (int run = 0; run < runs; run++) {
            double[] one = new double[1];
            double[] key = {run, -ladder.length};
            if (context.journal().replay(key, one, 1) < 0) {
                double[] start = new double[particles * d];
                for (int i = 0; i < particles; i++) {
                    int from = (int) (((long) i * runs + run) * n / ((long) particles * runs));
                    System.arraycopy(posterior, from * d, start, i * d, d);
                }
                one[0] = travel(
                        moves,
                        start,
                        way,
                        null,
                        context.random().split("reverse").split(run),
                        context,
                        runs + run);
                context.journal().record(key, one, 1, 0);
            }
            log[run] = one[0];
        }
        Estimate inverse = combined(log);
        return new Estimate(-inverse.logZ(), inverse.error());
    }

    /**
     * ln of the mean of exp. The standard error is that of the delta method, or from the spread of the logarithms if that is
     * larger, combined with half the variance of the mean: what the logarithm of a log-normal mean is too small by.
     */
    private static Estimate combined(double[] logs) {
        int n = logs.length;
        double log = LogSum.of(logs) - Math.log(n);
        double square = 0;
        double mean = Arrays.stream(logs).average().orElseThrow();
        double spread = 0;
        for (double v : logs) {
            square += Math.pow(Math.expm1(v - log), 2);
            spread += (v - mean) * (v - mean);
        }
        double delta = Math.sqrt(square / (n - 1) / n);
        double variance = spread / (n - 1) / n;
        return new Estimate(log, Math.hypot(Math.max(delta, Math.sqrt(variance)), 0.5 * variance));
    }

    /** One run from the prior; rungs are chosen, and added to {@code chosen}, if no ladder is given. */
    private double climb(
            FactorMoves moves, double[] ladder, List<Double> chosen, RandomStream stream, RunContext context, int run) {
        double[] theta =
                moves.form().model().priorDraws(particles, stream.split("prior").generator());
        return travel(moves, theta, ladder, chosen, stream, context, run);
    }

    /**
     * Leads particles along the ladder and returns ln of the product of their mean weights.
     *
     * @param theta {@code [particles x dimension]}, fair draws at the first power of the way, modified
     * @param way powers in order; null to choose them upwards from 0
     */
    private double travel(
            FactorMoves moves,
            double[] theta,
            double[] way,
            List<Double> chosen,
            RandomStream stream,
            RunContext context,
            int run) {
        int d = moves.form().model().dimension();
        double[] log = new double[particles];
        look(moves, theta, log, context.parallel());
        double[] weight = new double[particles];
        double logZ = 0;
        double beta = way != null ? way[0] : 0;
        double end = way != null ? way[way.length - 1] : 1;
        if (chosen != null) {
            chosen.add(0.0);
        }
        RandomSource resampler = stream.split("resample").generator();
        for (int rung = 1; beta != end; rung++) {
            double next = way != null ? way[rung] : next(log, weight, beta);
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
            move(moves, theta, log, beta, stream.split("move").split(rung), context.parallel());
            context.progress().report(status(beta, logZ, rung, run));
        }
        return logZ;
    }

    private Progress.Status status(double beta, double logZ, int rung, int run) {
        return new Progress.Status(
                FactorEngine.NAME,
                (run + Math.sqrt(run < runs ? beta : 1 - beta)) / (2 * runs),
                String.format(java.util.Locale.ROOT, "logZ %.2f at power %.3g", logZ, beta),
                "evidence, ladder " + (run + 1) + " of " + 2 * runs + ", rung " + rung,
                (long) rung * particles * sweeps,
                "ok");
    }

    /** The power at which the fraction that counts has fallen to {@link #KEPT} of what it was. */
    private double next(double[] log, double[] weight, double beta) {
        double low = beta;
        double high = 1;
        if (kept(log, weight, 1 - beta) >= KEPT) {
            return 1;
        }
        for (int i = 0; i < MOST_HALVINGS && high - low > 1e-3 * (low - beta); i++) {
            double middle = 0.5 * (low + high);
            if (kept(log, weight, middle - beta) >= KEPT) {
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

    private void move(
            FactorMoves moves, double[] theta, double[] log, double beta, RandomStream stream, Parallel parallel) {
        int d = moves.form().model().dimension();
        parallel.forRanges(particles, PIECE, (from, to) -> {
            FactorSampler sampler = new FactorSampler(moves);
            for (int i = from; i < to; i++) {
                RandomSource random = stream.split(i).generator();
                sampler.load(theta, i * d);
                for (int s = 0; s < sweeps; s++) {
                    sampler.sweep(random, beta);
                }
                sampler.store(theta, i * d);
                log[i] = sampler.logLikelihood();
            }
        });
    }

    private void look(FactorMoves moves, double[] theta, double[] log, Parallel parallel) {
        int d = moves.form().model().dimension();
        parallel.forRanges(particles, PIECE, (from, to) -> {
            FactorSampler sampler = new FactorSampler(moves);
            for (int i = from; i < to; i++) {
                sampler.load(theta, i * d);
                log[i] = sampler.logLikelihood();
            }
        });
    }
}
