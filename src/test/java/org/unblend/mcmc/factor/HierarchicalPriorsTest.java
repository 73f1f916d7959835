package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.density.CompiledModel;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/**
 * Sweeps with inferred arguments of priors, one per component, leave the joint law of unknowns and data invariant, as in
 * {@link SweepInvarianceTest}: at the power of one, and at one but for a rounding error, where the moves that tempering adds are
 * part of them. Some 150 statistics, and 1000 in the slow test, are compared with a limit
 * that each exceeds by chance once in 10^5 seeds.
 */
class HierarchicalPriorsTest {
    private static final Axis FEATURE = Axis.of("feature", 3);
    private static final Axis COMPONENT = Axis.of("component", 2);
    private static final Axis SAMPLE = Axis.of("sample", 4);
    private static final double LIMIT = SweepInvarianceTest.LIMIT;
    private static final List<String> ALL = List.of(
            "log-normal by place",
            "log-normal on both sides",
            "log-normal with places on both sides",
            "log-normal by mean",
            "relevance",
            "rates",
            "scales");

    private static ModelGraph graph(String noise, String priors) {
        Dims each = Dims.of(COMPONENT);
        GraphBuilder builder = ModelGraph.named("test");
        Distribution w = LogNormal.mu(0).sigma(1);
        Distribution h = LogNormal.mu("place").sigma("scatter");
        switch (priors) {
            case "log-normal by place" -> {
                builder.parameter("place", each, Normal.mean(-0.3).sd(0.7))
                        .parameter("scatter", each, HalfNormal.scale(0.8));
            }
            case "log-normal on both sides" -> {
                builder.parameter("place", each, Normal.mean(-0.3).sd(0.7))
                        .parameter("scatter", each, Gamma.shape(3).rate(4))
                        .parameter("place of W", Dims.SCALAR, Normal.mean(0).sd(0.5))
                        .parameter("scatter of W", each, LogNormal.mu(-0.5).sigma(0.5));
                w = LogNormal.mu("place of W").sigma("scatter of W");
            }
            case "log-normal with places on both sides" -> {
                builder.parameter("place", each, Normal.mean(-0.3).sd(0.7))
                        .parameter("scatter", Dims.SCALAR, Gamma.shape(3).rate(4))
                        .parameter("place of W", each, Normal.mean(0).sd(0.5));
                w = LogNormal.mu("place of W").sigma(0.7);
            }
            case "log-normal by mean" -> {
                builder.parameter("scatter", each, LogNormal.mu(-0.3).sigma(0.5))
                        .parameter("middle", each, Gamma.shape(4).rate(5));
                w = LogNormal.mean("middle").sigma(0.8);
                h = LogNormal.mean(0.7).sigma("scatter");
            }
            case "relevance" -> {
                builder.parameter("relevance", each, Gamma.shape(4).rate(4));
                w = Exponential.rate("relevance");
                h = HalfNormal.scale("relevance");
            }
            case "rates" -> {
                builder.parameter("rate of W", each, Gamma.shape(4).rate(4))
                        .parameter("shape", each, Gamma.shape(5).rate(4))
                        .parameter("rate", each, Gamma.shape(5).rate(3));
                w = Exponential.rate("rate of W");
                h = Gamma.shape("shape").rate("rate");
            }
            case "scales" -> {
                builder.parameter("scale of W", each, Gamma.shape(4).rate(4))
                        .parameter("middle", each, Gamma.shape(4).rate(5));
                w = HalfNormal.scale("scale of W");
                h = Gamma.shape(0.8).mean("middle");
            }
            default -> throw new IllegalArgumentException(priors);
        }
        Distribution likelihood = switch (noise) {
            case "normal" -> Normal.mean("mean").sd(0.5);
            case "poisson" -> Poisson.mean("mean");
            default -> Gamma.shape(3).mean("mean");
        };
        double[] data = new double[12];
        Arrays.fill(data, 1);
        return builder.parameter("W", Dims.of(FEATURE, COMPONENT), w)
                .parameter("H", Dims.of(COMPONENT, SAMPLE), h)
                .product("mean", "W", "H")
                .observe("X", Dims.of(FEATURE, SAMPLE), "", likelihood, data, SweepInvarianceTest.holes())
                .build();
    }

    // At the power of one where counts are split among components, else at the other, which has all moves.
    @ParameterizedTest
    @CsvSource({
        "normal, log-normal by place, 0.9999999999999",
        "poisson, log-normal with places on both sides, 1",
        "gamma, log-normal by mean, 0.9999999999999",
        "normal, rates, 0.9999999999999",
        "poisson, relevance, 1",
        "gamma, scales, 0.9999999999999"
    })
    void leavesTheJointLawInvariant(String noise, String priors, double beta) {
        double[] distances = SweepInvarianceTest.distances(
                graph(noise, priors), (form, sampler, random) -> sampler.sweep(random, beta));
        for (int s = 0; s < distances.length; s++) {
            assertTrue(
                    distances[s] < LIMIT,
                    String.format(
                            Locale.ROOT,
                            "%s, %s, power %s, statistic %d: distance %.4f, limit %.4f",
                            noise,
                            priors,
                            beta,
                            s,
                            distances[s],
                            LIMIT));
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"normal", "poisson", "gamma"})
    void allPriorsUnderAllNoisesLeaveTheJointLawInvariant(String noise) {
        for (String priors : ALL) {
            leavesTheJointLawInvariant(noise, priors, 1);
            leavesTheJointLawInvariant(noise, priors, 1 - 1e-13);
        }
    }

    /** Deliberately wrong samplers: each does a right sweep and then one more move that is wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"Jacobian of an entry", "Jacobian of a scatter", "prior of a place", "nothing"})
    void wrongMovesAreCaught(String missing) {
        double[] worst =
                SweepInvarianceTest.distances(graph("normal", "log-normal by place"), (form, sampler, random) -> {
                    sampler.sweep(random, 1);
                    Shape f = form.h().orElseThrow().shape(sampler.theta(), 0);
                    double[] h = sampler.h()[0];
                    switch (missing) {
                        case "Jacobian of an entry" -> {
                            // A slice move of ln h under the density of h.
                            double sum = 0;
                            double pull = 0;
                            for (int i = 0; i < 3; i++) {
                                double w = sampler.w()[0][i];
                                double v = form.weights().orElseThrow().get(i, 0);
                                double rest = form.x().dense().get(i, 0) - sampler.w()[1][i] * sampler.h()[1][0];
                                sum += v * w * w;
                                pull += v * w * rest;
                            }
                            double q = sum;
                            double b = -pull;
                            h[0] = Math.exp(Slice.move(
                                    random, Math.log(h[0]), u -> Shape.logOfLog(u, 0, b, q, f.t(), f.nu()) - u, 1));
                        }
                        case "Jacobian of a scatter" -> {
                            // Sigma and the distances of ln h from its place grow together, by one factor.
                            int at = form.h().orElseThrow().args().get(1).column(0);
                            double t = 0.3 * random.nextGaussian();
                            double before = sampler.logLikelihood();
                            double[] kept = h.clone();
                            double sigma = sampler.theta()[at];
                            sampler.theta()[at] = sigma * Math.exp(t);
                            for (int j = 0; j < 4; j++) {
                                h[j] = Math.exp(f.nu() + Math.exp(t) * (Math.log(h[j]) - f.nu()));
                            }
                            double prior = -0.5 * sigma * sigma * Math.expm1(2 * t) / 0.64 + t;
                            double ratio = sampler.logLikelihood() - before + prior - 4 * t;
                            if (Math.log(random.nextOpen()) >= ratio) {
                                sampler.theta()[at] = sigma;
                                System.arraycopy(kept, 0, h, 0, 4);
                            }
                        }
                        case "prior of a place" -> {
                            int at = form.h().orElseThrow().args().get(0).column(0);
                            double t = 0;
                            for (double v : h) {
                                t += Math.log(v) / 4;
                            }
                            sampler.theta()[at] = t + random.nextGaussian() / Math.sqrt(4 * f.t());
                        }
                        default -> {}
                    }
                });
        double largest = Arrays.stream(worst).max().orElseThrow();
        assertEquals(!missing.equals("nothing"), largest > LIMIT, missing + ": " + largest);
    }

    @Test
    void unitsOfPriorsThatAreSharedStayWhereTheyAre() {
        FactorForm own = FactorForm.of(new CompiledModel(graph("normal", "rates")));
        assertEquals(-1, UnitArgument.of(own, own.w()).get(1).orElseThrow().power());
        assertEquals(
                own.h().orElseThrow().args().get(1).column(1),
                UnitArgument.of(own, own.h()).get(1).orElseThrow().hyper().offset());
        FactorForm shared = FactorForm.of(new CompiledModel(graph("normal", "relevance")));
        assertFalse(UnitArgument.of(shared, shared.w()).get(0).isPresent());
    }

    @Test
    void placesOfLogNormalsAreDrawnFromTheirConditional() {
        CompiledModel model = new CompiledModel(graph("normal", "log-normal on both sides"));
        FactorForm form = FactorForm.of(model);
        double[] theta = model.priorDraws(1, RandomStream.of(1).generator());
        PriorSide.Statistics[] ofW =
                Arrays.stream(form.w(theta, 0)).map(PriorSide.Statistics::of).toArray(PriorSide.Statistics[]::new);
        PriorSide.Statistics[] ofH =
                Arrays.stream(form.h(theta, 0)).map(PriorSide.Statistics::of).toArray(PriorSide.Statistics[]::new);
        Hyper place = form.hypers().stream()
                .filter(g -> g.name().equals("place of W"))
                .findFirst()
                .orElseThrow();
        assertTrue(LocationDraw.fits(form, place));
        int n = 20_000;
        double sum = 0;
        double squares = 0;
        var random = RandomStream.of(2).generator();
        for (int i = 0; i < n; i++) {
            LocationDraw.draw(random, form, place, ofW, ofH, theta);
            double mu = theta[place.offset()];
            sum += mu / n;
            squares += mu * mu / n;
        }
        // The same by quadrature of prior times likelihood.
        double[] moments = new double[3];
        for (double mu = -6; mu < 6; mu += 1e-3) {
            theta[place.offset()] = mu;
            double log = place.logPrior(mu);
            for (int k = 0; k < 2; k++) {
                log += form.w().orElseThrow().log(ofW[k], form.w().orElseThrow().arguments(theta, k));
            }
            double p = Math.exp(log);
            moments[0] += p;
            moments[1] += p * mu;
            moments[2] += p * mu * mu;
        }
        double mean = moments[1] / moments[0];
        double sd = Math.sqrt(moments[2] / moments[0] - mean * mean);
        // Off by more than 5 standard errors once in a million seeds.
        assertEquals(mean, sum, 5 * sd / Math.sqrt(n));
        assertEquals(sd, Math.sqrt(squares - sum * sum), 5 * sd / Math.sqrt(2.0 * n));
    }
}
