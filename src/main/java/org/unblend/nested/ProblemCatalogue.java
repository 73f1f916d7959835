package org.unblend.nested;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unblend.math.Cholesky;

/**
 * The validation problems of nested sampling with their true evidences, from 1 to 100 dimensions. No coordinate of any of
 * them is periodic. Each value is recomputed in the tests, by quadrature or from a formula.
 */
public final class ProblemCatalogue {
    private static final int ROWS = 24;
    private static final double NOISE = 0.25;

    private ProblemCatalogue() {}

    /** All problems, in the order in which tables show them. */
    public static List<Problems.Problem> all() {
        return Stream.concat(
                        Stream.of(
                                Problems.shells(2, -1.745642),
                                Problems.shells(5, -5.673601),
                                Problems.shells(10, -14.590491),
                                Problems.shells(20, -36.086548),
                                Problems.shells(30, -60.127767),
                                Problems.eggbox(),
                                Problems.gauss(5, 0.95),
                                Problems.gauss(20, 0.5),
                                Problems.gauss(50, 0.4),
                                Problems.gauss(100, 0.4),
                                Problems.rosenbrock(2, -5.8041324),
                                Problems.rosenbrock(4, -15.1016907),
                                Problems.rosenbrock(8, -33.721616),
                                Problems.loggamma(2),
                                Problems.loggamma(10),
                                Problems.loggamma(20),
                                Problems.spikeSlab(5),
                                Problems.spikeSlab(10),
                                Problems.funnel5(),
                                Problems.cake4()),
                        IntStream.rangeClosed(0, 5).mapToObj(ProblemCatalogue::regression))
                .toList();
    }

    /**
     * The problem with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Problems.Problem named(String name) {
        return all().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no problem '" + name + "'; there are "
                        + all().stream().map(Problems.Problem::name).toList()));
    }

    /**
     * Model choice: polynomials of degree p against 24 points of a cubic with a ripple, with the closed-form evidence.
     *
     * @param p 0 to 5
     */
    static Problems.Problem regression(int p) {
        double[] x = new double[ROWS];
        double[] y = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x[i] = -1 + 2.0 * i / (ROWS - 1);
            y[i] = 0.4 + x[i] * (-0.9 + x[i] * (0.3 + 1.7 * x[i])) + 0.2 * Math.sin(9 * x[i]);
        }
        return new Problems.Problem("regression" + p, Problems.regression(x, y, p), regressionLogZ(x, y, p));
    }

    /** {@code ln N(y; 0, 0.25^2 I + 4 Phi Phi^T)} with {@code Phi_ij = x_i^j}: normal noise and normal priors of sd 2. */
    static double regressionLogZ(double[] x, double[] y, int p) {
        int n = x.length;
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = i == j ? NOISE * NOISE : 0;
                for (int k = 0; k <= p; k++) {
                    sum += 4 * Math.pow(x[i] * x[j], k);
                }
                covariance[i * n + j] = sum;
            }
        }
        double[] factor = Cholesky.factor(covariance, n);
        double[] inverse = Cholesky.invert(factor, n);
        double[] white = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                white[i] += inverse[i * n + j] * y[j];
            }
        }
        return -0.5 * (Arrays.stream(white).map(w -> w * w).sum() + n * Math.log(2 * Math.PI))
                - Cholesky.logDeterminant(factor, n);
    }
}
