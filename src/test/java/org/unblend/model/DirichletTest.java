package org.unblend.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.family.Beta;

class DirichletTest {
    private static final double[] ALPHA = {2, 3.5, 0.8};
    private static final int DRAWS = 4000;

    @Test
    void densityIntegratesToOne() {
        double[] alpha = {2, 3.5, 1.5};
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(60);
        double total = rule.integrate(s -> {
            double x = 0.5 * (1 + s);
            return 0.25
                    * (1 - x)
                    * rule.integrate(t -> {
                        double y = (1 - x) * 0.5 * (1 + t);
                        return Math.exp(Dirichlet.logDensity(new double[] {x, y, 1 - x - y}, alpha));
                    });
        });
        // Half-integer powers at the edge bound the rule's accuracy.
        assertEquals(1, total, 1e-5);
    }

    @Test
    void twoEntriesAreABetaDistribution() {
        double[] alpha = {0.7, 4};
        double[] x = new double[2];
        for (double u : new double[] {1e-12, 0.1, 0.5, 0.999}) {
            Dirichlet.fromCube(new double[] {u}, alpha, x);
            assertEquals(Beta.FAMILY.quantile(u, alpha), x[0], 1e-13 * x[0]);
            assertEquals(Beta.FAMILY.logDensity(x[0], alpha), Dirichlet.logDensity(x, alpha), 1e-9);
        }
        assertEquals(Math.log(2), Dirichlet.logDensity(new double[] {0.2, 0.3, 0.5}, new double[] {1, 1, 1}), 1e-14);
    }

    @Test
    void drawsHaveTheirMarginalsAndCovariances() {
        RandomSource random = RandomStream.of(5).generator();
        double[] u = new double[ALPHA.length - 1];
        followsTheLaw(x -> Dirichlet.draw(random, ALPHA, x));
        followsTheLaw(x -> {
            Arrays.setAll(u, i -> random.nextOpen());
            Dirichlet.fromCube(u, ALPHA, x);
        });
    }

    @Test
    void aDrawOfOtherConcentrationsIsCaught() {
        RandomSource random = RandomStream.of(5).generator();
        double[] wrong = {4, 7, 1.6};
        assertThrows(AssertionError.class, () -> followsTheLaw(x -> Dirichlet.draw(random, wrong, x)));
    }

    /** Entry i is Beta(α_i, α_0 - α_i); Cov(x_i, x_j) = -α_i α_j / (α_0^2 (α_0 + 1)). False-alarm rate below 1e-5. */
    private static void followsTheLaw(Consumer<double[]> draw) {
        int k = ALPHA.length;
        double total = Arrays.stream(ALPHA).sum();
        double[][] columns = new double[k][DRAWS];
        double[] x = new double[k];
        for (int n = 0; n < DRAWS; n++) {
            draw.accept(x);
            assertEquals(1, Arrays.stream(x).sum(), 1e-14);
            for (int i = 0; i < k; i++) {
                columns[i][n] = x[i];
            }
        }
        for (int i = 0; i < k; i++) {
            double[] beta = {ALPHA[i], total - ALPHA[i]};
            double[] sorted = columns[i].clone();
            Arrays.sort(sorted);
            double distance = 0;
            for (int n = 0; n < DRAWS; n++) {
                distance = Math.max(distance, Math.abs(Beta.FAMILY.cdf(sorted[n], beta) - (n + 0.5) / DRAWS));
            }
            // Kolmogorov-Smirnov at 1e-6 for each entry.
            assertTrue(distance < Math.sqrt(Math.log(2e6) / (2 * DRAWS)), "entry " + i + ": D = " + distance);
        }
        double[] product = new double[DRAWS];
        double expected = ALPHA[0] * ALPHA[1] / (total * (total + 1));
        Arrays.setAll(product, n -> columns[0][n] * columns[1][n]);
        double mean = Arrays.stream(product).average().orElseThrow();
        double variance =
                Arrays.stream(product).map(v -> (v - mean) * (v - mean)).sum() / DRAWS;
        // 5 standard errors: 6e-7.
        assertEquals(expected, mean, 5 * Math.sqrt(variance / DRAWS), "mean of the product of two entries");
    }

    @Test
    void smallConcentrationsStayInside() {
        double[] alpha = {1e-3, 1e-3, 1e-3, 2e-3};
        RandomSource random = RandomStream.of(6).generator();
        double[] x = new double[4];
        for (int n = 0; n < 200; n++) {
            if (n % 2 == 0) {
                Dirichlet.draw(random, alpha, x);
            } else {
                Dirichlet.fromCube(new double[] {random.nextOpen(), random.nextOpen(), random.nextOpen()}, alpha, x);
            }
            assertTrue(Arrays.stream(x).allMatch(v -> v > 0 && v <= 1), () -> Arrays.toString(x));
            assertEquals(1, Arrays.stream(x).sum(), 1e-14);
            assertTrue(Double.isFinite(Dirichlet.logDensity(x, alpha)));
        }
    }

    @Test
    void gradientMatchesDifferences() {
        double[] x = {0.2, 0.5, 0.3};
        double[] dx = new double[3];
        double[] dAlpha = new double[3];
        Dirichlet.gradient(x, ALPHA, dx, dAlpha);
        double h = 1e-5;
        for (int i = 0; i < 3; i++) {
            int at = i;
            double slope = (moved(ALPHA, at, h, a -> Dirichlet.logDensity(x, a))
                            - moved(ALPHA, at, -h, a -> Dirichlet.logDensity(x, a)))
                    / (2 * h);
            assertEquals(slope, dAlpha[i], 1e-8 * Math.abs(slope) + 1e-9);
        }
        // Along the simplex: entry 0 grows at the cost of entry 1.
        double up = Dirichlet.logDensity(new double[] {0.2 + h, 0.5 - h, 0.3}, ALPHA);
        double down = Dirichlet.logDensity(new double[] {0.2 - h, 0.5 + h, 0.3}, ALPHA);
        assertEquals((up - down) / (2 * h), dx[0] - dx[1], 1e-8);
    }

    private static double moved(double[] v, int i, double step, ToDoubleFunction<double[]> f) {
        double[] w = v.clone();
        w[i] += step;
        return f.applyAsDouble(w);
    }

    @Test
    void outsideTheSimplexAndWrongArguments() {
        double none = Double.NEGATIVE_INFINITY;
        assertEquals(none, Dirichlet.logDensity(new double[] {0.5, 0.6, -0.1}, ALPHA));
        assertEquals(none, Dirichlet.logDensity(new double[] {0.5, 0.4, 0.2}, ALPHA));
        assertEquals(none, Dirichlet.logDensity(new double[] {0, 0.5, 0.5}, ALPHA));
        assertEquals(Double.POSITIVE_INFINITY, Dirichlet.logDensity(new double[] {0.5, 0.5, 0}, ALPHA));
        assertEquals(none, Dirichlet.logDensity(new double[] {0, 1, 0}, ALPHA));
        assertEquals(Double.NaN, Dirichlet.logDensity(new double[] {0.5, Double.NaN, 0.5}, ALPHA));
        assertEquals(Double.NaN, Dirichlet.logDensity(new double[] {0.5, 0.5}, new double[] {1, 0}));
        for (double bad : List.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
            assertThrows(InvalidModel.class, () -> Dirichlet.over("component").concentration(bad));
        }
        assertEquals(
                new Dirichlet(Arg.of("a"), "component"),
                Dirichlet.over("component").concentration("a"));
        double[] one = new double[1];
        Dirichlet.fromCube(new double[0], new double[] {3}, one);
        assertArrayEquals(new double[] {1}, one);
    }
}
