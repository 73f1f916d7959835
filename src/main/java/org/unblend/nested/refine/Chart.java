package org.unblend.nested.refine;

import java.util.Optional;
import org.unblend.math.RandomSource;

/**
 * The coordinates of a proposal: those of the cube or probits of them, as they are or straightened. Straightening keeps
 * volumes, so densities need no Jacobian.
 *
 * @param space what is straightened
 * @param bend how, if at all
 * @param d dimension
 */
record Chart(Space space, Optional<Bend> bend, int d) {

    /** Coordinates of points of the unit cube, {@code [points x d]}. */
    double[] of(double[] u) {
        double[] y = space.of(u);
        for (int at = 0; bend.isPresent() && at < y.length; at += d) {
            bend.get().straighten(y, at);
        }
        return y;
    }

    /** Points of the unit cube; meaningful where {@link #logPrior} is finite. */
    double[] toCube(double[] y) {
        double[] z = y.clone();
        for (int at = 0; bend.isPresent() && at < z.length; at += d) {
            bend.get().bend(z, at);
        }
        return space.toCube(z);
    }

    /** ln of the prior density at {@code y[at...]}. */
    double logPrior(double[] y, int at) {
        if (bend.isEmpty()) {
            return space.logPrior(y, at, d);
        }
        double[] z = new double[d];
        System.arraycopy(y, at, z, 0, d);
        bend.get().bend(z, 0);
        return space.logPrior(z, 0, d);
    }

    /** Draws from the prior into {@code y[at...]}. */
    void drawPrior(RandomSource random, double[] y, int at) {
        for (int j = at; j < at + d; j++) {
            y[j] = space == Space.CUBE ? random.nextOpen() : random.nextGaussian();
        }
        bend.ifPresent(b -> b.straighten(y, at));
    }

    /** The same space with the bend of these points of the cube, if they are bent. */
    Optional<Chart> straightening(Cloud cloud) {
        return BendFit.of(space.of(cloud.u()), cloud.weight(), d).map(b -> new Chart(space, Optional.of(b), d));
    }

    String words() {
        return (bend.isPresent() ? "straightened " : "")
                + (space == Space.CUBE ? bend.isPresent() ? "coordinates" : "the unit cube" : "probit space");
    }
}
