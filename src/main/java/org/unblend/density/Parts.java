package org.unblend.density;

import java.util.List;
import org.unblend.math.RandomSource;

/**
 * A likelihood as a product of terms, most of them untouched when few coordinates of the unit cube move. Immutable and
 * thread-safe.
 */
public interface Parts {

    /**
     * Coordinates that touch the same terms.
     *
     * @param name of the parameters that they belong to
     * @param coordinates of the unit cube, ascending; kept and not to be modified
     * @param share the part of the likelihood that has to be evaluated again when they move, from 0 to 1; 1 where an
     *     operation can only be evaluated as a whole, as forward models can
     */
    record Block(String name, int[] coordinates, double share) {}

    /**
     * A coordinate of a parameter that reaches the data only as an argument of the priors of others. It can move while these keep
     * their values, and with them the likelihood; their coordinates then follow.
     *
     * @param name of its parameter
     * @param coordinate of the unit cube
     * @param share as that of a block
     */
    record Glide(String name, int coordinate, double share) {}

    /** The blocks, each coordinate in one of them, and last a block of all coordinates. */
    List<Block> blocks();

    /** Coordinates that can glide. */
    List<Glide> glides();

    /**
     * A point that moves, beginning here.
     *
     * @param u {@code [cubeDimension]}, each strictly between 0 and 1, copied
     */
    Moving at(double[] u);

    /**
     * A point of the unit cube that keeps what is known of it, and evaluates again only what a move touches. Its log
     * likelihood is that of {@link Target#logLikelihood}, bit for bit, whatever the way by which it came: terms are kept
     * and summed in their order, sums are never adjusted. For one thread at a time.
     */
    interface Moving {

        /** The position, of the proposal if there is one, {@code [cubeDimension]}; not to be modified. */
        double[] position();

        /**
         * Proposes another position and finds its parameters. Ended by {@link #accept} or {@link #refuse}.
         *
         * @param block the block that moves
         * @param u its coordinates in the order of the block, each strictly between 0 and 1, not modified
         */
        void propose(int block, double[] u);

        /**
         * Proposes a place of one coordinate with the values of the parameters below it kept, drawn by a slice of what is
         * uniform in the cube: in terms of the coordinate t and these values θ that is the density p(θ | t). No likelihood is asked
         * for. It differs from what it was by rounding at most, but where the coordinates that follow cannot tell values
         * in a far tail apart; so it has to be judged as that of any proposal. Where nothing can be found the present
         * position is proposed.
         *
         * @param glide which one
         * @param length of the first interval of the slice
         * @param random advanced
         */
        void glide(int glide, double length, RandomSource random);

        /** Parameters of the proposal, or of the present position if there is none, {@code [dimension]}; not to be modified. */
        double[] theta();

        /** Log likelihood of the proposal; may be left out if it is known already. */
        double logLikelihood();

        /** True if {@link #logLikelihood} was -infinity because a forward model failed or left its domain. */
        boolean failed();

        /** Moves to the proposal. */
        void accept();

        /** Stays. */
        void refuse();
    }
}
