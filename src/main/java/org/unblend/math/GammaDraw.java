package org.unblend.math;

/** Draws of gamma variates. */
public final class GammaDraw {

    private GammaDraw() {}

    /**
     * The logarithm of a draw from the gamma distribution with this shape and rate 1 (Marsaglia and Tsang 2000, ACM TOMS
     * 26, 363). The logarithm, because draws of small shapes underflow.
     *
     * @param shape above 0
     */
    public static double log(RandomSource random, double shape) {
        if (shape < 1) {
            return log(random, shape + 1) + Math.log(random.nextOpen()) / shape;
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double cube = Math.pow(1 + c * z, 3);
            if (cube > 0 && Math.log(random.nextOpen()) < 0.5 * z * z + d * (1 - cube + Math.log(cube))) {
                return Math.log(d) + Math.log(cube);
            }
        }
    }
}
