package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.infer.Progress;
import org.unblend.infer.RunContext;
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
        return Estimate.ofRuns(logZ);
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
        Estimate inverse = Estimate.ofRuns(log);
        return new Estimate(-inverse.logZ(), inverse.error());
    }

    /** One run from the prior; rungs are chosen, and added to {@code chosen}, if no ladder is given. */
    private double climb(
            FactorMoves moves, double[] ladder, List<Double> chosen, RandomStream stream, RunContext context, int run) {
        double[] theta =
                moves.form().model().priorDraws(particles, stream.split("prior").generator());
        return travel(moves, theta, ladder, chosen, stream, context, run);
    }

    /** Leads particles along the ladder; see {@link Climb#travel}. */
    private double travel(
            FactorMoves moves,
            double[] theta,
            double[] way,
            List<Double> chosen,
            RandomStream stream,
            RunContext context,
            int run) {
        Walk walk =
                new Walk(moves.form().model().dimension(), sweeps, () -> new FactorSampler(moves), context.parallel());
        return new Climb(particles, KEPT)
                .travel(
                        walk,
                        theta,
                        way,
                        chosen,
                        stream,
                        (beta, logZ, rung) -> context.progress().report(status(beta, logZ, rung, run)))
                .logZ();
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
}
