package org.unblend.nmf.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.unblend.nmf.graph.FactorGraphs.LINE;
import static org.unblend.nmf.graph.FactorGraphs.PIXEL;
import static org.unblend.nmf.graph.FactorGraphs.X;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Engine;
import org.unblend.infer.Finding;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Planner;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Start;
import org.unblend.infer.Task;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Optimality;

/** Means that are sums of products: components with priors of several families, components that are partly given. */
class BlocksTest {
    private static final Set<Task> POINT = Set.of(Task.POINT);
    private static final Axis KNOWN = Axis.of("component", "known");
    private static final Axis FREE = Axis.of("component", "a", "b");
    private static final Axis TIMED = Axis.of("component", "timed");
    private static final double[] TEMPLATE = {1, 0, 2, 3, 0.5};
    private static final double[] COURSE = {0, 1, 2, 3, 2, 1, 0};

    /** A component of known profile, two of unknown ones and one of known strength. */
    private static GraphBuilder builder() {
        return ModelGraph.named("blocks")
                .constant("W1", Dims.of(LINE, KNOWN), "", TEMPLATE)
                .parameter("H1", Dims.of(KNOWN, PIXEL), Exponential.rate(0.3))
                .parameter("W2", Dims.of(LINE, FREE), Gamma.shape(2).rate(1))
                .parameter("H2", Dims.of(FREE, PIXEL), HalfNormal.scale(3))
                .parameter("W3", Dims.of(LINE, TIMED), Exponential.rate(0.5))
                .constant("H3", Dims.of(TIMED, PIXEL), "", COURSE)
                .product("first", "W1", "H1")
                .product("second", "W2", "H2")
                .product("third", "W3", "H3");
    }

    private static Map<String, CompiledModel> models() {
        double[] weights = FactorGraphs.values(X.size(), () -> 1);
        weights[3] = 0;
        weights[8] = 2.5;
        Map<String, CompiledModel> models = new HashMap<>();
        Map<String, UnaryOperator<GraphBuilder>> noises = Map.of(
                "normal", b -> b.observe("X", X, Normal.mean("mean").sd(0.5), FactorGraphs.counts(1)),
                "weighted", b -> b.observe("X", X, "", Normal.mean("mean").sd(1), FactorGraphs.counts(1), weights),
                "poisson", b -> b.observe("X", X, Poisson.mean("mean"), FactorGraphs.counts(1)),
                "gamma", b -> b.observe("X", X, Gamma.shape(4).mean("mean"), FactorGraphs.counts(1)));
        noises.forEach((name, noise) -> models.put(
                name,
                new CompiledModel(noise.apply(builder().sum("mean", "first", "second", "third"))
                        .build())));
        return models;
    }

    private static Result run(CompiledModel model, String engine, Optional<Start> start) {
        Engine chosen = new Planner(PointEngines.ALL)
                .plan(model, POINT, Optional.ofNullable(engine))
                .engine();
        Map<String, Double> knobs = new HashMap<>();
        chosen.knobs().forEach(k -> knobs.put(k.name(), k.standard()));
        knobs.putAll(Map.of("starts", 3.0, "kkt", 1e-7, "decrease", 1e-13));
        return chosen.run(new Problem(model, POINT, Precision.STANDARD, knobs, start), RunContext.of(7));
    }

    @Test
    void theObjectiveIsMinusTheLogPosterior() {
        models().forEach((noise, model) -> {
            FactorPattern pattern = FactorPattern.of(model.graph());
            assertEquals(List.of("known", "a", "b", "timed"), pattern.components());
            assertFalse(pattern.oneFactorGiven());
            double first = 0;
            for (int t = 0; t < 4; t++) {
                RandomSource random = FactorGraphs.random(20 + t);
                double[] theta = FactorGraphs.values(model.dimension(), () -> 0.2 + random.nextOpen());
                Factors f = pattern.factors(model.layout(), theta);
                assertArrayEquals(theta, pattern.theta(model.layout(), f));
                assertEquals(2, f.w().get(2, 0));
                assertEquals(3, f.h().get(3, 3));
                double sum = FactorGraphs.logPosterior(model, pattern, f)
                        + pattern.scale()
                                * Optimality.of(pattern.problem(), f, Parallel.SERIAL)
                                        .objective();
                first = t == 0 ? sum : first;
                assertEquals(first, sum, 1e-10 * Math.abs(first), noise);
            }
        });
    }

    /** No entry above 0 has a slope and none at 0 gains by growing, by the gradient of the graph itself. */
    private static void assertMode(CompiledModel model, String engine, Optional<Start> start) {
        Result result = run(model, engine, start);
        assertEquals(Finding.Severity.OK, result.verdict(), result.findings().toString());
        double[] theta = result.samples().theta();
        double[] lifted = new double[theta.length];
        for (int i = 0; i < theta.length; i++) {
            lifted[i] = Math.max(theta[i], 1e-12);
        }
        double[] slope = new double[theta.length];
        model.gradients().natural(lifted, new double[1], slope, 1);
        for (int i = 0; i < theta.length; i++) {
            String where = engine + " " + start + " " + model.names().get(i) + " = " + theta[i];
            if (theta[i] > 1e-6) {
                assertEquals(0, slope[i], 1e-4, where);
            } else {
                assertTrue(slope[i] < 1e-4, where + ", slope " + slope[i]);
            }
        }
    }

    @Test
    void theResultIsAModeOfTheGraph() {
        models().values().forEach(model -> assertMode(model, null, Optional.empty()));
        for (String rule : List.of("grow", "nndsvda", "nndsvdar")) {
            assertMode(models().get("normal"), null, Optional.of(new Start.ByRule(rule)));
            assertMode(models().get("poisson"), null, Optional.of(new Start.ByRule(rule)));
        }
    }

    @Test
    void componentsWithOneFactorGivenEachAreAConvexProblem() {
        CompiledModel model = new CompiledModel(ModelGraph.named("linear")
                .constant("W1", Dims.of(LINE, KNOWN), "", TEMPLATE)
                .parameter("H1", Dims.of(KNOWN, PIXEL), Flat.nonNegative())
                .parameter("W3", Dims.of(LINE, TIMED), Flat.nonNegative())
                .constant("H3", Dims.of(TIMED, PIXEL), "", COURSE)
                .product("first", "W1", "H1")
                .product("third", "W3", "H3")
                .sum("mean", "first", "third")
                .observe("X", X, Normal.mean("mean").sd(1), FactorGraphs.counts(1))
                .build());
        assertTrue(FactorPattern.of(model.graph()).linear());
        Result result = run(model, null, Optional.empty());
        assertEquals(1, result.effort().batches());
        assertMode(model, null, Optional.empty());
    }

    private static void refused(String reason, ModelGraph graph) {
        InvalidRequest e = assertThrows(InvalidRequest.class, () -> FactorPattern.of(graph));
        assertEquals("N002", e.code());
        assertTrue(e.reason().contains(reason), e.reason());
    }

    @Test
    void otherSumsAreRefused() {
        refused(
                "a factor enters it twice",
                builder()
                        .sum("mean", "first", "second", "third", "third")
                        .observe("X", X, Normal.mean("mean").sd(1), FactorGraphs.counts(1))
                        .build());
        refused(
                "background is none",
                builder()
                        .constant("background", X, "", FactorGraphs.counts(2))
                        .sum("mean", "first", "second", "third", "background")
                        .observe("X", X, Normal.mean("mean").sd(1), FactorGraphs.counts(1))
                        .build());
        refused(
                "the product turned has axes",
                ModelGraph.named("turned")
                        .parameter("W", Dims.of(LINE, FREE), Flat.nonNegative())
                        .parameter("H", Dims.of(FREE, PIXEL), Flat.nonNegative())
                        .parameter("A", Dims.of(PIXEL, KNOWN), Flat.nonNegative())
                        .parameter("B", Dims.of(KNOWN, LINE), Flat.nonNegative())
                        .product("straight", "W", "H")
                        .product("turned", "A", "B")
                        .sum("mean", "straight", "turned")
                        .observe("X", X, Normal.mean("mean").sd(1), FactorGraphs.counts(1))
                        .build());
    }
}
