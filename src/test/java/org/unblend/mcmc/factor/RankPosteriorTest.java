package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unblend.density.CompiledModel;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Poisson;

class RankPosteriorTest {
    private static RankPosterior of(double error, double... logZ) {
        double[] errors = new double[logZ.length];
        Arrays.fill(errors, error);
        int[] ranks = new int[logZ.length];
        Arrays.setAll(ranks, t -> t + 1);
        return new RankPosterior(ranks, logZ, errors);
    }

    @Test
    void withoutErrorsProbabilitiesAreThoseOfBayes() {
        double[] p = of(0, -10, -10 + Math.log(3), -1e4).probability();
        assertArrayEquals(new double[] {0.25, 0.75, 0}, p, 1e-12);
    }

    @Test
    void errorsMakeRanksLessCertain() {
        // The difference is 4 ± 3 sqrt(2): the mean of the logistic function over it, by the trapezoidal rule.
        double sd = 3 * Math.sqrt(2);
        double expected = 0;
        for (double z = -8; z <= 8; z += 0.001) {
            expected += 0.001 * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) / (1 + Math.exp(-(4 + sd * z)));
        }
        double[] p = of(3, -14, -10).probability();
        // 4000 draws of a number between 0 and 1: a right mean is off by 0.03 once in 10^4 seeds.
        assertEquals(expected, p[1], 0.03);
        assertTrue(p[1] < 0.9);
        assertEquals(1, p[0] + p[1], 1e-12);
    }

    @Test
    void ranksWithinErrorsOrWithinEAreAlike() {
        assertEquals(List.of(2), of(0.1, -20, -10, -12).alike());
        assertEquals(List.of(2, 3), of(0.1, -20, -10, -10.9).alike());
        assertEquals(List.of(2, 3), of(1, -20, -10, -12).alike());
        assertTrue(of(1, -20, -10, -12).verdict().startsWith("Ranks 2 and 3 cannot be told apart"));
        assertTrue(of(0.1, -20, -10, -12).verdict().contains("favours rank 2"));
        assertTrue(of(0.1, -20, -10).verdict().contains("try larger ones"));
    }

    @ParameterizedTest
    @EnumSource(MatchedPrior.class)
    void thePriorMeanOfTheDataDoesNotDependOnTheRank(MatchedPrior prior) {
        for (int rank : new int[] {1, 4}) {
            Axis feature = Axis.of("feature", 5);
            Axis sample = Axis.of("sample", 5);
            Axis component = Axis.of("component", rank);
            GraphBuilder graph = ModelGraph.named("test");
            prior.add(graph, "W", Dims.of(feature, component), component, 1);
            prior.add(graph, "H", Dims.of(component, sample), component, 7.0 / rank);
            CompiledModel model = new CompiledModel(graph.product("mean", "W", "H")
                    .observe("X", Dims.of(feature, sample), Poisson.mean("mean"), new double[25])
                    .build());
            assertEquals(rank, FactorForm.of(model).rank());
            int n = 20_000;
            double[] theta = model.priorDraws(n, RandomStream.of(5).generator());
            double[] means = model.values("mean", theta, n);
            double[] averages = new double[n];
            for (int i = 0; i < n; i++) {
                averages[i] =
                        Arrays.stream(means, 25 * i, 25 * (i + 1)).average().orElseThrow();
            }
            double mean = Arrays.stream(averages).average().orElseThrow();
            double error = Math.sqrt(
                    Arrays.stream(averages).map(v -> (v - mean) * (v - mean)).sum() / n / n);
            // Eight such comparisons: a right prior fails one of them by chance once in 2000 seeds.
            assertEquals(7, mean, 4 * error, "rank " + rank);
            assertTrue(error < 0.2, "error " + error);
        }
    }
}
