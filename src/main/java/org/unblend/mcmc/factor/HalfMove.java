package org.unblend.mcmc.factor;

import org.unblend.math.RandomSource;

/** Moves all entries of one factor and leaves their conditional density invariant. Owned by one thread. */
interface HalfMove {

    /**
     * Moves.
     *
     * @param a the factor that moves, {@code [r x p]}, modified
     * @param b the other one, {@code [r x q]}
     * @param ofColumns multiplies the weights of each column, {@code [p]}: what is known of the noise's scale by now
     * @param ofRows multiplies the weights of each row, {@code [q]}
     * @param priors one per component
     * @param beta exponent of the likelihood, 0 to 1
     */
    void move(
            RandomSource random,
            double[][] a,
            double[][] b,
            double[] ofColumns,
            double[] ofRows,
            Shape[] priors,
            double beta);
}
