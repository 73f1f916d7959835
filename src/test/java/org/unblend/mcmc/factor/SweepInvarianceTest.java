package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.density.CompiledModel;
import org.unblend.math.Dense;
import org.unblend.math.GammaDraw;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Sparse;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.Entries;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Beta;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.model.family.TruncatedNormal;

/**
 * Sweeps leave the joint law of unknowns and data invariant: θ is drawn from its prior, then data given θ and a sweep given
 * the data follow each other, and θ must still have its prior. Two-sample Kolmogorov-Smirnov distances between such θ and
 * fresh draws of the prior are compared with the limit that a right sampler exceeds once in 10^5 statistics; there are
 * about 200 of them, so the whole class fails by chance once in 500 seeds.
 */
class SweepInvarianceTest {
    private static final int REPLICATES = 3000;
    private static final int ROUNDS = 4;
    private static final Axis FEATURE = Axis.of("feature", 3);
    private static final Axis COMPONENT = Axis.of("component", 2);
    private static final Axis SAMPLE = Axis.of("sample", 4);
    /** c(alpha) sqrt(2 / n) for alpha = 1e-5. */
    static final double LIMIT = Math.sqrt(-0.5 * Math.log(0.5e-5)) * Math.sqrt(2.0 / REPLICATES);

    /** The sampler under test: a sweep, or a deliberately wrong one. */
    interface Mover {
        void move(FactorForm form, FactorSampler sampler, RandomSource random);
    }

    static ModelGraph graph(Distribution w, Distribution h, String noise, double[] weights) {
        GraphBuilder builder = ModelGraph.named("test");
        String uses = w + " " + h;
        if (uses.contains("shape")) {
            builder.parameter("shape", Dims.of(COMPONENT), Gamma.shape(4).rate(4));
        }
        if (uses.contains("zero_inflated[q")) {
            builder.parameter("q", Dims.of(COMPONENT), Beta.alpha(2).beta(3));
        }
        if (uses.contains("rate")) {
            builder.parameter("rate", Dims.SCALAR, Gamma.shape(5).rate(2));
        }
        builder.parameter("W", Dims.of(FEATURE, COMPONENT), w)
                .parameter("H", Dims.of(COMPONENT, SAMPLE), h)
                .product("mean", "W", "H");
        Distribution likelihood = switch (noise) {
            case "normal" -> Normal.mean("mean").sd(0.5);
            case "normal with inferred sd" -> Normal.mean("mean").sd("sd");
            case "poisson" -> Poisson.mean("mean");
            case "gamma" -> Gamma.shape(3).mean("mean");
            case "gamma with inferred shape" -> Gamma.shape("sd").mean("mean");
            default -> throw new IllegalArgumentException(noise);
        };
        if (noise.contains("inferred")) {
            builder.parameter("sd", Dims.SCALAR, Gamma.shape(6).rate(4));
        }
        double[] data = new double[12];
        Arrays.fill(data, 1);
        return builder.observe("X", Dims.of(FEATURE, SAMPLE), "", likelihood, data, weights)
                .build();
    }

    static double[] ones() {
        double[] ones = new double[12];
        Arrays.fill(ones, 1);
        return ones;
    }

    static double[] holes() {
        double[] weights = ones();
        weights[1] = 0;
        weights[6] = 0;
        return weights;
    }

    static double[] uneven() {
        double[] weights = holes();
        weights[3] = 4;
        weights[8] = 0.3;
        return weights;
    }

    static Stream<Arguments> problems() {
        Distribution exponential = Exponential.rate(1);
        Distribution sparse = Gamma.shape("shape").rate("rate");
        Distribution inferredRate = Exponential.rate("rate");
        return Stream.of(
                Arguments.of("normal", exponential, inferredRate, ones(), 1.0),
                Arguments.of("normal", HalfNormal.scale(1.5), sparse, uneven(), 1.0),
                Arguments.of(
                        "normal with inferred sd",
                        TruncatedNormal.mean(1).sd(1).between(0, Double.POSITIVE_INFINITY),
                        LogNormal.mu(0).sigma(1),
                        ones(),
                        1.0),
                Arguments.of("poisson", exponential, sparse, ones(), 1.0),
                Arguments.of("poisson", HalfNormal.scale(1.5), LogNormal.mu(0).sigma(0.7), holes(), 1.0),
                Arguments.of("gamma", exponential, sparse, ones(), 1.0),
                Arguments.of(
                        "gamma with inferred shape",
                        HalfNormal.scale(1.5),
                        LogNormal.mu(0).sigma(1),
                        holes(),
                        1.0));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void leavesTheJointLawInvariant(String noise, Distribution w, Distribution h, double[] weights, double beta) {
        ModelGraph graph = graph(w, h, noise, weights);
        double[] worst = distances(graph, (form, sampler, random) -> sampler.sweep(random, 1));
        for (int s = 0; s < worst.length; s++) {
            assertTrue(
                    worst[s] < LIMIT,
                    String.format(
                            Locale.ROOT, "%s, statistic %d: distance %.4f, limit %.4f", noise, s, worst[s], LIMIT));
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theLogLikelihoodIsThatOfTheGraph(String noise, Distribution w, Distribution h, double[] weights, double beta) {
        CompiledModel model = new CompiledModel(graph(w, h, noise, weights));
        FactorSampler sampler = new FactorSampler(FactorMoves.of(FactorForm.of(model)));
        double[] theta = model.priorDraws(20, RandomStream.of(3).generator());
        double[] expected = new double[20];
        model.logLikelihood(theta, expected, 20);
        for (int i = 0; i < 20; i++) {
            sampler.load(theta, i * model.dimension());
            assertEquals(expected[i], sampler.logLikelihood(), 1e-10 * Math.abs(expected[i]));
        }
    }

    /** Deliberately wrong samplers: each does a right sweep and then one more move that is wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"variance passed as sd", "missing truncation", "missing Jacobian", "none"})
    void wrongSamplersAreCaught(String fault) {
        ModelGraph graph = graph(Exponential.rate(1), Exponential.rate(1), "normal", ones());
        double[] worst = distances(graph, (form, sampler, random) -> {
            sampler.sweep(random, 1);
            double[] h = sampler.h()[0];
            double precision = 4 * Arrays.stream(h).map(v -> v * v).sum();
            switch (fault) {
                case "variance passed as sd" -> {
                    // Its conditional again, with 1 / precision for 1 / sqrt(precision).
                    double pull = -1;
                    for (int j = 0; j < 4; j++) {
                        double rest = form.x().dense().get(0, j) - sampler.w()[1][0] * sampler.h()[1][j];
                        pull += 4 * h[j] * rest;
                    }
                    sampler.w()[0][0] = EntryDraw.positiveNormal(random, pull / precision, 1 / precision);
                }
                case "missing truncation" ->
                    sampler.w()[0][0] = Math.abs(sampler.w()[0][0] + random.nextGaussian() / Math.sqrt(precision));
                case "missing Jacobian" -> {
                    double sumW = Arrays.stream(sampler.w()[0]).sum();
                    double sumH = Arrays.stream(h).sum();
                    double t = Slice.move(random, 0, x -> -Math.exp(x) * sumW - Math.exp(-x) * sumH, 1);
                    for (int i = 0; i < 3; i++) {
                        sampler.w()[0][i] *= Math.exp(t);
                    }
                    for (int j = 0; j < 4; j++) {
                        h[j] *= Math.exp(-t);
                    }
                }
                default -> {}
            }
        });
        double largest = Arrays.stream(worst).max().orElseThrow();
        assertEquals(!fault.equals("none"), largest > LIMIT, fault + ": " + largest);
    }

    /** The same for the steps that temper counts: at a power of one but for a rounding error the law is that of the data. */
    @Test
    void temperedMovesOfCountsLeaveTheJointLawInvariant() {
        ModelGraph graph = graph(Exponential.rate(1), Gamma.shape("shape").rate("rate"), "poisson", holes());
        double[] worst = distances(graph, (form, sampler, random) -> sampler.sweep(random, 1 - 1e-13));
        assertTrue(Arrays.stream(worst).max().orElseThrow() < LIMIT, Arrays.toString(worst));
    }

    /** The same for the move of a shape with its entries, which is part of tempered sweeps alone. */
    @Test
    void movingShapesWithTheirEntriesLeavesTheJointLawInvariant() {
        Distribution sparse = Gamma.shape("shape").mean(0.7);
        ModelGraph graph = graph(Exponential.rate(1), sparse, "normal", holes());
        double[] worst = distances(graph, (form, sampler, random) -> sampler.sweep(random, 1 - 1e-13));
        assertTrue(Arrays.stream(worst).max().orElseThrow() < LIMIT, Arrays.toString(worst));
    }

    /** Sparse counts, all of them and, as in the warm-up of a chain, a fresh sample of them. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.4})
    void sparseCountsLeaveTheJointLawInvariant(double share) {
        double[] worst = distances(sparse(), (form, sampler, random) -> {
            assertTrue(form.isSparse());
            sampler.sweep(random, share);
        });
        assertTrue(Arrays.stream(worst).max().orElseThrow() < LIMIT, Arrays.toString(worst));
    }

    @Test
    void sparseCountsMoveToTheSameBitsAsFullOnes() {
        CompiledModel model = new CompiledModel(sparse());
        FactorForm form = FactorForm.of(model);
        FactorSampler few = new FactorSampler(FactorMoves.of(form));
        FactorSampler all = new FactorSampler(FactorMoves.of(form.full()));
        double[] start = model.priorDraws(1, RandomStream.of(8).generator());
        double[][] ends = new double[2][model.dimension()];
        double[] logs = new double[2];
        FactorSampler[] both = {few, all};
        for (int s = 0; s < 2; s++) {
            RandomSource random = RandomStream.of(9).generator();
            both[s].load(start, 0);
            for (int i = 0; i < 20; i++) {
                both[s].sweep(random, 1);
            }
            both[s].store(ends[s], 0);
            logs[s] = both[s].logLikelihood();
        }
        assertArrayEquals(ends[1], ends[0]);
        double[] ofModel = new double[1];
        model.logLikelihood(ends[0], ofModel, 1);
        assertEquals(ofModel[0], logs[0], 1e-12 * Math.abs(ofModel[0]));
        assertEquals(logs[1], logs[0], 1e-12 * Math.abs(logs[1]));
    }

    private static ModelGraph sparse() {
        double[][] counts = {{0, 2, 0, 0}, {1, 0, 0, 5}, {0, 0, 0, 0}};
        return ModelGraph.named("test")
                .parameter("shape", Dims.of(COMPONENT), Gamma.shape(4).rate(4))
                .parameter("W", Dims.of(FEATURE, COMPONENT), Exponential.rate(1))
                .parameter("H", Dims.of(COMPONENT, SAMPLE), Gamma.shape("shape").mean(0.7))
                .product("mean", "W", "H")
                .observe(
                        "X",
                        Dims.of(FEATURE, SAMPLE),
                        "",
                        Poisson.mean("mean"),
                        new Entries.Stored(Sparse.of(Dense.of(counts))))
                .build();
    }

    /** Distances between the laws of statistics of θ after the moves and of fresh draws. */
    static double[] distances(ModelGraph graph, Mover mover) {
        CompiledModel model = new CompiledModel(graph);
        FactorForm form = FactorForm.of(model);
        RandomStream stream = RandomStream.of(20261125);
        int d = model.dimension();
        double[] fresh = model.priorDraws(REPLICATES, stream.split("fresh").generator());
        double[] moved = model.priorDraws(REPLICATES, stream.split("moved").generator());
        for (int i = 0; i < REPLICATES; i++) {
            RandomSource random = stream.split(i).generator();
            for (int round = 0; round < ROUNDS; round++) {
                Dense x = data(form, moved, i * d, random);
                FactorForm given = form.withData(form.isSparse() ? Sparse.of(x) : x);
                FactorSampler sampler = new FactorSampler(FactorMoves.of(given));
                sampler.load(moved, i * d);
                mover.move(given, sampler, random);
                sampler.store(moved, i * d);
            }
        }
        double[] distances = new double[d + 3];
        for (int s = 0; s < distances.length; s++) {
            distances[s] = distance(statistic(form, fresh, d, s), statistic(form, moved, d, s));
        }
        return distances;
    }

    /** Coordinate s of θ; after the last, an entry of the product, the spread of all entries, and the number of zeros. */
    private static double[] statistic(FactorForm form, double[] theta, int d, int s) {
        double[] out = new double[REPLICATES];
        for (int i = 0; i < REPLICATES; i++) {
            if (s < d) {
                out[i] = theta[i * d + s];
                continue;
            }
            double[][] w = form.w(theta, i * d);
            double[][] h = form.h(theta, i * d);
            double zeros =
                    Arrays.stream(theta, i * d, (i + 1) * d).filter(v -> v == 0).count();
            double square = 0;
            for (int f = 0; f < 3; f++) {
                for (int j = 0; j < 4; j++) {
                    double mean = w[0][f] * h[0][j] + w[1][f] * h[1][j];
                    square += mean * mean;
                }
            }
            out[i] = s == d ? w[0][0] * h[0][0] + w[1][0] * h[1][0] : s == d + 1 ? square : zeros;
        }
        return out;
    }

    /** Data given θ. */
    static Dense data(FactorForm form, double[] theta, int at, RandomSource random) {
        double[][] w = form.w(theta, at);
        double[][] h = form.h(theta, at);
        Dense x = Dense.zeros(form.features(), form.samples());
        double scale =
                form.scales().isEmpty() ? 1 : theta[at + form.scales().get(0).offset()];
        for (int i = 0; i < form.features(); i++) {
            for (int j = 0; j < form.samples(); j++) {
                double v = form.weights().isPresent() ? form.weights().get().get(i, j) : 1;
                if (v == 0) {
                    continue;
                }
                double mean = 0;
                for (int k = 0; k < form.rank(); k++) {
                    mean += w[k][i] * h[k][j];
                }
                x.row(i)[j] = switch (form.noise()) {
                    case NORMAL -> mean + random.nextGaussian() * scale / Math.sqrt(v);
                    case POISSON -> PoissonDraw.next(random, mean);
                    // As means are kept off zero, data of nothing are as good as nothing.
                    case GAMMA ->
                        mean == 0
                                ? EntryDraw.SMALLEST / (v * scale) * Math.exp(GammaDraw.log(random, v * scale))
                                : Math.max(1e-290, mean / (v * scale) * Math.exp(GammaDraw.log(random, v * scale)));
                };
            }
        }
        return x;
    }

    /** The two-sample Kolmogorov-Smirnov distance. */
    private static double distance(double[] a, double[] b) {
        Arrays.sort(a);
        Arrays.sort(b);
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double x = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= x) {
                i++;
            }
            while (j < b.length && b[j] <= x) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return largest;
    }
}
