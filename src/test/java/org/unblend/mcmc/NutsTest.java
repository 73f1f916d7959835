package org.unblend.mcmc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.diagnose.Chains;
import org.unblend.infer.RunContext;

/** The no-U-turn sampler on densities whose moments are known. Fixed seeds; tolerances are five standard errors. */
class NutsTest {

    /** A normal density with these standard deviations and the same correlation between all coordinates. */
    private static LogDensity normal(double[] sd, double rho) {
        int d = sd.length;
        // The inverse of (1 - rho) I + rho 11^T by Sherman and Morrison.
        double a = 1 / (1 - rho);
        double b = rho * a / (1 - rho + d * rho);
        return new LogDensity() {
            @Override
            public int dimension() {
                return d;
            }

            @Override
            public double evaluate(double[] z, double[] gradient) {
                double sum = 0;
                for (int i = 0; i < d; i++) {
                    sum += z[i] / sd[i];
                }
                double log = 0;
                for (int i = 0; i < d; i++) {
                    double pull = a * z[i] / sd[i] - b * sum;
                    gradient[i] = -pull / sd[i];
                    log -= 0.5 * pull * z[i] / sd[i];
                }
                return log;
            }
        };
    }

    private static List<double[]> starts(int chains, int d) {
        List<double[]> starts = new ArrayList<>();
        for (int c = 0; c < chains; c++) {
            double[] z = new double[d];
            java.util.Arrays.fill(z, c - 0.5 * chains);
            starts.add(z);
        }
        return starts;
    }

    private static double[] column(Nuts.Drawn drawn, int d, int i) {
        double[] x = new double[drawn.logDensity().length];
        for (int r = 0; r < x.length; r++) {
            x[r] = drawn.z()[r * d + i];
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsTheMomentsOfACorrelatedNormal(boolean dense) {
        double[] sd = {1, 10, 0.1, 1, 3, 1, 1, 1, 1, 1};
        int d = sd.length;
        Nuts nuts = new Nuts(4, 600, 1000, 0.8, dense, 10);
        Nuts.Drawn drawn = nuts.sample(normal(sd, 0.5), starts(4, d), RunContext.of(5));
        for (int i = 0; i < d; i++) {
            double[][] x = drawn.path().split(column(drawn, d, i));
            double[][] squares = drawn.path()
                    .split(java.util.Arrays.stream(column(drawn, d, i))
                            .map(v -> v * v)
                            .toArray());
            double mean = java.util.Arrays.stream(column(drawn, d, i)).average().orElseThrow();
            double square = java.util.Arrays.stream(column(drawn, d, i))
                    .map(v -> v * v)
                    .average()
                    .orElseThrow();
            assertEquals(0, mean, 5 * Chains.mcseMean(x));
            assertEquals(sd[i] * sd[i], square, 5 * Chains.mcseMean(squares));
            assertTrue(Chains.rhat(x) < 1.01, "R-hat " + Chains.rhat(x));
            assertTrue(Chains.essBulk(x) > 800);
        }
    }

    @Test
    void findsTheMomentsOfASkewDensity() {
        // z = ln of a Gamma(3, 1) variate: E z = digamma(3), E exp z = 3.
        LogDensity target = new LogDensity() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public double evaluate(double[] z, double[] gradient) {
                gradient[0] = 3 - Math.exp(z[0]);
                return 3 * z[0] - Math.exp(z[0]);
            }
        };
        Nuts.Drawn drawn = Nuts.STANDARD.sample(target, starts(4, 1), RunContext.of(7));
        double[][] x = drawn.path().split(drawn.z());
        double mean = java.util.Arrays.stream(drawn.z()).average().orElseThrow();
        assertEquals(0.9227843350984671, mean, 5 * Chains.mcseMean(x));
        double[] natural = java.util.Arrays.stream(drawn.z()).map(Math::exp).toArray();
        assertEquals(
                3,
                java.util.Arrays.stream(natural).average().orElseThrow(),
                5 * Chains.mcseMean(drawn.path().split(natural)));
        double[][] energy = drawn.path().split(drawn.path().figures().get("energy"));
        assertTrue(Chains.ebfmi(energy[0]) > 0.3);
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        LogDensity target = normal(new double[] {1, 2, 3}, 0.3);
        Nuts nuts = new Nuts(3, 100, 50, 0.8, true, 10);
        assertArrayEquals(
                nuts.sample(target, starts(3, 3), RunContext.of(1)).z(),
                nuts.sample(target, starts(3, 3), RunContext.of(1)).z());
    }
}
