package org.unblend.nested;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.density.Target;
import org.unblend.infer.Evidence;
import org.unblend.infer.Precision;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.math.Probit;

/**
 * Nested sampling that begins where earlier draws say that the posterior is. The prior is exchanged for a density q that is
 * large there, and the likelihood L for {@code L / q}: the posterior {@code L} and the evidence {@code Z} stay what they
 * were (posterior repartitioning: Petrosyan and Handley 2022, Physical Sciences Forum 5, 51, arXiv 2212.01760), while the way from the prior to
 * the posterior is shorter, and a run takes as many times fewer evaluations. With wrong earlier draws the result is still
 * right; it only takes longer.
 *
 * <p>q is a product over the coordinates of the unit cube, each a mixture of the uniform density and of one that is normal in
 * {@code Phi^-1(u)}, twice as wide as the earlier draws; as a piecewise constant density, so that it is normalised
 * exactly.
 *
 * @param knots for each coordinate ascending positions from 0 to 1
 * @param cdf the distribution function of q at these
 */
public record WarmStart(double[][] knots, double[][] cdf) {
    /** Share of the uniform density in q. */
    private static final double PRIOR = 0.1;

    /** Factor on the standard deviations of the earlier draws. */
    private static final double WIDER = 2;

    private static final int GRID = 128;

    /** Name of the column that carries ln q from the prior transform to the likelihood. */
    private static final String LOG_Q = "ln q of the warm start";

    /** Distribution functions must rise by more than rounding. */
    private static final double LEAST_STEP = 1e-12;

    /**
     * From draws of an earlier run, as {@link NestedSampler#sample} returns them, of this or of a similar problem.
     *
     * @param u positions in the unit cube, {@code [draws x d]}
     * @param weight {@code [draws]}, not negative, not all zero
     * @throws IllegalArgumentException if there are no draws, or positions or weights are not allowed
     */
    public static WarmStart from(double[] u, double[] weight, int d) {
        double total = Arrays.stream(weight).sum();
        if (d < 1 || u.length != weight.length * d || !(total > 0 && total < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a warm start needs weighted draws, got " + u.length
                    + " coordinates and " + weight.length + " weights of sum " + total + " for " + d + " dimensions");
        }
        if (!Arrays.stream(u).allMatch(v -> v > 0 && v < 1)
                || !Arrays.stream(weight).allMatch(w -> w >= 0)) {
            throw new IllegalArgumentException(
                    "positions of a warm start must be between 0 and 1 and weights must not be negative");
        }
        double[][] knots = new double[d][];
        double[][] cdf = new double[d][];
        for (int i = 0; i < d; i++) {
            double mean = 0;
            double square = 0;
            for (int r = 0; r < weight.length; r++) {
                double z = Probit.quantile(u[r * d + i]);
                mean += weight[r] / total * z;
                square += weight[r] / total * z * z;
            }
            double sd = WIDER * Math.sqrt(Math.max(1e-12, square - mean * mean));
            double[] at = grid(mean, sd);
            double centre = mean;
            knots[i] = at;
            cdf[i] = Arrays.stream(at)
                    .map(v -> PRIOR * v + (1 - PRIOR) * normal((Probit.quantile(v) - centre) / sd))
                    .toArray();
            cdf[i][0] = 0;
            cdf[i][at.length - 1] = 1;
        }
        return new WarmStart(knots, cdf);
    }

    /** The same as {@link NestedSampler#run}, without the births of the draws, which belong to {@code L / q}. */
    public Result run(NestedSampler sampler, Target target, Precision precision, RunContext context) {
        if (target.cubeDimension() != knots.length) {
            throw new IllegalArgumentException(
                    "the warm start has " + knots.length + " dimensions, the problem has " + target.cubeDimension());
        }
        Result result = sampler.run(new Repartitioned(target, this), precision, context);
        int[] columns = IntStream.range(0, target.dimension()).toArray();
        Samples all = result.samples();
        double[] logL = all.logLikelihood().clone();
        double mean = 0;
        for (int r = 0; r < logL.length; r++) {
            logL[r] += all.theta()[r * (columns.length + 1) + columns.length];
            mean += all.logWeight()[r] > Double.NEGATIVE_INFINITY ? Math.exp(all.logWeight()[r]) * logL[r] : 0;
        }
        Samples own = all.only(columns);
        double information = mean;
        Optional<Evidence> evidence = result.evidence()
                .map(e -> new Evidence(e.logZ(), e.error(), information - e.logZ(), e.method() + ", warm start"));
        return new Result(
                result.engine(),
                new Samples(own.names(), own.theta(), logL, own.logWeight(), Optional.empty()),
                evidence,
                result.findings(),
                result.effort(),
                result.info());
    }

    /** Positions in the cube at which the distribution function is known: even steps of u, and of z about the draws. */
    private static double[] grid(double mean, double sd) {
        List<Double> all = new ArrayList<>();
        for (int k = 1; k < GRID; k++) {
            all.add(k / (double) GRID);
            all.add(Probit.cdf(mean + sd * (10.0 * k / GRID - 5)));
        }
        double[] sorted = all.stream().mapToDouble(v -> v).sorted().toArray();
        double[] grid = new double[sorted.length + 2];
        int n = 1;
        for (double v : sorted) {
            if (v > grid[n - 1] + LEAST_STEP && v < 1 - LEAST_STEP) {
                grid[n++] = v;
            }
        }
        grid[n++] = 1;
        return Arrays.copyOf(grid, n);
    }

    private static double normal(double z) {
        return z == Double.NEGATIVE_INFINITY ? 0 : z == Double.POSITIVE_INFINITY ? 1 : Probit.cdf(z);
    }

    /** The quantile of q of coordinate {@code i} at {@code p}; adds ln q there to {@code logQ[row]}. */
    private double quantile(int i, double p, double[] logQ, int row) {
        double[] f = cdf[i];
        int found = Arrays.binarySearch(f, p);
        int k = Math.min(f.length - 2, found < 0 ? -found - 2 : found);
        double slope = (f[k + 1] - f[k]) / (knots[i][k + 1] - knots[i][k]);
        logQ[row] += Math.log(slope);
        double u = knots[i][k] + (p - f[k]) / slope;
        return Math.max(Double.MIN_NORMAL, Math.min(1 - 0x1p-53, u));
    }

    /** The target with the prior q and the likelihood {@code L / q}; its last parameter is ln q. */
    private record Repartitioned(Target target, WarmStart start) implements Target {
        @Override
        public int cubeDimension() {
            return target.cubeDimension();
        }

        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>(target.names());
            names.add(LOG_Q);
            return names;
        }

        @Override
        public void priorTransform(double[] u, double[] theta, int rows) {
            int d = cubeDimension();
            int p = target.dimension();
            double[] position = new double[rows * d];
            double[] logQ = new double[rows];
            double[] own = new double[rows * p];
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < d; i++) {
                    position[r * d + i] = start.quantile(i, u[r * d + i], logQ, r);
                }
            }
            target.priorTransform(position, own, rows);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(own, r * p, theta, r * (p + 1), p);
                theta[r * (p + 1) + p] = logQ[r];
            }
        }

        @Override
        public int logLikelihood(double[] theta, double[] out, int rows) {
            int p = target.dimension();
            double[] own = new double[rows * p];
            for (int r = 0; r < rows; r++) {
                System.arraycopy(theta, r * (p + 1), own, r * p, p);
            }
            int failed = target.logLikelihood(own, out, rows);
            for (int r = 0; r < rows; r++) {
                out[r] -= theta[r * (p + 1) + p];
            }
            return failed;
        }

        @Override
        public List<Integer> wrapped() {
            return target.wrapped();
        }

        @Override
        public String fingerprint() {
            return target.fingerprint() + " warm start " + Arrays.deepHashCode(start.cdf) + " "
                    + Arrays.deepHashCode(start.knots);
        }
    }
}
