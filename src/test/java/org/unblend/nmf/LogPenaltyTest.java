package org.unblend.nmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Minima of single entries under log-normal priors against a search on a grid. */
class LogPenaltyTest {
    private static final Penalty PRIOR = new Penalty(0.2, 0.1, 0.3, 1.5, -0.4);

    private static double grid(DoubleUnaryOperator f) {
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (double u = -12; u < 6; u += 1e-4) {
            double value = f.applyAsDouble(Math.exp(u));
            if (value < least) {
                least = value;
                best = u;
            }
        }
        return best;
    }

    @ParameterizedTest
    @CsvSource({"0, -0.8", "2, -3", "2, 3", "1e3, 700"})
    void quadratics(double curvature, double pull) {
        minimum(curvature, pull, PRIOR);
    }

    @ParameterizedTest
    @CsvSource({"40, 200, 0.5, -6", "40, 200, 9, -6", "5, 12, 4, -4", "1e-3, 0.1, 0.2, 0", "100, 30, 2, -3"})
    void quadraticsWithTwoMinima(double curvature, double pull, double bend, double centre) {
        minimum(curvature, pull, new Penalty(0, 0, 0, bend, centre));
    }

    private static void minimum(double curvature, double pull, Penalty prior) {
        double expected = grid(x -> (0.5 * curvature * x - pull) * x + prior.of(x));
        assertEquals(expected, Math.log(prior.minimiser(curvature, pull, 1)), 2e-4);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 2", "1, 0, 2", "1, 1e-3, 50", "0, 3, 2", "0, 0, 2", "0, 1e-3, 50"})
    void majorisers(double beta, double numerator, double denominator) {
        double x = 0.7;
        double expected = grid(y ->
                denominator * y + PRIOR.of(y) + (beta == 1 ? -x * numerator * Math.log(y) : x * x * numerator / y));
        assertEquals(expected, Math.log(Majoriser.step(beta, PRIOR, x, numerator, denominator)), 2e-4);
    }

    @Test
    void theModeIsThatOfTheDensityOfTheEntryItself() {
        Penalty prior = Penalty.logNormal(0.5, 0.8);
        double mode = Math.exp(0.5 - 0.64);
        assertEquals(0, prior.slope(mode), 1e-14);
        assertEquals(
                org.unblend.model.family.LogNormal.FAMILY.logDensity(mode, new double[] {0.5, 0.8})
                        - org.unblend.model.family.LogNormal.FAMILY.logDensity(2, new double[] {0.5, 0.8}),
                prior.of(2) - prior.of(mode),
                1e-13);
        assertTrue(prior.excludesZero());
        assertEquals(Double.POSITIVE_INFINITY, prior.of(0));
    }
}
