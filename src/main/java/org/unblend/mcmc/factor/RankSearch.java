package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.unblend.density.CompiledModel;
import org.unblend.infer.RunContext;

/**
 * Evidences of factorisations of several ranks, each as precise as the posterior of the rank needs it: all ranks climb a coarse
 * ladder from prior to posterior; those that may still have a share in the posterior climb a finer one, and a still finer one
 * unless only one is left or errors no longer matter.
 *
 * <p>Estimates from coarse ladders are too small, by nats for Normal noise and by tens of them for others, because particles lag
 * behind; their scatter tells, and half its square is part of the error ({@link TemperedEvidence}). A rank is left alone where
 * three errors do not bring it near the best.
 *
 * @param from smallest rank, at least 1
 * @param to largest rank
 * @param particles of each tempered run, at least 4: at equal cost few that take many small steps lag less
 * @param runs independent runs of each evidence, at least 2
 */
public record RankSearch(int from, int to, int particles, int runs) {
    /** A rank this far below the best, beyond its errors, has a hundredth of its probability. */
    private static final double FAR = 4.6;

    private static final double ERRORS = 2;

    /** An error of an evidence that no longer matters. */
    private static final double SMALL = 0.7;

    /** Into how many parts the steps of the coarsest ladder are cut. */
    private static final int[] FINER = {1, 10, 30};

    /** Particles that choose the coarsest ladder, if runs have fewer. */
    private static final int OF_PILOT = 8;

    /**
     * The posterior of the rank, with the evidences and their errors.
     *
     * @param model the model of a rank
     */
    public RankPosterior of(IntFunction<CompiledModel> model, RunContext context) {
        int n = to - from + 1;
        FactorMoves[] moves = new FactorMoves[n];
        double[][] ladders = new double[n][];
        Estimate[] found = new Estimate[n];
        TemperedEvidence pilot = new TemperedEvidence(Math.max(OF_PILOT, particles), 1, runs);
        TemperedEvidence road = new TemperedEvidence(particles, 1, runs);
        for (int level = 0; level < FINER.length; level++) {
            boolean[] wanted = wanted(found, level);
            for (int t = 0; t < n; t++) {
                if (!wanted[t]) {
                    continue;
                }
                RunContext own = own(context, from + t, level);
                if (level == 0) {
                    moves[t] =
                            FactorMoves.of(FactorForm.of(model.apply(from + t)).full());
                    ladders[t] = pilot.ladder(moves[t], own);
                }
                found[t] = road.forward(moves[t], TemperedEvidence.finer(ladders[t], FINER[level]), own);
            }
        }
        return new RankPosterior(
                IntStream.rangeClosed(from, to).toArray(),
                Arrays.stream(found).mapToDouble(Estimate::logZ).toArray(),
                Arrays.stream(found).mapToDouble(Estimate::error).toArray());
    }

    /** Which evidences must become more precise. */
    private static boolean[] wanted(Estimate[] found, int level) {
        boolean[] wanted = new boolean[found.length];
        if (level == 0) {
            Arrays.fill(wanted, true);
            return wanted;
        }
        boolean[] near = near(found);
        int left = 0;
        for (boolean n : near) {
            left += n ? 1 : 0;
        }
        for (int t = 0; t < found.length; t++) {
            wanted[t] = near[t] && (level == 1 || left > 1) && found[t].error() > SMALL;
        }
        return wanted;
    }

    /** Which ranks may have a share in the posterior. */
    private static boolean[] near(Estimate[] found) {
        Estimate best = Arrays.stream(found)
                .reduce((a, b) -> b.logZ() > a.logZ() ? b : a)
                .orElseThrow();
        boolean[] near = new boolean[found.length];
        for (int t = 0; t < found.length; t++) {
            double error = Math.hypot(found[t].error(), best.error());
            near[t] = found[t] == best || found[t].logZ() + ERRORS * error > best.logZ() - FAR;
        }
        return near;
    }

    private RunContext own(RunContext context, int rank, int level) {
        int n = to - from + 1;
        return context.part(
                context.random().split(rank).split(level),
                part -> (level + (rank - from + Math.min(1, 2 * part)) / n) / FINER.length,
                "rank " + rank);
    }
}
