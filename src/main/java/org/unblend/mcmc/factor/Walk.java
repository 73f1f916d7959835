package org.unblend.mcmc.factor;

import org.unblend.math.RandomStream;

/** How particles move at a power of a path {@code p_beta = p_0 exp(beta log)}, and the logarithm that it is the power of. */
interface Walk {
    /** Numbers per particle. */
    int dimension();

    /**
     * Looks where the particles are.
     *
     * @param theta {@code [particles x dimension]}
     * @param log {@code [particles]}, replaced
     */
    void look(double[] theta, double[] log);

    /**
     * Moves every particle by something that leaves {@code p_beta} invariant.
     *
     * @param theta {@code [particles x dimension]}, modified
     * @param log {@code [particles]}, replaced
     */
    void move(double[] theta, double[] log, double beta, RandomStream stream);
}
