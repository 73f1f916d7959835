package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.Chains;
import org.unblend.infer.Engine;
import org.unblend.infer.Evidence;
import org.unblend.infer.Knob;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.infer.Task;
import org.unblend.math.GammaDraw;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.NutsEngine;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;

/** Log-normal priors with inferred places and scatters against quadrature, nested sampling and Hamiltonian Monte Carlo. */
class LogNormalEvidenceTest {

    private static Distribution likelihood(String noise) {
        return switch (noise) {
            case "normal" -> Normal.mean("mean").sd(0.4);
            case "poisson" -> Poisson.mean("mean");
            default -> Gamma.shape(5).mean("mean");
        };
    }

    /** ln W ~ N(0, 1); ln H ~ N(place, scatter^2) with place ~ N(0, 1) and scatter half-normal, both by component. */
    private static CompiledModel model(String noise, int features, int rank, double... x) {
        Axis feature = Axis.of("feature", features);
        Axis component = Axis.of("component", rank);
        Axis sample = Axis.of("sample", x.length / features);
        return new CompiledModel(ModelGraph.named("test")
                .parameter("place", Dims.of(component), Normal.mean(0).sd(1))
                .parameter("scatter", Dims.of(component), HalfNormal.scale(1.5))
                .parameter("W", Dims.of(feature, component), LogNormal.mu(0).sigma(1))
                .parameter(
                        "H", Dims.of(component, sample), LogNormal.mu("place").sigma("scatter"))
                .product("mean", "W", "H")
                .observe("X", Dims.of(feature, sample), likelihood(noise), x)
                .build());
    }

    /** One feature and one component: ln w + place ~ N(0, 2), and given that and the scatter samples are independent. */
    private static double quadrature(String noise, double... x) {
        int n = 160;
        double sum = 0;
        for (int s = 0; s < n; s++) {
            double scatter = 7.5 * (s + 0.5) / n;
            double prior = HalfNormal.FAMILY.logDensity(scatter, new double[] {1.5}) + Math.log(7.5 / n);
            for (int c = 0; c < n; c++) {
                double centre = Math.sqrt(2) * 6 * (2 * (c + 0.5) / n - 1);
                double log = prior - 0.25 * centre * centre + Math.log(12.0 / n / Math.sqrt(2 * Math.PI));
                for (double v : x) {
                    log += Math.log(average(z -> density(noise, v, Math.exp(centre + scatter * z))));
                }
                sum += Math.exp(log);
            }
        }
        return Math.log(sum);
    }

    /** The mean over a standard normal, by the trapezoidal rule. */
    private static double average(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = -300; i <= 300; i++) {
            double z = 0.025 * i;
            sum += 0.025 * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) * f.applyAsDouble(z);
        }
        return sum;
    }

    private static double density(String noise, double x, double mean) {
        return Math.exp(
                switch (noise) {
                    case "normal" -> Normal.FAMILY.logDensity(x, new double[] {mean, 0.4});
                    case "poisson" -> Poisson.FAMILY.logDensity(x, new double[] {mean});
                    default -> Gamma.FAMILY.logDensity(x, new double[] {5, 5 / mean});
                });
    }

    @ParameterizedTest
    @CsvSource({"normal, 1.3, 0.2", "poisson, 3, 0", "gamma, 1.3, 0.2"})
    void tinyFactorisationsAgreeWithQuadrature(String noise, double one, double two) {
        for (double[] x : new double[][] {{one}, {one, two}}) {
            double expected = quadrature(noise, x);
            FactorForm form = FactorForm.of(model(noise, 1, 1, x));
            RunContext context = RunContext.of(1);
            TemperedEvidence road = new TemperedEvidence(256, 2, 8);
            FactorMoves moves = FactorMoves.of(form);
            Estimate forward = road.forward(moves, road.ladder(moves, context), context);
            // Errors come from 8 runs: a right estimate is off by more than 5 of them once in 600 seeds; the seed is
            // fixed.
            assertEquals(expected, forward.logZ(), 1e-3 + 5 * forward.error(), x.length + " samples, tempering");
            assertTrue(forward.error() < 0.05, "error " + forward.error());
            Estimate chib = new NumericChib(300, 500, 8).of(form.full(), RandomStream.of(2));
            assertEquals(expected, chib.logZ(), 1e-3 + 5 * chib.error(), x.length + " samples, Chib");
            assertTrue(chib.error() < 0.1, "error " + chib.error());
        }
    }

    private static void nestedSamplingAgrees(String noise, CompiledModel model) {
        RunContext context = RunContext.of(1);
        FactorMoves moves = FactorMoves.of(FactorForm.of(model));
        TemperedEvidence road = new TemperedEvidence(256, 5, 8);
        Estimate forward = road.forward(moves, road.ladder(moves, context), context);
        Evidence z = new NestedSampler(NestedSettings.from(Map.of()))
                .run(model, Precision.STANDARD, RunContext.of(3))
                .evidence()
                .orElseThrow();
        double error = Math.hypot(forward.error(), z.error());
        // Off by more than 4 combined errors about once in 1000 seeds; the seeds are fixed.
        assertEquals(z.logZ(), forward.logZ(), 4 * error, noise);
        assertTrue(error < 0.25, noise + ": combined error " + error);
    }

    @Test
    void nestedSamplingAgreesWithTempering() {
        nestedSamplingAgrees("gamma", model("gamma", 2, 1, 0.9, 0.1, 2.2, 1.3, 0.3, 4.1));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"normal", "poisson", "gamma"})
    void nestedSamplingOfTwoComponentsAgreesWithTempering(String noise) {
        double[] x = {1, 0, 2, 3, 1, 1, 0, 4, 5, 2, 1, 0};
        double more = noise.equals("gamma") ? 0.3 : 0;
        nestedSamplingAgrees(
                noise, model(noise, 3, 2, Arrays.stream(x).map(v -> v + more).toArray()));
    }

    /** Entries of W H, places and scatters of one component: means and standard deviations. */
    @ParameterizedTest
    @ValueSource(strings = {"normal", "poisson", "gamma"})
    void hamiltonianMonteCarloHasTheSamePosterior(String noise) {
        int features = 3;
        int samples = 8;
        RandomSource random = RandomStream.of(7).generator();
        double[] x = new double[features * samples];
        for (int j = 0; j < samples; j++) {
            double h = Math.exp(0.5 + 0.8 * random.nextGaussian());
            for (int i = 0; i < features; i++) {
                double mean = h * (1 + i);
                x[i * samples + j] = switch (noise) {
                    case "normal" -> mean + 0.4 * random.nextGaussian();
                    case "poisson" -> PoissonDraw.next(random, mean);
                    default -> mean * Math.exp(GammaDraw.log(random, 5)) / 5;
                };
            }
        }
        CompiledModel model = model(noise, features, 1, x);
        double[][][] gibbs = quantities(model, draws(new FactorEngine(), model, 1500));
        double[][][] nuts = quantities(model, draws(new NutsEngine(), model, 1500));
        for (int q = 0; q < gibbs.length; q++) {
            double a = mean(gibbs[q]);
            double b = mean(nuts[q]);
            // 38 numbers for each noise: one is off by more than 5 errors once in 15000 seeds.
            assertEquals(
                    a,
                    b,
                    5 * Math.hypot(Chains.mcseMean(gibbs[q]), Chains.mcseMean(nuts[q])),
                    noise + ", mean of " + q);
            double[][] squareA = squares(gibbs[q], a);
            double[][] squareB = squares(nuts[q], a);
            assertEquals(
                    mean(squareA),
                    mean(squareB),
                    5 * Math.hypot(Chains.mcseMean(squareA), Chains.mcseMean(squareB)),
                    noise + ", variance of " + q);
        }
    }

    private static Samples draws(Engine engine, CompiledModel model, int draws) {
        Map<String, Double> knobs = new HashMap<>();
        for (Knob knob : engine.knobs()) {
            knobs.put(knob.name(), knob.standard());
        }
        knobs.put("chains", 2.0);
        knobs.put("draws", (double) draws);
        return engine.run(new Problem(model, Set.of(Task.POSTERIOR), Precision.STANDARD, knobs), RunContext.of(4))
                .samples();
    }

    /** By quantity and chain: place, logarithm of the scatter, every second entry of ln (W H), log likelihood. */
    private static double[][][] quantities(CompiledModel model, Samples samples) {
        int d = model.dimension();
        int chains = samples.chains().orElseThrow().chains();
        int each = samples.size() / chains;
        FactorForm form = FactorForm.of(model);
        int entries = form.features() * form.samples();
        double[][][] all = new double[3 + entries / 2][chains][each];
        for (int c = 0; c < chains; c++) {
            for (int s = 0; s < each; s++) {
                int at = (c * each + s) * d;
                double[][] w = form.w(samples.theta(), at);
                double[][] h = form.h(samples.theta(), at);
                all[0][c][s] = samples.theta()[
                        at + form.h().orElseThrow().args().get(0).column(0)];
                all[1][c][s] = Math.log(samples.theta()[
                        at + form.h().orElseThrow().args().get(1).column(0)]);
                all[2][c][s] = samples.logLikelihood()[c * each + s];
                for (int e = 0; e < entries / 2; e++) {
                    all[3 + e][c][s] = Math.log(w[0][2 * e / form.samples()] * h[0][2 * e % form.samples()]);
                }
            }
        }
        return all;
    }

    private static double mean(double[][] chains) {
        return Arrays.stream(chains).flatMapToDouble(Arrays::stream).average().orElseThrow();
    }

    private static double[][] squares(double[][] chains, double mean) {
        return Arrays.stream(chains)
                .map(c -> Arrays.stream(c).map(v -> (v - mean) * (v - mean)).toArray())
                .toArray(double[][]::new);
    }
}
