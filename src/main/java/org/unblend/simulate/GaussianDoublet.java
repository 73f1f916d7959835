package org.unblend.simulate;

import java.util.Arrays;
import org.unblend.math.Dense;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Exposures of two lines whose ratio varies, on empty sky: the toy problem of Green and Bailey (2024, arXiv:2311.04855,
 * section I). The flux has photon noise and Gaussian noise of each exposure's own standard deviation, 2 to 5, which makes
 * much of it negative.
 *
 * @param position {@code [pixels]}; the lines are at -5 and 5
 * @param flux {@code [pixels x exposures]}, photons
 * @param weights {@code [pixels x exposures]}, inverse variances, exact
 * @param templates {@code [pixels x 2]}, truth
 * @param truth {@code [pixels x exposures]}, flux without noise
 */
public record GaussianDoublet(double[] position, Dense flux, Dense weights, Dense templates, Dense truth) {
    private static final double LINE = 5;
    private static final double WIDTH = 2;
    private static final double PEAK = 40;
    private static final double HALF_RANGE = 25;

    /** The standard deviation of the Gaussian noise of an exposure is uniform between these. */
    private static final double QUIETEST = 2;

    private static final double LOUDEST = 5;

    /**
     * Simulates exposures. Equal streams give equal exposures.
     *
     * @throws IllegalArgumentException unless there are two pixels and an exposure
     */
    public static GaussianDoublet simulate(int pixels, int exposures, RandomStream random) {
        if (pixels < 2 || exposures < 1) {
            throw new IllegalArgumentException(
                    "a doublet needs 2 pixels and an exposure, got " + pixels + " and " + exposures);
        }
        double[] position = new double[pixels];
        Arrays.setAll(position, i -> HALF_RANGE * ((2 * i + 1.0) / pixels - 1));
        Dense templates = Dense.zeros(pixels, 2);
        Dense flux = Dense.zeros(pixels, exposures);
        Dense weights = Dense.zeros(pixels, exposures);
        Dense truth = Dense.zeros(pixels, exposures);
        for (int i = 0; i < pixels; i++) {
            templates.row(i)[0] = profile(position[i] + LINE);
            templates.row(i)[1] = profile(position[i] - LINE);
        }
        for (int j = 0; j < exposures; j++) {
            RandomSource source = random.split(j).generator();
            double ratio = 0.5 + 1.5 * source.nextOpen();
            double sd = QUIETEST + (LOUDEST - QUIETEST) * source.nextOpen();
            for (int i = 0; i < pixels; i++) {
                double mean = templates.get(i, 0) + ratio * templates.get(i, 1);
                truth.row(i)[j] = mean;
                flux.row(i)[j] = PoissonDraw.next(source, mean) + sd * source.nextGaussian();
                weights.row(i)[j] = 1 / (mean + sd * sd);
            }
        }
        return new GaussianDoublet(position, flux, weights, templates, truth);
    }

    private static double profile(double x) {
        return PEAK * Math.exp(-0.5 * x * x / (WIDTH * WIDTH));
    }
}
