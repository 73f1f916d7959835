package org.unblend.density;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A target made of plain functions.
 *
 * <pre>{@code
 * Target t = FunctionTarget.ofCube(2, (u, out, rows) -> {
 *     for (int i = 0; i < rows; i++) {
 *         out[i] = -50 * (sq(u[2 * i] - 0.5) + sq(u[2 * i + 1] - 0.5));
 *     }
 * });
 * }</pre>
 *
 * @param cubeDimension number of coordinates of the unit cube, at least 1
 * @param names names of the parameters, at least one; there may be more of them than coordinates: quantities that follow
 *     from others (derived ones) are columns that {@code prior} fills and {@code likelihood} may ignore
 * @param prior map from the cube to the parameters
 * @param likelihood log likelihood of the parameters
 * @param fingerprint text that changes whenever the functions do: code cannot be hashed
 * @param wrapped coordinates of the cube that are periodic
 * @param gradient derivatives of the likelihood by the parameters, if they are known
 */
public record FunctionTarget(
        int cubeDimension,
        List<String> names,
        PriorTransform prior,
        LogLikelihood likelihood,
        String fingerprint,
        List<Integer> wrapped,
        Optional<Gradient> gradient)
        implements Target {

    /** Relative to the distance from the nearer wall. */
    private static final double STEP = 1e-4;

    /** A map from the unit cube to parameters; see {@link Target#priorTransform}. Thread-safe. */
    @FunctionalInterface
    public interface PriorTransform {
        void apply(double[] u, double[] theta, int rows);
    }

    /** A batched log likelihood; see {@link Target#logLikelihood}. Thread-safe. */
    @FunctionalInterface
    public interface LogLikelihood {
        void apply(double[] theta, double[] out, int rows);
    }

    /**
     * Derivatives of a batched log likelihood by the parameters: {@code out[r d + i] = ∂ ln L / ∂ θ_i} of row r, where d is
     * the number of parameters. Thread-safe.
     */
    @FunctionalInterface
    public interface Gradient {
        void apply(double[] theta, double[] out, int rows);
    }

    /** The log likelihood of one point. Thread-safe. */
    @FunctionalInterface
    public interface PointLogLikelihood {
        double apply(double[] theta);
    }

    public FunctionTarget {
        names = List.copyOf(names);
        wrapped = List.copyOf(wrapped);
        for (int i : wrapped) {
            if (i < 0 || i >= cubeDimension) {
                throw new IllegalArgumentException(
                        "coordinate " + i + " cannot be periodic: there are " + cubeDimension + ", counted from 0");
            }
        }
        if (cubeDimension < 1 || names.isEmpty()) {
            throw new IllegalArgumentException("a target needs at least one cube coordinate and one parameter, got "
                    + cubeDimension + " and " + names);
        }
    }

    /** Without periodic coordinates. */
    public FunctionTarget(
            int cubeDimension, List<String> names, PriorTransform prior, LogLikelihood likelihood, String fingerprint) {
        this(cubeDimension, names, prior, likelihood, fingerprint, List.of());
    }

    /** Without derivatives. */
    public FunctionTarget(
            int cubeDimension,
            List<String> names,
            PriorTransform prior,
            LogLikelihood likelihood,
            String fingerprint,
            List<Integer> wrapped) {
        this(cubeDimension, names, prior, likelihood, fingerprint, wrapped, Optional.empty());
    }

    /** The same with these derivatives of the likelihood by the parameters. The prior is differentiated numerically. */
    public FunctionTarget withGradient(Gradient derivatives) {
        return new FunctionTarget(
                cubeDimension, names, prior, likelihood, fingerprint, wrapped, Optional.of(derivatives));
    }

    /** The same with these coordinates of the cube periodic, counted from 0. */
    public FunctionTarget withWrapped(Integer... coordinates) {
        return new FunctionTarget(cubeDimension, names, prior, likelihood, fingerprint, List.of(coordinates), gradient);
    }

    /** A likelihood of the unit cube itself: parameters {@code u0, u1, ...} with flat priors from 0 to 1. */
    public static FunctionTarget ofCube(int dimension, LogLikelihood likelihood) {
        List<String> names =
                IntStream.range(0, dimension).mapToObj(i -> "u" + i).toList();
        return new FunctionTarget(
                dimension, names, (u, x, rows) -> System.arraycopy(u, 0, x, 0, rows * dimension), likelihood, "");
    }

    /** A batched likelihood that asks {@code one} row by row. */
    public static LogLikelihood rowByRow(int dimension, PointLogLikelihood one) {
        return (theta, out, rows) -> {
            for (int i = 0; i < rows; i++) {
                double[] row = new double[dimension];
                System.arraycopy(theta, i * dimension, row, 0, dimension);
                out[i] = one.apply(row);
            }
        };
    }

    /** The same with flat priors from {@code low[i]} to {@code high[i]} and these names. */
    public FunctionTarget inBox(List<String> names, double[] low, double[] high) {
        int d = names.size();
        if (low.length != d || high.length != d || d != cubeDimension) {
            throw new IllegalArgumentException("a box of " + low.length + " lower and " + high.length
                    + " upper ends for " + d + " names in " + cubeDimension + " dimensions");
        }
        double[] from = low.clone();
        double[] to = high.clone();
        return new FunctionTarget(
                d,
                names,
                (u, x, rows) -> {
                    for (int i = 0; i < rows * d; i++) {
                        x[i] = from[i % d] + (to[i % d] - from[i % d]) * u[i];
                    }
                },
                likelihood,
                fingerprint,
                wrapped,
                gradient);
    }

    @Override
    public void priorTransform(double[] u, double[] theta, int rows) {
        prior.apply(u, theta, rows);
    }

    @Override
    public int logLikelihood(double[] theta, double[] out, int rows) {
        likelihood.apply(theta, out, rows);
        return 0;
    }

    @Override
    public Optional<CubeGradient> cubeGradient() {
        return gradient.map(g -> (u, theta, out, rows) -> {
            double[] slopes = new double[rows * dimension()];
            g.apply(theta, slopes, rows);
            for (int r = 0; r < rows; r++) {
                throughPrior(u, theta, slopes, out, r);
            }
        });
    }

    /** One row, by a difference quotient of the prior along each coordinate. */
    private void throughPrior(double[] u, double[] theta, double[] slopes, double[] out, int row) {
        int d = cubeDimension;
        int n = dimension();
        double[] moved = new double[d * d];
        double[] there = new double[d * n];
        for (int i = 0; i < d; i++) {
            System.arraycopy(u, row * d, moved, i * d, d);
            moved[i * d + i] += STEP * Math.min(u[row * d + i], 1 - u[row * d + i]);
        }
        prior.apply(moved, there, d);
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += slopes[row * n + j] * (there[i * n + j] - theta[row * n + j]);
            }
            out[row * d + i] = sum / (moved[i * d + i] - u[row * d + i]);
        }
    }
}
