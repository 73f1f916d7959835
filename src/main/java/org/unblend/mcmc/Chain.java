package org.unblend.mcmc;

import org.unblend.math.RandomSource;

/**
 * A Markov chain under way. All that its future depends on, besides the random numbers that it is handed, is its
 * {@link #state}, so that a chain can be stopped, kept and taken up again to the last bit.
 */
public interface Chain {

    /** Number of values that {@link #step} reports per draw: the parameters, then the sampler's own figures. */
    int width();

    /** A copy of the state. */
    double[] state();

    /** Takes up a state that {@link #state} gave. */
    void restore(double[] state);

    /**
     * One transition.
     *
     * @param random advanced
     * @param iteration number of the transition, from 0, warm-up included
     * @param out values of the new draw are written to {@code [at, at + width)}
     */
    void step(RandomSource random, int iteration, double[] out, int at);
}
