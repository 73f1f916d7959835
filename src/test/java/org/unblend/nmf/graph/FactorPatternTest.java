package org.unblend.nmf.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.unblend.nmf.graph.FactorGraphs.COMPONENT;
import static org.unblend.nmf.graph.FactorGraphs.H;
import static org.unblend.nmf.graph.FactorGraphs.LINE;
import static org.unblend.nmf.graph.FactorGraphs.PIXEL;
import static org.unblend.nmf.graph.FactorGraphs.W;
import static org.unblend.nmf.graph.FactorGraphs.X;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.infer.InvalidRequest;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.Sparse;
import org.unblend.model.Arg;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Dirichlet;
import org.unblend.model.Distribution;
import org.unblend.model.GraphBuilder;
import org.unblend.model.Independent;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.model.family.TruncatedNormal;
import org.unblend.model.family.ZeroInflated;
import org.unblend.model.op.Add;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Optimality;
import org.unblend.nmf.Penalty;

/** The objective of the problem is minus the log posterior of the graph; what is no factorisation is refused. */
class FactorPatternTest {

    private static final Map<String, Distribution> PRIORS = new LinkedHashMap<>();

    static {
        PRIORS.put("flat", Flat.nonNegative());
        PRIORS.put("exponential", Exponential.rate(1.7));
        PRIORS.put("half-normal", HalfNormal.scale(0.6));
        PRIORS.put("gamma by rate", Gamma.shape(2.5).rate(1.3));
        PRIORS.put("gamma by mean", Gamma.shape(1.5).mean(0.7));
        PRIORS.put("elastic net", TruncatedNormal.mean(-0.8).sd(0.9).between(0, Double.POSITIVE_INFINITY));
        PRIORS.put("exponential per component", Exponential.rate("rate"));
        PRIORS.put("gamma per component", Gamma.shape("shape").rate("rate"));
    }

    /** Half of the weights differ, a fifth is zero. */
    private static double[] weights(long seed, boolean whole) {
        RandomSource random = FactorGraphs.random(seed);
        return FactorGraphs.values(X.size(), () -> {
            double u = random.nextOpen();
            return u < 0.2 ? 0 : whole || u < 0.5 ? 1 : 3 * u;
        });
    }

    private static GraphBuilder product(Distribution w, Distribution h) {
        return FactorGraphs.product(w, h)
                .constant("rate", Dims.of(COMPONENT), "", 0.5, 3)
                .constant("shape", Dims.SCALAR, "", 1.8);
    }

    private static Map<String, GraphBuilder> noises(Distribution w, Distribution h) {
        double[] counts = FactorGraphs.counts(3);
        RandomSource random = FactorGraphs.random(4);
        double[] sd = FactorGraphs.values(X.size(), () -> 0.3 + random.nextOpen());
        double[] shapes = FactorGraphs.values(PIXEL.length(), () -> 1 + 5 * random.nextOpen());
        double[] signed = FactorGraphs.values(X.size(), () -> 3 * random.nextGaussian());
        Map<String, GraphBuilder> all = new LinkedHashMap<>();
        all.put("normal", product(w, h).observe("X", X, Normal.mean("mean").sd(0.4), counts));
        all.put(
                "normal weighted",
                product(w, h).observe("X", X, "", Normal.mean("mean").sd(0.4), signed, weights(5, false)));
        all.put(
                "normal sd per entry",
                product(w, h)
                        .constant("sd", X, "", sd)
                        .observe("X", X, "", Normal.mean("mean").sd("sd"), signed, weights(6, true)));
        all.put("poisson", product(w, h).observe("X", X, Poisson.mean("mean"), counts));
        all.put("poisson weighted", product(w, h).observe("X", X, "", Poisson.mean("mean"), counts, weights(7, false)));
        all.put("gamma", product(w, h).observe("X", X, Gamma.shape(4).mean("mean"), counts));
        all.put(
                "gamma weighted, shape per pixel",
                product(w, h)
                        .constant("signal", Dims.of(PIXEL), "", shapes)
                        .observe("X", X, "", Gamma.shape("signal").mean("mean"), counts, weights(8, false)));
        return all;
    }

    @Test
    void theObjectiveIsMinusTheLogPosterior() {
        PRIORS.forEach((priorOfW, w) ->
                PRIORS.forEach((priorOfH, h) -> noises(w, h).forEach((noise, builder) -> {
                    CompiledModel model = new CompiledModel(builder.build());
                    FactorPattern pattern = FactorPattern.of(model.graph());
                    double[] constants = new double[4];
                    for (int t = 0; t < constants.length; t++) {
                        Factors f = FactorGraphs.factors(10 + t);
                        double objective = Optimality.of(pattern.problem(), f, Parallel.SERIAL)
                                .objective();
                        assertEquals(
                                pattern.scale() * objective,
                                Optimality.of(pattern.unscaled(), f, Parallel.SERIAL)
                                        .objective(),
                                1e-12 * pattern.scale() * Math.max(1, objective));
                        constants[t] = FactorGraphs.logPosterior(model, pattern, f) + pattern.scale() * objective;
                        assertEquals(
                                constants[0],
                                constants[t],
                                1e-11 * Math.max(1, pattern.scale() * objective),
                                noise + ", W " + priorOfW + ", H " + priorOfH);
                    }
                })));
    }

    @Test
    void theTransposedObservationIsTheSameProblem() {
        double[] x = FactorGraphs.counts(2);
        double[] turned = new double[x.length];
        for (int e = 0; e < x.length; e++) {
            turned[e % PIXEL.length() * LINE.length() + e / PIXEL.length()] = x[e];
        }
        FactorPattern plain = FactorPattern.of(FactorGraphs.product(Flat.nonNegative(), Flat.nonNegative())
                .observe("X", X, Normal.mean("mean").sd(1), x)
                .build());
        FactorPattern other = FactorPattern.of(FactorGraphs.product(Flat.nonNegative(), Flat.nonNegative())
                .observe("X", Dims.of(PIXEL, LINE), Normal.mean("mean").sd(1), turned)
                .build());
        assertEquals(plain.problem().x(), other.problem().x());
    }

    @Test
    void equalWeightsAreAScaleAndNoWeights() {
        FactorPattern pattern = FactorPattern.of(FactorGraphs.product(Exponential.rate(3), Exponential.rate(5))
                .observe("X", X, Normal.mean("mean").sd(0.5), FactorGraphs.counts(1))
                .build());
        assertEquals(4, pattern.scale());
        assertTrue(pattern.problem().weights().isEmpty());
        assertEquals(0.75, pattern.problem().w().get(0).penalty().l1());
    }

    @Test
    void mostlyZeroDataAreStoredSparsely() {
        double[] x = new double[X.size()];
        x[3] = 2;
        ModelGraph graph = FactorGraphs.product(Flat.nonNegative(), Flat.nonNegative())
                .observe("X", X, Poisson.mean("mean"), x)
                .build();
        assertTrue(FactorPattern.of(graph).problem().x() instanceof Sparse);
        assertFalse(
                FactorPattern.of(FactorGraphs.poisson(Flat.nonNegative(), Flat.nonNegative())
                                        .graph())
                                .problem()
                                .x()
                        instanceof Sparse);
    }

    @Test
    void thetaAndFactorsAreOneAnothersInverse() {
        CompiledModel model = FactorGraphs.normal(Flat.nonNegative(), Flat.nonNegative());
        FactorPattern pattern = FactorPattern.of(model.graph());
        Factors f = FactorGraphs.factors(3);
        Factors back = pattern.factors(model.layout(), pattern.theta(model.layout(), f));
        assertEquals(f, back);
        assertArrayEquals(
                Arrays.stream(f.w().array()).flatMapToDouble(Arrays::stream).toArray(),
                model.values("W", pattern.theta(model.layout(), f), 1));
    }

    private static void refused(String code, String reason, ModelGraph graph) {
        InvalidRequest e = assertThrows(InvalidRequest.class, () -> FactorPattern.of(graph));
        assertEquals(code, e.code(), e.getMessage());
        assertTrue(e.reason().contains(reason), e.reason());
        assertFalse(e.remedy().isBlank());
    }

    private static ModelGraph withPrior(Distribution w) {
        return FactorGraphs.normal(w, Exponential.rate(1)).graph();
    }

    private static GraphBuilder flat() {
        return FactorGraphs.product(Flat.nonNegative(), Flat.nonNegative());
    }

    @Test
    void priorsWithoutAModeOrOfOtherShapeAreRefused() {
        refused("N006", "unbounded at 0", withPrior(Gamma.shape(0.7).rate(1)));
        refused("N006", "unbounded at 0", withPrior(Gamma.shape(0.99).mean(1)));
        refused(
                "N011",
                "no mode",
                withPrior(ZeroInflated.zero(0.3).otherwise(Gamma.shape(2).mean(1))));
        refused("N004", "no penalty", withPrior(Flat.real()));
        refused("N004", "no penalty", withPrior(TruncatedNormal.mean(1).sd(1).between(0, Double.POSITIVE_INFINITY)));
        refused("N004", "ties its entries", withPrior(Dirichlet.over("line").concentration(2)));
        refused(
                "N005",
                "prior of W depends on rate",
                FactorGraphs.product(Exponential.rate("rate"), Exponential.rate(1))
                        .parameter("rate", Exponential.rate(1))
                        .observe("X", X, Normal.mean("mean").sd(1), FactorGraphs.counts(1))
                        .build());
        refused(
                "N004",
                "between components alone",
                FactorGraphs.product(Exponential.rate("rate"), Exponential.rate(1))
                        .constant("rate", Dims.of(LINE), "", 1, 2, 3, 4, 5)
                        .observe("X", X, Normal.mean("mean").sd(1), FactorGraphs.counts(1))
                        .build());
        refused(
                "N005",
                "with a free scale the posterior has no mode",
                FactorGraphs.product(LogNormal.mu("place").sigma("scatter"), Exponential.rate(1))
                        .parameter("place", Normal.mean(0).sd(1))
                        .parameter("scatter", HalfNormal.scale(1))
                        .observe("X", X, Normal.mean("mean").sd(1), FactorGraphs.counts(1))
                        .build());
    }

    @Test
    void modesOfLogNormalPriorsAreOnTheNaturalScale() {
        Penalty byMu = FactorPattern.of(withPrior(LogNormal.mu(0.3).sigma(0.5)))
                .problem()
                .w()
                .get(0)
                .penalty();
        assertEquals(0.3 - 0.25, byMu.centre(), 1e-15);
        assertEquals(4, byMu.bend(), 1e-15);
        Penalty byMean = FactorPattern.of(
                        withPrior(LogNormal.mean(Math.exp(0.3 + 0.125)).sigma(0.5)))
                .problem()
                .w()
                .get(0)
                .penalty();
        assertEquals(byMu.centre(), byMean.centre(), 1e-15);
    }

    @Test
    void otherGraphsAreRefused() {
        double[] x = FactorGraphs.counts(1);
        refused(
                "N001",
                "this graph has 2",
                flat().observe("X", X, Normal.mean("mean").sd(1), x)
                        .observe("Y", X, Normal.mean("mean").sd(1), x)
                        .build());
        refused(
                "N002",
                "is not the matrix product",
                flat().deterministic("twice", new Add(List.of("mean", "mean")))
                        .observe("X", X, Normal.mean("twice").sd(1), x)
                        .build());
        refused(
                "N002",
                "is a number",
                flat().observe("X", X, Normal.mean(0).sd(1), x).build());
        refused(
                "N002",
                "X is log_normal",
                flat().observe("X", X, LogNormal.mu("mean").sigma(1), x).build());
        Axis epoch = Axis.of("epoch", 2);
        refused(
                "N002",
                "its mean",
                flat().observe(
                                "X",
                                Dims.of(LINE, PIXEL, epoch),
                                Normal.mean("mean").sd(1),
                                new double[70])
                        .build());
        refused(
                "N003",
                "sd of X, s, is not known",
                flat().parameter("s", HalfNormal.scale(1))
                        .observe("X", X, Normal.mean("mean").sd("s"), x)
                        .build());
        refused(
                "N003",
                "idle is unknown too",
                flat().parameter("idle", HalfNormal.scale(1))
                        .observe("X", X, Normal.mean("mean").sd(1), x)
                        .build());
        refused(
                "N004",
                "negative entries",
                ModelGraph.named("m")
                        .constant("W", W, "", FactorGraphs.values(W.size(), () -> -1))
                        .parameter("H", H, Flat.nonNegative())
                        .product("mean", "W", "H")
                        .observe("X", X, Normal.mean("mean").sd(1), x)
                        .build());
        refused(
                "N004",
                "follows from other nodes",
                ModelGraph.named("m")
                        .parameter("V", W, Flat.nonNegative())
                        .deterministic("W", new Add(List.of("V", "V")))
                        .parameter("H", H, Flat.nonNegative())
                        .product("mean", "W", "H")
                        .observe("X", X, Normal.mean("mean").sd(1), x)
                        .build());
    }

    @Test
    void dataThatTheNoiseCannotGiveAreRefused() {
        double[] zero = FactorGraphs.counts(1);
        zero[9] = 0;
        refused(
                "N007",
                "row 2, column 3",
                flat().observe("X", X, Gamma.shape(2).mean("mean"), zero).build());
        double[] none = new double[X.size()];
        refused(
                "N007",
                "every entry is masked",
                flat().observe("X", X, "", Normal.mean("mean").sd(1), zero, none)
                        .build());
        for (double sd : new double[] {1e-200, 1e200}) {
            refused(
                    "N007",
                    "comes out as",
                    flat().observe("X", X, Normal.mean("mean").sd(sd), FactorGraphs.counts(1))
                            .build());
        }
        double[] huge = FactorGraphs.counts(1);
        huge[0] = 1e300;
        refused(
                "N007",
                "1.0E300",
                flat().observe("X", X, Normal.mean("mean").sd(1), huge).build());
    }

    @Test
    void argumentsThatAFamilyDoesNotAllowAreRefused() {
        Independent perComponent = Independent.of(Exponential.FAMILY, Arg.of("rate"));
        assertThrows(
                IllegalArgumentException.class,
                () -> FactorGraphs.product(perComponent, Exponential.rate(1))
                        .constant("rate", Dims.of(COMPONENT), "", 1, -1)
                        .observe("X", X, Normal.mean("mean").sd(1), FactorGraphs.counts(1))
                        .build());
    }
}
