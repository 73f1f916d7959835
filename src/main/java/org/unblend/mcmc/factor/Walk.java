package org.unblend.mcmc.factor;

import java.util.function.Supplier;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * How particles move at a power of a path {@code p_beta = p_0 exp(beta log)}, and the logarithm that it is the power of.
 *
 * @param dimension numbers per particle
 * @param sweeps of each move
 * @param walkers gives each thread one of its own
 * @param parallel where particles are spread; no bit depends on it
 */
record Walk(int dimension, int sweeps, Supplier<? extends Walker> walkers, Parallel parallel) {
    private static final int PIECE = 4;

    /** One particle at a time. */
    interface Walker {
        /** Takes up the state at {@code from[at ...]}. */
        void load(double[] from, int at);

        /** Writes the state to {@code to[at ...]}. */
        void store(double[] to, int at);

        /** Moves every unknown once, by something that leaves {@code p_beta} invariant. */
        void sweep(RandomSource random, double beta);

        /** The logarithm, in the class's formula, of the state. */
        double raised();
    }

    /**
     * Looks where the particles are.
     *
     * @param theta {@code [particles x dimension]}
     * @param log {@code [particles]}, replaced
     */
    void look(double[] theta, double[] log) {
        parallel.forRanges(log.length, PIECE, (from, to) -> {
            Walker walker = walkers.get();
            for (int i = from; i < to; i++) {
                walker.load(theta, i * dimension);
                log[i] = walker.raised();
            }
        });
    }

    /**
     * Moves every particle.
     *
     * @param theta {@code [particles x dimension]}, modified
     * @param log {@code [particles]}, replaced
     */
    void move(double[] theta, double[] log, double beta, RandomStream stream) {
        parallel.forRanges(log.length, PIECE, (from, to) -> {
            Walker walker = walkers.get();
            for (int i = from; i < to; i++) {
                RandomSource random = stream.split(i).generator();
                walker.load(theta, i * dimension);
                for (int s = 0; s < sweeps; s++) {
                    walker.sweep(random, beta);
                }
                walker.store(theta, i * dimension);
                log[i] = walker.raised();
            }
        });
    }
}
