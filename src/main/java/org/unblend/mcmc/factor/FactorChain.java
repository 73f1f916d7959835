package org.unblend.mcmc.factor;

import org.unblend.density.CompiledModel;
import org.unblend.math.RandomSource;
import org.unblend.mcmc.Chain;

/**
 * A chain of sweeps. In the first half of its warm-up the likelihood's exponent grows from almost nothing to one, so that
 * chains from different draws of the prior find the same mode. Per draw: θ, then the log likelihood.
 */
public final class FactorChain implements Chain {
    private static final double FIRST_POWER = 1e-3;

    private final FactorSampler sampler;
    private final int dimension;
    private final int rise;

    /**
     * A chain by itself, without an engine around it.
     *
     * @param start θ, {@code [dimension]}
     * @param warmup sweeps of warm-up
     * @throws org.unblend.infer.InvalidRequest if the model is no factorisation with known moves
     */
    public static FactorChain of(CompiledModel model, double[] start, int warmup) {
        return new FactorChain(FactorMoves.of(FactorForm.of(model)), start, warmup);
    }

    FactorChain(FactorMoves moves, double[] start, int warmup) {
        this(warmup / 2, moves, start);
    }

    private FactorChain(int rise, FactorMoves moves, double[] start) {
        sampler = new FactorSampler(moves);
        sampler.load(start, 0);
        dimension = start.length;
        this.rise = rise;
    }

    /** A chain that has all of the likelihood from the first sweep on, and so stays in the mode that it begins in. */
    static FactorChain settled(FactorMoves moves, double[] start) {
        return new FactorChain(0, moves, start);
    }

    @Override
    public int width() {
        return dimension + 1;
    }

    @Override
    public double[] state() {
        double[] state = new double[dimension];
        sampler.store(state, 0);
        return state;
    }

    @Override
    public void restore(double[] state) {
        sampler.load(state, 0);
    }

    @Override
    public void step(RandomSource random, int iteration, double[] out, int at) {
        double beta = iteration < rise ? Math.pow(FIRST_POWER, 1 - (iteration + 1.0) / (rise + 1)) : 1;
        sampler.sweep(random, beta);
        sampler.store(out, at);
        out[at + dimension] = sampler.logLikelihood();
    }
}
