package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** Against divergences known in closed form, with a fixed seed; tolerances are the sum of smoothing and sampling error. */
class InformationTest {
    private static final int DRAWS = 4000;
    private final RandomSource random = RandomStream.of(11).generator();

    private static double[] draw(DoubleSupplier source) {
        return DoubleStream.generate(source).limit(DRAWS).toArray();
    }

    private static double bits(double[] x, double[] prior, boolean logarithmic) {
        double[] w = new double[x.length];
        Arrays.fill(w, 1);
        return Information.bits(x, w, prior, logarithmic);
    }

    /** Uniform prior of length 1, normal posterior well inside: -log2(sd sqrt(2 pi e)). */
    private static double normalInUnit(double sd) {
        return -Math.log(sd * Math.sqrt(2 * Math.PI * Math.E)) / Math.log(2);
    }

    @Test
    void normalPosteriorInUniformPrior() {
        double[] prior = draw(random::nextDouble);
        for (double sd : new double[] {0.1, 0.03, 0.001}) {
            double[] x = draw(() -> 0.4 + sd * random.nextGaussian());
            // A posterior inside one piece of the prior's distribution carries the noise of its 63 draws: 0.18 bits.
            assertEquals(normalInUnit(sd), bits(x, prior, false), sd < 0.02 ? 0.4 : 0.08, "sd " + sd);
        }
    }

    @Test
    void logUniformPriorOverTwelveDecades() {
        double[] prior = draw(() -> Math.pow(10, 12 * random.nextDouble()));
        double[] x = draw(() -> Math.pow(10, 12 * (0.5 + 0.05 * random.nextGaussian())));
        assertEquals(normalInUnit(0.05), bits(x, prior, true), 0.08);
    }

    @Test
    void normalPosteriorUnderNormalPrior() {
        double[] prior = draw(random::nextGaussian);
        double[] x = draw(() -> 0.5 + 0.4 * random.nextGaussian());
        double exact = (Math.log(1 / 0.4) + (0.16 + 0.25 - 1) / 2) / Math.log(2);
        assertEquals(exact, bits(x, prior, false), 0.1);
    }

    @Test
    void aPosteriorEqualToThePriorSaysNothing() {
        assertEquals(0, bits(draw(random::nextGaussian), draw(random::nextGaussian), false), 0.03);
        double[] few = Arrays.copyOf(draw(random::nextDouble), 40);
        assertEquals(0, bits(few, draw(random::nextDouble), false), 0.25);
    }

    @Test
    void degenerateCases() {
        double[] prior = draw(random::nextDouble);
        assertEquals(Information.MOST_BITS, bits(new double[] {0.5, 0.5, 0.5}, prior, false), 1e-9);
        assertEquals(0, bits(new double[] {1, 1}, new double[] {1, 1, 1, 1}, false));
        assertTrue(Double.isNaN(bits(new double[] {1, 1}, new double[] {1, 2, 3}, false)));
        assertTrue(Double.isNaN(Information.bits(new double[] {1}, new double[] {0}, prior, false)));
        assertTrue(bits(new double[] {5e300, -7e300}, prior, false) >= 0);
    }
}
