package org.unblend.density;

/**
 * Derivatives of a log likelihood by the coordinates of the unit cube, through the prior transform. Thread-safe; the result
 * for a row depends on that row alone, bit for bit.
 */
@FunctionalInterface
public interface CubeGradient {

    /**
     * {@code ∂ ln L(θ(u)) / ∂ u_i}, row by row.
     *
     * @param u {@code [rows x cubeDimension]}, each strictly between 0 and 1, not modified
     * @param theta the parameters to which the prior transform maps {@code u}, {@code [rows x dimension]}, not modified
     * @param out {@code [rows x cubeDimension]}, modified; not finite, or zero, where there is no derivative
     */
    void apply(double[] u, double[] theta, double[] out, int rows);
}
