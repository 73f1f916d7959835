package org.unblend.nested.refine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class ChartTest {
    private static final int D = 3;
    private static final int POINTS = 2000;

    /** A bent ridge, {@code b = 0.4 + 2 (a - 0.5)^2} and noise: from the first coordinate to the last or the other way. */
    private static Cloud ridge(boolean backwards) {
        RandomSource random = RandomStream.of(3).generator();
        double[] u = new double[POINTS * D];
        for (int i = 0; i < POINTS; i++) {
            double a = 0.5 + 0.1 * random.nextGaussian();
            double b = 0.4 + 2 * (a - 0.5) * (a - 0.5) + 0.005 * random.nextGaussian();
            double c = 0.5 + 0.05 * random.nextGaussian();
            u[i * D] = backwards ? b : a;
            u[i * D + 1] = c;
            u[i * D + 2] = backwards ? a : b;
        }
        double[] equal = new double[POINTS];
        Arrays.fill(equal, 1.0 / POINTS);
        return new Cloud(u, new double[POINTS], equal, D);
    }

    private static Chart straight(Space space, boolean backwards) {
        return new Chart(space, Optional.empty(), D)
                .straightening(ridge(backwards))
                .orElseThrow();
    }

    /** The noise of the ridge is what remains of it: 0.005 within four standard errors (4 * 0.005 / sqrt(2 * 2000)). */
    @Test
    void ridgesBecomeStraightInEitherOrder() {
        for (boolean backwards : new boolean[] {false, true}) {
            double[] y = straight(Space.CUBE, backwards).of(ridge(backwards).u());
            int bent = backwards ? 0 : 2;
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < POINTS; i++) {
                mean += y[i * D + bent] / POINTS;
                squares += y[i * D + bent] * y[i * D + bent] / POINTS;
            }
            assertEquals(0.005, Math.sqrt(squares - mean * mean), 4 * 0.005 / Math.sqrt(2 * POINTS));
        }
    }

    @ParameterizedTest
    @EnumSource(Space.class)
    void thereAndBackIsTheSamePlaceAndKeepsVolumes(Space space) {
        Chart chart = straight(space, false);
        double[] u = ridge(false).u();
        assertArrayEquals(u, chart.toCube(chart.of(u)), 1e-12);
        for (int at = 0; at < 20 * D; at += D) {
            double[] z = space.of(Arrays.copyOfRange(u, at, at + D));
            double[][] jacobian = new double[D][D];
            for (int j = 0; j < D; j++) {
                double[] more = z.clone();
                double[] less = z.clone();
                more[j] += 1e-5;
                less[j] -= 1e-5;
                chart.bend().orElseThrow().straighten(more, 0);
                chart.bend().orElseThrow().straighten(less, 0);
                for (int i = 0; i < D; i++) {
                    jacobian[i][j] = (more[i] - less[i]) / 2e-5;
                }
            }
            assertEquals(1, new LUDecomposition(new Array2DRowRealMatrix(jacobian)).getDeterminant(), 1e-6);
        }
    }

    /** Draws of a straightened prior are those of the prior: mean squares within four standard errors (4 in 10,000 false alarms). */
    @ParameterizedTest
    @EnumSource(Space.class)
    void thePriorStaysThePrior(Space space) {
        Chart chart = straight(space, false);
        RandomSource random = RandomStream.of(4).generator();
        double[] y = new double[POINTS * D];
        for (int i = 0; i < POINTS; i++) {
            chart.drawPrior(random, y, i * D);
            assertTrue(chart.logPrior(y, i * D) > Double.NEGATIVE_INFINITY);
        }
        double[] u = chart.toCube(y);
        double[] squares = new double[D];
        for (int i = 0; i < u.length; i++) {
            assertTrue(u[i] > 0 && u[i] < 1);
            squares[i % D] += u[i] * u[i] / POINTS;
        }
        for (int j = 0; j < D; j++) {
            // The variance of the square of a uniform number is 4/45.
            assertEquals(1.0 / 3, squares[j], 4 * Math.sqrt(4.0 / 45 / POINTS));
        }
    }

    /** A correlated normal cloud is not bent: chance would have to narrow it by 18 %, which it never does with 2000 points. */
    @Test
    void whatIsStraightStays() {
        RandomSource random = RandomStream.of(5).generator();
        double[] u = new double[POINTS * D];
        for (int i = 0; i < POINTS; i++) {
            double common = random.nextGaussian();
            for (int j = 0; j < D; j++) {
                u[i * D + j] = 0.5 + 0.05 * (common + random.nextGaussian());
            }
        }
        double[] equal = new double[POINTS];
        Arrays.fill(equal, 1.0 / POINTS);
        Chart plain = new Chart(Space.CUBE, Optional.empty(), D);
        assertEquals(Optional.empty(), plain.straightening(new Cloud(u, new double[POINTS], equal, D)));
    }
}
