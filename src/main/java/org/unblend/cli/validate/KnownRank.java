package org.unblend.cli.validate;

import java.util.Arrays;
import java.util.List;
import org.unblend.density.CompiledModel;
import org.unblend.math.GammaDraw;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.factor.MatchedPrior;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/**
 * A simulated factorisation of known rank, 10 features x 60 samples. Profiles are Gamma draws of shape 1 with cosines of at
 * most 0.7 between them, samples Gamma draws of shape 0.6; mean entry 10; Normal noise of sd 1, Poisson noise, or Gamma noise
 * of shape 20.
 *
 * @param noise one of {@link #NOISES}
 * @param number of the set, from 0 on; ranks 1 to 4 take turns
 */
record KnownRank(String noise, int number) {
    static final List<String> NOISES = List.of("normal", "poisson", "gamma");

    /** Ranks that occur are 1 to this one. */
    static final int RANKS = 4;

    private static final int FEATURES = 10;
    private static final int SAMPLES = 60;
    private static final double LEVEL = 10;
    private static final double LIKE = 0.7;
    private static final double SHAPE = 20;

    int truth() {
        return 1 + number % RANKS;
    }

    RandomStream stream() {
        return RandomStream.of(20261126).split(noise).split(number);
    }

    /** The data, row-major {@code [features x samples]}. */
    double[] data() {
        RandomSource random = stream().split("data").generator();
        int rank = truth();
        double[][] w = new double[rank][FEATURES];
        do {
            for (double[] profile : w) {
                Arrays.setAll(profile, i -> Math.exp(GammaDraw.log(random, 1)));
            }
        } while (!apart(w));
        double[][] h = new double[rank][SAMPLES];
        for (double[] row : h) {
            Arrays.setAll(row, j -> LEVEL / rank / 0.6 * Math.exp(GammaDraw.log(random, 0.6)));
        }
        double[] x = new double[FEATURES * SAMPLES];
        for (int e = 0; e < x.length; e++) {
            double mean = 0;
            for (int k = 0; k < rank; k++) {
                mean += w[k][e / SAMPLES] * h[k][e % SAMPLES];
            }
            x[e] = switch (noise) {
                case "normal" -> mean + random.nextGaussian();
                case "poisson" -> PoissonDraw.next(random, mean);
                default -> Math.max(1e-290, mean / SHAPE * Math.exp(GammaDraw.log(random, SHAPE)));
            };
        }
        return x;
    }

    private static boolean apart(double[][] w) {
        for (int k = 0; k < w.length; k++) {
            for (int l = 0; l < k; l++) {
                if (dot(w[k], w[l]) > LIKE * Math.sqrt(dot(w[k], w[k]) * dot(w[l], w[l]))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The factorisation of a rank with the standard priors, the noise being known. */
    CompiledModel model(int rank, double[] x) {
        Axis feature = Axis.of("feature", FEATURES);
        Axis component = Axis.of("component", rank);
        Axis sample = Axis.of("sample", SAMPLES);
        Distribution likelihood = switch (noise) {
            case "normal" -> Normal.mean("mean").sd(1);
            case "poisson" -> Poisson.mean("mean");
            default -> Gamma.shape(SHAPE).mean("mean");
        };
        GraphBuilder graph = ModelGraph.named("known-rank");
        MatchedPrior.GAMMA.add(graph, "W", Dims.of(feature, component), component, 1);
        double level = Arrays.stream(x).average().orElseThrow();
        MatchedPrior.GAMMA.add(graph, "H", Dims.of(component, sample), component, level / rank);
        return new CompiledModel(graph.product("mean", "W", "H")
                .observe("X", Dims.of(feature, sample), likelihood, x)
                .build());
    }
}
