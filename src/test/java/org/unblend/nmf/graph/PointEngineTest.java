package org.unblend.nmf.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.unblend.nmf.graph.FactorGraphs.H;
import static org.unblend.nmf.graph.FactorGraphs.LINE;
import static org.unblend.nmf.graph.FactorGraphs.W;
import static org.unblend.nmf.graph.FactorGraphs.X;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Engine;
import org.unblend.infer.Finding;
import org.unblend.infer.Fit;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Journal;
import org.unblend.infer.Plan;
import org.unblend.infer.Planner;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Progress;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Task;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.Normal;
import org.unblend.nmf.Factors;

/** The planner's choice among the engines, and what they return. */
class PointEngineTest {
    private static final Planner PLANNER = new Planner(PointEngines.ALL);
    private static final Set<Task> POINT = Set.of(Task.POINT);

    private static Plan plan(CompiledModel model, String wanted) {
        return PLANNER.plan(model, POINT, Optional.ofNullable(wanted));
    }

    private static Problem problem(CompiledModel model, Engine engine, Map<String, Double> given) {
        Map<String, Double> knobs = new HashMap<>();
        engine.knobs().forEach(k -> knobs.put(k.name(), k.standard()));
        knobs.putAll(given);
        return new Problem(model, POINT, Precision.STANDARD, knobs);
    }

    private static Result run(CompiledModel model, String wanted, Map<String, Double> knobs, RunContext context) {
        Engine engine = plan(model, wanted).engine();
        return engine.run(problem(model, engine, knobs), context);
    }

    private static CompiledModel weighted(Distribution w, Distribution h) {
        double[] weights = FactorGraphs.values(X.size(), () -> 1);
        weights[4] = 0;
        weights[5] = 7;
        return new CompiledModel(FactorGraphs.product(w, h)
                .observe("X", X, "", Normal.mean("mean").sd(1), FactorGraphs.counts(1), weights)
                .build());
    }

    private static CompiledModel givenW() {
        Factors f = FactorGraphs.factors(5);
        return new CompiledModel(ModelGraph.named("m")
                .constant(
                        "W",
                        W,
                        "",
                        IntStream.range(0, W.size())
                                .mapToDouble(e -> f.w().get(e / 2, e % 2))
                                .toArray())
                .parameter("H", H, Flat.nonNegative())
                .product("mean", "W", "H")
                .observe("X", X, Normal.mean("mean").sd(1), FactorGraphs.counts(1))
                .build());
    }

    @Test
    void thePlannerChoosesByStructure() {
        Distribution flat = Flat.nonNegative();
        assertEquals(
                "hals", plan(FactorGraphs.normal(flat, flat), null).engine().name());
        assertEquals("weighted-cd", plan(weighted(flat, flat), null).engine().name());
        assertEquals(
                "scoring-cd",
                plan(FactorGraphs.poisson(flat, flat), null).engine().name());
        assertEquals(
                "scoring-cd",
                plan(FactorGraphs.gamma(flat, flat), null).engine().name());
        assertEquals("anls", plan(givenW(), null).engine().name());
        for (String name : List.of("shift-nmf", "nearly-nmf", "cd-sklearn", "mu", "anls", "weighted-cd")) {
            assertEquals(
                    name, plan(FactorGraphs.normal(flat, flat), name).engine().name());
        }
    }

    @Test
    void otherTasksAndOtherGraphsAreRefused() {
        CompiledModel model = FactorGraphs.normal(Exponential.rate(1), Exponential.rate(1));
        for (Engine engine : PointEngines.ALL) {
            assertEquals(
                    Fit.INCOMPATIBLE,
                    engine.match(model, Set.of(Task.POSTERIOR)).fit());
        }
        CompiledModel noMode = FactorGraphs.normal(Gamma.shape(0.5).rate(1), Exponential.rate(1));
        InvalidRequest e = assertThrows(InvalidRequest.class, () -> plan(noMode, null));
        // The one reason of all engines is told once.
        assertEquals(1, e.reason().split("unbounded at 0", -1).length - 1, e.reason());
    }

    @Test
    void aFreeScaleIsLeftToTheEngineWhoseStoppingRuleIsTheResult() {
        CompiledModel model = FactorGraphs.normal(Flat.nonNegative(), Exponential.rate(1));
        InvalidRequest e = assertThrows(InvalidRequest.class, () -> plan(model, null));
        assertTrue(e.reason().contains("has no mode"), e.reason());
        assertThrows(InvalidRequest.class, () -> plan(model, "hals"));
        Result result = run(model, "cd-sklearn", Map.of("starts", 1.0), RunContext.of(1));
        assertTrue(result.findings().stream().anyMatch(f -> f.check().equals("scale")));
        assertEquals(Finding.Severity.CAUTION, result.verdict());
        // The barrier of a gamma prior keeps W from shrinking for nothing.
        CompiledModel barrier = FactorGraphs.normal(Gamma.shape(2).rate(1), Flat.nonNegative());
        assertEquals("hals", plan(barrier, null).engine().name());
    }

    /** At a mode no entry above 0 has a slope, and no entry at 0 gains by growing. */
    private static void assertMode(CompiledModel model, String engine) {
        Result result = run(model, engine, Map.of("starts", 3.0, "kkt", 1e-7, "decrease", 1e-13), RunContext.of(7));
        assertEquals(Finding.Severity.OK, result.verdict(), result.findings().toString());
        double[] theta = result.samples().theta();
        double[] logPosterior = new double[1];
        double[] slope = new double[theta.length];
        double[] lifted = theta.clone();
        for (int i = 0; i < lifted.length; i++) {
            // Densities of the families are differentiable above 0 only.
            lifted[i] = Math.max(lifted[i], 1e-12);
        }
        model.gradients().natural(lifted, logPosterior, slope, 1);
        for (int i = 0; i < theta.length; i++) {
            String where = engine + " " + model.names().get(i) + " = " + theta[i];
            if (theta[i] > 1e-6) {
                assertEquals(0, slope[i], 1e-4, where);
            } else {
                assertTrue(slope[i] < 1e-4, where + ", slope " + slope[i]);
            }
        }
    }

    @Test
    void theResultIsAModeOfTheGraph() {
        for (Distribution w : List.of(
                Exponential.rate(0.8), HalfNormal.scale(2), Gamma.shape(1.5).rate(1))) {
            Distribution h = Exponential.rate(0.3);
            assertMode(FactorGraphs.normal(w, h), null);
            assertMode(weighted(w, h), null);
            assertMode(FactorGraphs.poisson(w, h), null);
            assertMode(FactorGraphs.gamma(w, h), null);
        }
        assertMode(FactorGraphs.normal(Exponential.rate(0.8), HalfNormal.scale(2)), "anls");
        assertMode(FactorGraphs.normal(Exponential.rate(0.8), HalfNormal.scale(2)), "weighted-cd");
        assertMode(givenW(), null);
    }

    @Test
    void theRuleOfScikitLearnAloneEndsItsDescent() {
        CompiledModel model = FactorGraphs.normal(Flat.nonNegative(), Flat.nonNegative());
        Result loose = run(model, "cd-sklearn", Map.of("starts", 1.0, "tol", 0.1), RunContext.of(1));
        Result standard = run(model, "cd-sklearn", Map.of("starts", 1.0), RunContext.of(1));
        assertTrue(loose.effort().evaluations() < standard.effort().evaluations());
        assertTrue(standard.effort().evaluations() <= 200);
        Result never = run(model, "cd-sklearn", Map.of("starts", 1.0, "tol", 0.0), RunContext.of(1));
        assertEquals(200, never.effort().evaluations());
    }

    @Test
    void maskedEntriesHaveNoInfluence() {
        double[][] theta = new double[2][];
        for (int t = 0; t < 2; t++) {
            double[] x = FactorGraphs.counts(1);
            double[] weights = FactorGraphs.values(X.size(), () -> 1);
            weights[11] = 0;
            x[11] = t == 0 ? Double.NaN : 1e9;
            CompiledModel model = new CompiledModel(FactorGraphs.product(Exponential.rate(1), Exponential.rate(1))
                    .observe("X", X, "", Normal.mean("mean").sd(1), x, weights)
                    .build());
            theta[t] = run(model, null, Map.of("starts", 2.0), RunContext.of(1))
                    .samples()
                    .theta();
        }
        assertArrayEquals(theta[0], theta[1]);
    }

    @Test
    void theResultDoesNotDependOnThreads() {
        CompiledModel model = FactorGraphs.poisson(Exponential.rate(1), Exponential.rate(1));
        Result serial = run(model, null, Map.of("starts", 6.0), RunContext.of(3));
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Result threaded =
                    run(model, null, Map.of("starts", 6.0), RunContext.of(3).with(new Parallel(executor)));
            assertArrayEquals(serial.samples().theta(), threaded.samples().theta());
            assertEquals(serial.trace(), threaded.trace());
        } finally {
            executor.shutdownNow();
        }
        Result other = run(model, null, Map.of("starts", 6.0), RunContext.of(4));
        assertFalse(serial.trace().equals(other.trace()), "the seed has no effect");
    }

    @Test
    void theResultIsOneDrawWithItsLikelihoodAndItsWay() {
        CompiledModel model = FactorGraphs.normal(Flat.nonNegative(), Flat.nonNegative());
        Result result = run(model, null, Map.of("starts", 4.0), RunContext.of(1));
        assertEquals(1, result.samples().size());
        assertArrayEquals(new double[] {1}, result.samples().weights());
        double[] logLikelihood = new double[1];
        model.logLikelihood(result.samples().theta(), logLikelihood, 1);
        assertEquals(logLikelihood[0], result.samples().logLikelihood()[0]);
        Map<String, String> info = new HashMap<>();
        result.info().forEach(i -> info.put(i.name(), i.value()));
        double objective = Double.parseDouble(info.get("objective"));
        // ln p = -sum (x - mean)^2 / 2 - N ln(2 pi) / 2.
        assertEquals(-logLikelihood[0] - 0.5 * X.size() * Math.log(2 * Math.PI), objective, 1e-9 * objective);
        List<Result.Look> trace = result.trace();
        assertEquals(objective, trace.get(trace.size() - 1).objective(), 1e-9 * objective);
        for (int t = 1; t < trace.size(); t++) {
            assertTrue(trace.get(t).objective() <= trace.get(t - 1).objective() * (1 + 1e-12));
        }
        assertTrue(result.findings().stream().anyMatch(f -> f.check().equals("starts")));
    }

    @Test
    void freeScalesAndOrdersAreMadeCanonical() {
        CompiledModel model = FactorGraphs.normal(Flat.nonNegative(), Flat.nonNegative());
        Result result = run(model, null, Map.of(), RunContext.of(1));
        Factors f = FactorPattern.of(model.graph())
                .factors(model.layout(), result.samples().theta());
        double[] share = new double[2];
        for (int k = 0; k < 2; k++) {
            int component = k;
            double sum = IntStream.range(0, LINE.length())
                    .mapToDouble(i -> f.w().get(i, component))
                    .sum();
            assertEquals(1, sum, 1e-12);
            share[k] = Arrays.stream(f.h().row(k)).sum();
        }
        assertTrue(share[0] >= share[1], "the larger component comes first");
    }

    @Test
    void aLimitIsReported() {
        CompiledModel model = FactorGraphs.poisson(Flat.nonNegative(), Flat.nonNegative());
        Result limited = run(model, null, Map.of("iterations", 3.0, "starts", 2.0), RunContext.of(1));
        assertEquals(Finding.Severity.CAUTION, limited.verdict());
        assertTrue(limited.findings().stream().anyMatch(f -> f.check().equals("convergence")));
        RunContext spent = new RunContext(
                RandomStream.of(1),
                Parallel.SERIAL,
                Progress.SILENT,
                () -> Optional.of("the time is up"),
                Journal.NONE);
        Result ended = run(model, null, Map.of("starts", 2.0, "kkt", 0.0), spent);
        assertEquals(Optional.of("the time is up"), ended.effort().stopped());
        assertEquals(20, ended.effort().evaluations());
    }
}
