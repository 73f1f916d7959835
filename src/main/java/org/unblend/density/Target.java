package org.unblend.density;

import java.util.List;
import java.util.Optional;

/**
 * What a generic engine sees of a problem: parameters, a prior as a map from the unit cube, and a batched log
 * likelihood. Thread-safe. The result for a row depends on that row alone, bit for bit.
 */
public interface Target {

    /** Number of coordinates of the unit cube. */
    int cubeDimension();

    /** Number of parameters; names, in the order of the columns of θ. */
    List<String> names();

    /** Number of parameters. */
    default int dimension() {
        return names().size();
    }

    /**
     * Maps points of the unit cube to parameters such that uniform points give draws of the prior.
     *
     * @param u {@code [rows x cubeDimension]}, each strictly between 0 and 1, not modified
     * @param theta {@code [rows x dimension]}, modified
     */
    void priorTransform(double[] u, double[] theta, int rows);

    /**
     * Natural logarithm of the likelihood, normalisation included.
     *
     * @param theta {@code [rows x dimension]}, not modified
     * @param out {@code [rows]}, modified; never NaN or +infinity, -infinity where the likelihood is zero or the model
     *     failed
     * @return how many of the rows are -infinity because a forward model failed or left its domain
     */
    int logLikelihood(double[] theta, double[] out, int rows);

    /**
     * Coordinates of the unit cube that are periodic: 0 and 1 are the same place. Angles, say. At the walls of the other
     * coordinates nothing need be declared; engines do not propose beyond them and lose nothing there.
     */
    default List<Integer> wrapped() {
        return List.of();
    }

    /** The likelihood as a sum of terms, of which one coordinate touches some, where that is known. */
    default Optional<Parts> parts() {
        return Optional.empty();
    }

    /** Derivatives of the log likelihood over the cube, if there are any. */
    default Optional<CubeGradient> cubeGradient() {
        return Optional.empty();
    }

    /** Everything that determines {@link #logLikelihood} and {@link #priorTransform}, hashed; used to refuse a resume. */
    String fingerprint();
}
