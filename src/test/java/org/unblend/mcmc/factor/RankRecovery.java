package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.unblend.density.CompiledModel;
import org.unblend.infer.RunContext;
import org.unblend.math.GammaDraw;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/**
 * Simulated factorisations of known rank, 10 features x 60 samples, and their ranks by evidence under the standard priors.
 * Profiles are Gamma draws of shape 1 with cosines of at most 0.7 between them, samples Gamma draws of shape 0.6; mean
 * entry 10; Normal noise of sd 1, Poisson noise, or Gamma noise of shape 20. Ranks are tried upwards until the evidence has
 * fallen by 15 below the best.
 *
 * <p>{@code main(first, last)} prints a line per data set, for long runs: noise, number, true rank, then rank:probability of
 * each rank tried.
 */
final class RankRecovery {
    static final List<String> NOISES = List.of("normal", "poisson", "gamma");
    private static final int FEATURES = 10;
    private static final int SAMPLES = 60;
    private static final double LEVEL = 10;
    private static final int LARGEST = 6;

    private RankRecovery() {}

    /** The probabilities of the ranks from 1 that were tried. */
    record Recovered(int truth, RankPosterior posterior) {
        int best() {
            return posterior.ranks()[posterior.best()];
        }
    }

    static Recovered recover(String noise, int number, int particles, int runs) {
        RandomStream stream = RandomStream.of(20261126).split(noise).split(number);
        int truth = truth(number);
        double[] x = data(noise, truth, stream.split("data").generator());
        List<double[]> found = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (int rank = 1; rank <= LARGEST; rank++) {
            FactorMoves moves = FactorMoves.of(FactorForm.of(model(noise, rank, x)));
            TemperedEvidence road = new TemperedEvidence(particles, noise.equals("normal") ? 1 : 5, runs);
            RunContext context = RunContext.of(1000L * number + rank);
            Estimate z = road.forward(moves, road.ladder(moves, context), context);
            found.add(new double[] {z.logZ(), z.error()});
            best = Math.max(best, z.logZ());
            if (z.logZ() < best - 15) {
                break;
            }
        }
        int[] ranks = new int[found.size()];
        Arrays.setAll(ranks, t -> t + 1);
        return new Recovered(
                truth,
                new RankPosterior(
                        ranks,
                        found.stream().mapToDouble(z -> z[0]).toArray(),
                        found.stream().mapToDouble(z -> z[1]).toArray()));
    }

    private static int truth(int number) {
        return 1 + number % 4;
    }

    static double[] dataFor(String noise, int number) {
        return data(
                noise,
                truth(number),
                RandomStream.of(20261126)
                        .split(noise)
                        .split(number)
                        .split("data")
                        .generator());
    }

    private static double[] data(String noise, int rank, RandomSource random) {
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
                default -> Math.max(1e-290, mean / 20 * Math.exp(GammaDraw.log(random, 20)));
            };
        }
        return x;
    }

    private static boolean apart(double[][] w) {
        for (int k = 0; k < w.length; k++) {
            for (int l = 0; l < k; l++) {
                if (dot(w[k], w[l]) > 0.7 * Math.sqrt(dot(w[k], w[k]) * dot(w[l], w[l]))) {
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

    static CompiledModel model(String noise, int rank, double[] x) {
        Axis feature = Axis.of("feature", FEATURES);
        Axis component = Axis.of("component", rank);
        Axis sample = Axis.of("sample", SAMPLES);
        Distribution likelihood = switch (noise) {
            case "normal" -> Normal.mean("mean").sd(1);
            case "poisson" -> Poisson.mean("mean");
            default -> Gamma.shape(20).mean("mean");
        };
        GraphBuilder graph = ModelGraph.named("test");
        MatchedPrior.GAMMA.add(graph, "W", Dims.of(feature, component), component, 1);
        double level = Arrays.stream(x).average().orElseThrow();
        MatchedPrior.GAMMA.add(graph, "H", Dims.of(component, sample), component, level / rank);
        return new CompiledModel(graph.product("mean", "W", "H")
                .observe("X", Dims.of(feature, sample), likelihood, x)
                .build());
    }

    public static void main(String[] args) {
        for (int number = Integer.parseInt(args[0]); number < Integer.parseInt(args[1]); number++) {
            for (String noise : NOISES) {
                Recovered r = recover(noise, number, 32, 3);
                StringBuilder line = new StringBuilder(noise + " " + number + " " + r.truth() + " ");
                double[] p = r.posterior().probability();
                for (int t = 0; t < p.length; t++) {
                    line.append(String.format(
                            Locale.ROOT,
                            " %d:%.4f(%.2f±%.2f)",
                            t + 1,
                            p[t],
                            r.posterior().logZ()[t],
                            r.posterior().error()[t]));
                }
                System.out.println(line);
            }
        }
    }
}
