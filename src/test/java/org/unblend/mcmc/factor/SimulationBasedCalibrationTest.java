package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.unblend.density.CompiledModel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/**
 * Whole chains, warm-up included, are calibrated (Talts, Betancourt, Simpson, Vehtari and Gelman 2018, arXiv:1804.06788):
 * for unknowns drawn from the prior and data drawn given them, the rank of the truth among the draws of the posterior is
 * uniform. Quantities are those that no relabelling changes: the log likelihood, entries of W H, the inferred numbers that
 * all components share. The distance of their empirical distribution from the uniform one is compared with the
 * Kolmogorov-Smirnov band of level 1e-5 for each (that is the band at one in ten thousand over the ten quantities of a
 * problem: all problems together fail by chance once in 1500 seeds).
 */
class SimulationBasedCalibrationTest {
    private static final int DRAWS = 99;
    private static final int THIN = 12;
    private static final int WARMUP = 300;
    private static final double LEVEL = 1e-5;

    private record Size(int features, int samples, int rank) {}

    private static final Size SMALL = new Size(4, 6, 2);
    private static final Size LARGE = new Size(8, 25, 3);

    static Stream<Arguments> problems() {
        return Stream.of("normal", "poisson", "gamma")
                .flatMap(noise -> Stream.of(Arguments.of(noise, SMALL), Arguments.of(noise, LARGE)));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("problems")
    void ranksAreUniform(String noise, Size size) {
        assertUniform(noise + " " + size, ranks(graph(noise, size), 600, 0));
    }

    @Test
    void ranksOfAFewSmallDataSetsAreUniform() {
        assertUniform("poisson", ranks(graph("poisson", new Size(3, 4, 2)), 100, 0));
    }

    /** The test has power: data that are half as noisy again as the model believes are found out. */
    @Test
    void tooSmallErrorsAreFoundOut() {
        double[][] ranks = ranks(graph("normal", new Size(3, 4, 2)), 150, 0.5);
        double worst = Arrays.stream(ranks)
                .mapToDouble(r -> distance(r) / limit(r.length))
                .max()
                .orElseThrow();
        assertTrue(worst > 1, "largest distance over its limit: " + worst);
    }

    private static void assertUniform(String name, double[][] ranks) {
        for (int q = 0; q < ranks.length; q++) {
            double distance = distance(ranks[q]);
            assertTrue(
                    distance < limit(ranks[q].length),
                    String.format(Locale.ROOT, "%s, quantity %d: distance %.4f", name, q, distance));
        }
    }

    private static double limit(int n) {
        return Math.sqrt(-0.5 * Math.log(LEVEL / 2) / n);
    }

    private static double distance(double[] u) {
        double[] sorted = u.clone();
        Arrays.sort(sorted);
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) {
            largest = Math.max(
                    largest, Math.max(sorted[i] - (double) i / sorted.length, (i + 1.0) / sorted.length - sorted[i]));
        }
        return largest;
    }

    /** Uniform variates {@code [quantities x replicates]}: the rank of the truth, ties and the step broken at random. */
    private static double[][] ranks(ModelGraph graph, int replicates, double excess) {
        CompiledModel model = new CompiledModel(graph);
        FactorForm form = FactorForm.of(model);
        RandomStream stream = RandomStream.of(20261126);
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < replicates; i++) {
            RandomSource random = stream.split(i).generator();
            double[] truth = model.priorDraws(1, random);
            FactorForm given = form.withData(SweepInvarianceTest.data(form, truth, 0, random));
            for (int f = 0; f < form.features() && excess > 0; f++) {
                double[] row = given.x().dense().row(f);
                for (int j = 0; j < row.length; j++) {
                    row[j] += excess * random.nextGaussian();
                }
            }
            all.add(ranks(given, truth, random));
        }
        double[][] byQuantity = new double[all.get(0).length][replicates];
        for (int i = 0; i < replicates; i++) {
            for (int q = 0; q < byQuantity.length; q++) {
                byQuantity[q][i] = all.get(i)[q];
            }
        }
        return byQuantity;
    }

    private static double[] ranks(FactorForm form, double[] truth, RandomSource random) {
        FactorMoves moves = FactorMoves.of(form);
        FactorChain chain = new FactorChain(moves, form.model().priorDraws(1, random), WARMUP);
        FactorSampler ofTruth = new FactorSampler(moves);
        ofTruth.load(truth, 0);
        double[] expected = quantities(form, truth, 0, ofTruth.logLikelihood());
        double[] below = new double[expected.length];
        double[] block = new double[chain.width()];
        for (int t = 0; t < WARMUP + DRAWS * THIN; t++) {
            chain.step(random, t, block, 0);
            if (t < WARMUP || (t - WARMUP + 1) % THIN != 0) {
                continue;
            }
            double[] drawn = quantities(form, block, 0, block[truth.length]);
            for (int q = 0; q < below.length; q++) {
                below[q] += drawn[q] < expected[q] ? 1 : 0;
            }
        }
        return Arrays.stream(below)
                .map(b -> (b + random.nextOpen()) / (DRAWS + 1))
                .toArray();
    }

    /** Log likelihood, six entries of the product spread over it, their sum, and the shared inferred numbers. */
    private static double[] quantities(FactorForm form, double[] theta, int at, double log) {
        double[][] w = form.w(theta, at);
        double[][] h = form.h(theta, at);
        List<Double> all = new ArrayList<>(List.of(log));
        double sum = 0;
        for (int i = 0; i < form.features(); i++) {
            for (int j = 0; j < form.samples(); j++) {
                double mean = 0;
                for (int k = 0; k < form.rank(); k++) {
                    mean += w[k][i] * h[k][j];
                }
                sum += mean;
                if (all.size() < 7 && (i * form.samples() + j) % 5 == 0) {
                    all.add(mean);
                }
            }
        }
        all.add(sum);
        form.hypers().forEach(hyper -> all.add(theta[at + hyper.offset()]));
        form.scales().forEach(scale -> all.add(theta[at + scale.offset()]));
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static ModelGraph graph(String noise, Size size) {
        Axis feature = Axis.of("feature", size.features());
        Axis component = Axis.of("component", size.rank());
        Axis sample = Axis.of("sample", size.samples());
        Distribution likelihood = switch (noise) {
            case "normal" -> Normal.mean("mean").sd("sd");
            case "poisson" -> Poisson.mean("mean");
            case "gamma" -> Gamma.shape("sd").mean("mean");
            default -> throw new IllegalArgumentException(noise);
        };
        GraphBuilder builder = ModelGraph.named("calibration")
                .parameter("rate", Dims.SCALAR, Gamma.shape(5).rate(2))
                .parameter("W", Dims.of(feature, component), Exponential.rate(1))
                .parameter("H", Dims.of(component, sample), Gamma.shape(0.8).rate("rate"))
                .product("mean", "W", "H");
        if (!noise.equals("poisson")) {
            builder.parameter("sd", Dims.SCALAR, Gamma.shape(8).rate(noise.equals("gamma") ? 2 : 16));
        }
        double[] data = new double[size.features() * size.samples()];
        Arrays.fill(data, 1);
        double[] weights = new double[data.length];
        Arrays.fill(weights, 1);
        weights[2] = 0;
        return builder.observe("X", Dims.of(feature, sample), "", likelihood, data, weights)
                .build();
    }
}
