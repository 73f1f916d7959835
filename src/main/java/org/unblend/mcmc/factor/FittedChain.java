package org.unblend.mcmc.factor;

import org.unblend.math.RandomSource;
import org.unblend.mcmc.Relabelling;

/**
 * A chain to whose draws a density is fitted. Large counts that are split among components hold entries where they are; most
 * sweeps therefore are Metropolis steps, which see the likelihood itself, and some split counts, which brings entries back that
 * have become tiny.
 */
final class FittedChain {
    private static final double FIRST_POWER = 1e-3;
    /** One sweep of so many splits counts. */
    private static final int SPLIT = 4;
    /** So close to one that no result shows it; at one itself sweeps split counts. */
    private static final double ALMOST = 1 - 1e-12;

    /** Sweeps per draw. */
    private static final int THIN = 4;

    private final FactorMoves moves;
    private final FactorSampler sampler;
    private final int d;

    FittedChain(FactorMoves moves) {
        this.moves = moves;
        sampler = new FactorSampler(moves);
        d = moves.form().model().dimension();
    }

    /** Begins at a draw of the prior; the power of the likelihood grows over half of the sweeps. */
    void begin(RandomSource random, int sweeps) {
        sampler.load(moves.form().model().priorDraws(1, random), 0);
        for (int s = 0; s < sweeps / 2; s++) {
            sampler.sweep(random, Math.pow(FIRST_POWER, 1 - (s + 1.0) / (sweeps / 2 + 1)));
        }
        go(random, sweeps - sweeps / 2);
    }

    /** Moves on. */
    void go(RandomSource random, int sweeps) {
        for (int s = 0; s < sweeps; s++) {
            sampler.sweep(random, s % SPLIT == 0 ? 1 : ALMOST);
        }
    }

    /** Draws, and fits. */
    FittedDensity fit(RandomSource random, int draws) {
        double[] theta = new double[draws * d];
        double[] log = new double[draws];
        for (int s = 0; s < draws; s++) {
            go(random, THIN);
            sampler.store(theta, s * d);
            log[s] = sampler.logLikelihood();
        }
        Relabelling.of(moves.form().model()).ifPresent(labels -> labels.align(theta, log));
        return new FittedDensity(moves.form(), theta);
    }
}
