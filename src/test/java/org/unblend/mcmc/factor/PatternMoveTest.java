package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Knob;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Task;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Distribution;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.TruncatedNormal;
import org.unblend.model.family.ZeroInflated;

/** Moves of the zeros of a column: patterns have the probabilities that quadrature gives, and change where entries alone do not. */
class PatternMoveTest {
    /** Of two components and five features. */
    private static final double[][] B = {{1, 2, 0.5, 0.2, 1}, {0.8, 1.5, 1, 0.4, 0.2}};

    private static final double[] X = {0.5, 1.3, 0.3, 0.4, 0.1};
    private static final int BATCHES = 100;
    private static final int STEPS = 4000;

    private static Shape shape(String family, double zero) {
        double[] arguments = switch (family) {
            case "exponential" -> new double[] {0.7};
            case "gamma" -> new double[] {0.6, 0.5};
            case "half-normal" -> new double[] {1.5};
            case "truncated normal" -> new double[] {0.4, 0.6, 0, Double.POSITIVE_INFINITY};
            case "log-normal" -> new double[] {-0.5, 0.9};
            default -> throw new IllegalArgumentException(family);
        };
        PriorSide side = new PriorSide(
                "H",
                switch (family) {
                    case "exponential" -> Exponential.FAMILY;
                    case "gamma" -> Gamma.FAMILY;
                    case "half-normal" -> HalfNormal.FAMILY;
                    case "truncated normal" -> TruncatedNormal.FAMILY;
                    default -> LogNormal.FAMILY;
                },
                Arrays.stream(arguments)
                        .mapToObj(v -> new PriorSide.Argument(new double[] {v}, 0, false))
                        .toList(),
                1,
                zero > 0 ? Optional.of(new PriorSide.Argument(new double[] {zero}, 0, false)) : Optional.empty());
        return side.shape(null, 0);
    }

    /**
     * One column: frequencies of the four patterns, and the means of both entries, against sums over a fine grid in ln h. Errors
     * are those of means of 100 batches; a right sampler is beyond five and a half of them once in 10^6 figures, of which there are 42.
     */
    @ParameterizedTest
    @CsvSource({
        "exponential, 0.3, exponential, 0.6, 1",
        "exponential, 0.3, exponential, 0.6, 0.02",
        "gamma, 0.5, gamma, 0.3, 1",
        "half-normal, 0.4, log-normal, 0.5, 1",
        "truncated normal, 0.2, exponential, 0, 1",
        "log-normal, 0.5, log-normal, 0.5, 0.3",
        "gamma, 0.5, half-normal, 0, 0.1",
    })
    void patternsHaveTheirProbabilities(String first, double zero1, String second, double zero2, double beta) {
        Shape[] priors = {shape(first, zero1), shape(second, zero2)};
        double[] v = {4, 3, 8, 6, 2};
        double[] gram = new double[4];
        double[] product = new double[2];
        for (int k = 0; k < 2; k++) {
            for (int q = 0; q < 5; q++) {
                product[k] += B[k][q] * v[q] * X[q];
                for (int l = 0; l < 2; l++) {
                    gram[k * 2 + l] += B[k][q] * v[q] * B[l][q];
                }
            }
        }
        double[] exact = exact(priors, gram, product, beta);
        ColumnPattern column = new ColumnPattern(priors);
        column.load(gram, product, beta);
        Arrays.fill(column.values(), 0.3);
        RandomSource random = RandomStream.of(20261126).generator();
        double[][] batch = new double[BATCHES][6];
        for (int i = -STEPS; i < BATCHES * STEPS; i++) {
            column.step(random);
            if (i >= 0) {
                double[] h = column.values();
                double[] sums = batch[i / STEPS];
                sums[(h[0] > 0 ? 1 : 0) + (h[1] > 0 ? 2 : 0)] += 1.0 / STEPS;
                sums[4] += h[0] / STEPS;
                sums[5] += h[1] / STEPS;
            }
        }
        for (int s = 0; s < 6; s++) {
            int of = s;
            double mean = Arrays.stream(batch).mapToDouble(b -> b[of]).average().orElseThrow();
            double square = Arrays.stream(batch)
                    .mapToDouble(b -> (b[of] - mean) * (b[of] - mean))
                    .sum();
            double error = Math.sqrt(square / (BATCHES * (BATCHES - 1)));
            assertTrue(
                    Math.abs(mean - exact[s]) <= 5.5 * error + 1e-5,
                    String.format(Locale.ROOT, "statistic %d: %.5f ± %.5f, exactly %.5f", s, mean, error, exact[s]));
        }
    }

    /** Probabilities of the patterns, then the means. */
    private static double[] exact(Shape[] priors, double[] gram, double[] product, double beta) {
        double step = 0.02;
        double low = -60;
        int n = 3200;
        double[] sums = new double[6];
        sums[0] = priors[0].zeros() && priors[1].zeros() ? 1 : 0;
        double[][] log = new double[2][n];
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < n; i++) {
                double u = low + i * step;
                double h = Math.exp(u);
                log[k][i] = priors[k].logOfLog(u)
                        + (priors[k].zeros() ? priors[k].slab() : 0)
                        + beta * (product[k] * h - 0.5 * gram[k * 3] * h * h);
                if (priors[1 - k].zeros()) {
                    double mass = step * Math.exp(log[k][i]);
                    sums[1 + k] += mass;
                    sums[4 + k] += mass * h;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            double h = Math.exp(low + i * step);
            for (int j = 0; j < n; j++) {
                double g = Math.exp(low + j * step);
                double mass = step * step * Math.exp(log[0][i] + log[1][j] - beta * gram[1] * h * g);
                sums[3] += mass;
                sums[4] += mass * h;
                sums[5] += mass * g;
            }
        }
        double all = sums[0] + sums[1] + sums[2] + sums[3];
        return Arrays.stream(sums).map(x -> x / all).toArray();
    }

    /** A pixel that either of two similar components explains: it never passes from one to the other if entries move alone. */
    @Test
    void similarComponentsTakeEachOthersPlace() {
        double[][] b = {{1, 2, 3, 1}, {1.01, 2.02, 2.96, 1.01}};
        Dense x = Dense.of(new double[][] {{5.03}, {10.03}, {14.9}, {5.02}});
        Dense v = Dense.of(new double[][] {{400}, {400}, {400}, {400}});
        Orientation data = Orientation.ofSamples(x, v);
        Shape prior = shape("exponential", 0.5);
        for (HalfMove alone : new HalfMove[] {GramMove.of(data), new ResidualMove(data)}) {
            assertEquals(0, passes(alone, b, prior));
            int passes = passes(new PatternMove(data, alone), b, prior);
            assertTrue(passes > 25, "passes: " + passes);
        }
    }

    /** In 2000 sweeps, how often the one of two that is alone becomes the other. */
    private static int passes(HalfMove move, double[][] b, Shape prior) {
        RandomSource random = RandomStream.of(5).generator();
        double[][] a = {{5}, {0}};
        int passes = 0;
        int last = 0;
        for (int i = 0; i < 2000; i++) {
            move.move(random, a, b, new double[] {1}, new double[] {1, 1, 1, 1}, new Shape[] {prior, prior}, 1);
            int now = a[0][0] == 0 ? 1 : a[1][0] == 0 ? 0 : last;
            passes += now != last ? 1 : 0;
            last = now;
        }
        return passes;
    }

    /** The data enter by two roads, which agree but for rounding. */
    @Test
    void weightsThatAreNoProductMoveAsThoseThatAre() {
        Dense x = Dense.of(new double[][] {{1, 2, 0.1}, {3, 1, 0}, {0.5, 0.7, 0.2}});
        Dense v = Dense.of(new double[][] {{9, 18, 9}, {4, 8, 4}, {30, 60, 30}});
        Orientation data = Orientation.ofSamples(x, v);
        double[][] b = {{1, 2, 0.5}, {0.3, 1, 1}};
        Shape prior = shape("gamma", 0.4);
        double[][][] ends = new double[2][2][3];
        HalfMove[] roads = {GramMove.of(data), new ResidualMove(data)};
        for (int i = 0; i < 2; i++) {
            RandomSource random = RandomStream.of(6).generator();
            Arrays.stream(ends[i]).forEach(row -> Arrays.fill(row, 0.5));
            HalfMove move = new PatternMove(data, roads[i]);
            for (int s = 0; s < 5; s++) {
                move.move(random, ends[i], b, new double[] {1, 0.5, 2}, new double[] {1, 2, 1}, both(prior), 0.7);
            }
        }
        for (int k = 0; k < 2; k++) {
            assertArrayEquals(ends[0][k], ends[1][k], 1e-9);
        }
    }

    private static Shape[] both(Shape prior) {
        return new Shape[] {prior, prior};
    }

    /** A column without data and a component that is nothing: no step, no failure. */
    @Test
    void whatTheDataDoNotTellOfIsLeftToTheEntries() {
        Dense x = Dense.of(new double[][] {{0, 6}, {0, 5}});
        Dense v = Dense.of(new double[][] {{0, 4}, {0, 4}});
        Orientation data = Orientation.ofSamples(x, v);
        PatternMove move = new PatternMove(data, new ResidualMove(data));
        double[][] a = {{1, 1}, {1, 1}, {1, 1}};
        double[][] b = {{1, 1}, {1, 1}, {0, 0}};
        Shape prior = shape("exponential", 0.5);
        Shape[] priors = {prior, prior, prior};
        RandomSource random = RandomStream.of(7).generator();
        double zeros = 0;
        double unseen = 0;
        for (int i = 0; i < 2000; i++) {
            move.move(random, a, b, new double[] {1, 1}, new double[] {1, 1}, priors, 1);
            assertTrue(Math.abs(a[0][1] + a[1][1] - 5.5) < 3, "equal components share what is there");
            zeros += a[0][0] == 0 ? 1 : 0;
            unseen += a[2][1] == 0 ? 1 : 0;
        }
        // The sum is 5.4 with a standard deviation of 0.35. Both counts are of draws of the prior: 1000 with a standard
        // deviation of 22, beyond five of which
        // is chance once in 10^6.
        assertEquals(1000, zeros, 112);
        assertEquals(1000, unseen, 112);
    }

    @Test
    void drawsDoNotDependOnTheNumberOfThreads() {
        Distribution h = ZeroInflated.zero("q").otherwise(Exponential.rate(1));
        CompiledModel model = new CompiledModel(
                SweepInvarianceTest.graph(Exponential.rate(1), h, "normal", SweepInvarianceTest.uneven()));
        Map<String, Double> knobs =
                new FactorEngine().knobs().stream().collect(Collectors.toMap(Knob::name, Knob::standard));
        knobs.putAll(Map.of("warmup", 20.0, "draws", 20.0, "particles", 8.0, "runs", 2.0));
        Problem problem = new Problem(model, Set.of(Task.POSTERIOR, Task.EVIDENCE), Precision.STANDARD, knobs);
        Result one = new FactorEngine().run(problem, RunContext.of(3));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Result three = new FactorEngine().run(problem, RunContext.of(3).with(new Parallel(threads)));
            assertArrayEquals(one.samples().theta(), three.samples().theta());
            assertEquals(
                    one.evidence().orElseThrow().logZ(),
                    three.evidence().orElseThrow().logZ());
        } finally {
            threads.shutdown();
        }
    }
}
