package org.unblend.nested;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.unblend.density.Target;
import org.unblend.diagnose.ParetoTail;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Evaluator;
import org.unblend.infer.RunContext;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * An estimate of the evidence that does not rest on nested sampling's volumes: importance sampling from a proposal that
 * is frozen before the draws that count are made. In the coordinates {@code z = Phi^-1(u)} the prior is the standard
 * normal density phi; the proposal q is a Student-t mixture fitted to posterior draws, plus a defensive part phi. Then
 * {@code Z = mean of w = L phi / q} over independent draws from q, without bias, and the relative error is
 * {@code sqrt(1/ESS - 1/N)}. Draws by which the proposal was adapted are thrown away: counting them too biases Z. Modes
 * that the given draws do not know are only found by luck, and k-hat does not tell.
 *
 * @param logZ ln Z
 * @param error standard error of {@code logZ}
 * @param ess Kish's effective sample size of the draws that count
 * @param draws number of draws that count
 * @param paretoShape k-hat of the weights: below 0.5 the error can be trusted, above 0.7 not even the value
 * @param evaluations likelihood evaluations, adaptation included
 */
public record FrozenMixture(double logZ, double error, double ess, int draws, double paretoShape, long evaluations) {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double DEFENSIVE = 0.05;
    private static final int ADAPTATIONS = 3;
    private static final int DRAWS_PER_ADAPTATION = 2000;
    private static final int BATCH = 500;
    private static final int POINTS = 3000;
    private static final int MOST_COMPONENTS = 16;

    /**
     * Adapts, freezes, draws.
     *
     * @param target the problem
     * @param u unit-cube positions of posterior draws from an earlier run, {@code [draws x cubeDimension]}
     * @param logWeight their ln weights
     * @param ess effective sample size to be reached
     * @param mostDraws most draws that count
     * @param context its budget is asked between batches; its journal is used
     * @throws IllegalArgumentException if arrays do not fit or no draw has weight
     */
    public static FrozenMixture estimate(
            Target target, double[] u, double[] logWeight, double ess, int mostDraws, RunContext context) {
        int d = target.cubeDimension();
        if (u.length != logWeight.length * d || !(LogSum.of(logWeight) > Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "cannot fit a proposal to " + u.length + " coordinates and " + logWeight.length + " weights in " + d
                            + " dimensions: the arrays do not fit, or all weights are 0");
        }
        Sampler sampler = new Sampler(target, new Evaluator(target, context));
        RandomStream random = context.random().split("frozen mixture");
        StudentMixture proposal = adapt(sampler, probit(u), logWeight, d, random);

        double[] weights = new double[0];
        double reached = 0;
        Optional<String> stop = Optional.empty();
        for (int b = 0; reached < ess && weights.length < mostDraws && stop.isEmpty(); b++) {
            Batch batch =
                    sampler.draw(proposal, BATCH, random.split("count").split(b).generator());
            weights = concatenated(weights, batch.logWeight());
            reached = effective(weights);
            stop = context.budget().exhausted();
        }
        int n = weights.length;
        double logZ = LogSum.of(weights) - Math.log(n);
        double error = reached > 0 ? Math.sqrt(Math.max(0, 1 / reached - 1.0 / n)) : Double.POSITIVE_INFINITY;
        return new FrozenMixture(
                logZ,
                error,
                reached,
                n,
                ParetoTail.shape(weights),
                sampler.evaluator().evaluations());
    }

    /** Fits to the given draws, then in rounds to draws of its own together with them. */
    private static StudentMixture adapt(Sampler sampler, double[] z, double[] logWeight, int d, RandomStream random) {
        double[] points = resampled(z, logWeight, d, random.split("resample").generator());
        StudentMixture proposal = best(points, d, random.split("start"));
        for (int round = 0; round < ADAPTATIONS; round++) {
            RandomStream stream = random.split("adapt").split(round);
            Batch batch = sampler.draw(
                    proposal, DRAWS_PER_ADAPTATION, stream.split("draw").generator());
            if (!(LogSum.of(batch.logWeight()) > Double.NEGATIVE_INFINITY)) {
                return proposal;
            }
            double[] own = resampled(
                    batch.z(), batch.logWeight(), d, stream.split("resample").generator());
            proposal = best(concatenated(points, own), d, stream.split("fit"));
        }
        return proposal;
    }

    /** The number of components is chosen by the density of a quarter of the points that the fit did not see. */
    private static StudentMixture best(double[] points, int d, RandomStream random) {
        int n = points.length / d;
        RandomSource source = random.split("split").generator();
        boolean[] held = new boolean[n];
        for (int i = 0; i < n; i++) {
            held[i] = source.nextInt(4) == 0;
        }
        double[] weight = new double[n];
        for (int i = 0; i < n; i++) {
            weight[i] = held[i] ? 0 : 1;
        }
        int chosen = 1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 1; k <= MOST_COMPONENTS; k *= 2) {
            StudentMixture m = StudentMixture.fit(
                    points, weight, d, k, DEFENSIVE, random.split(k).generator());
            double score = 0;
            for (int i = 0; i < n; i++) {
                score += held[i] ? m.logDensity(points, i * d) : 0;
            }
            if (score <= highest) {
                break;
            }
            chosen = k;
            highest = score;
        }
        Arrays.fill(weight, 1);
        return StudentMixture.fit(
                points, weight, d, chosen, DEFENSIVE, random.split(chosen).generator());
    }

    /** Systematic resampling to equal weights. */
    private static double[] resampled(double[] z, double[] logWeight, int d, RandomSource random) {
        double total = LogSum.of(logWeight);
        double[] out = new double[POINTS * d];
        double offset = random.nextOpen();
        double sum = 0;
        int made = 0;
        for (int i = 0; i < logWeight.length && made < POINTS; i++) {
            sum += Math.exp(logWeight[i] - total) * POINTS;
            while (made < POINTS && made + offset < sum) {
                System.arraycopy(z, i * d, out, made++ * d, d);
            }
        }
        return Arrays.copyOf(out, made * d);
    }

    /** @param logWeight ln(L phi / q) of each row of z */
    private record Batch(double[] z, double[] logWeight) {}

    private record Sampler(Target target, Evaluator evaluator) {
        Batch draw(StudentMixture q, int rows, RandomSource random) {
            int d = target.cubeDimension();
            double[] z = new double[rows * d];
            double[] u = new double[rows * d];
            for (int r = 0; r < rows; r++) {
                q.draw(random, z, r * d);
            }
            for (int i = 0; i < z.length; i++) {
                u[i] = clipped(NORMAL.cumulativeProbability(z[i]));
            }
            double[] logWeight = Candidates.evaluate(u, rows, target, evaluator).logL();
            for (int r = 0; r < rows; r++) {
                logWeight[r] += StudentMixture.logStandardNormal(z, r * d, d) - q.logDensity(z, r * d);
            }
            return new Batch(z, logWeight);
        }
    }

    private static double[] probit(double[] u) {
        return Arrays.stream(u)
                .map(v -> NORMAL.inverseCumulativeProbability(clipped(v)))
                .toArray();
    }

    /** Targets are defined strictly inside of the cube. */
    private static double clipped(double u) {
        return Math.max(Double.MIN_NORMAL, Math.min(1 - 0x1p-53, u));
    }

    private static double effective(double[] logWeight) {
        double high = Arrays.stream(logWeight).max().orElse(0);
        return high == Double.NEGATIVE_INFINITY
                ? 0
                : Weighted.effectiveSampleSize(
                        Arrays.stream(logWeight).map(w -> Math.exp(w - high)).toArray());
    }

    private static double[] concatenated(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
