package org.unblend.nmf.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Engine;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Start;
import org.unblend.infer.Task;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.nmf.Factors;
import org.unblend.nmf.start.StartRule;

/** Engines begin where they are told to. */
class StartsOfEnginesTest {
    private static final CompiledModel MODEL = FactorGraphs.normal(Flat.nonNegative(), Flat.nonNegative());

    private static Result run(CompiledModel model, Start start, double iterations) {
        Engine hals = PointEngines.ALL.get(0);
        Map<String, Double> knobs = new HashMap<>();
        hals.knobs().forEach(k -> knobs.put(k.name(), k.standard()));
        knobs.put("starts", 4.0);
        knobs.put("iterations", iterations);
        return hals.run(
                new Problem(model, Set.of(Task.POINT), Precision.STANDARD, knobs, Optional.of(start)),
                RunContext.of(3));
    }

    private static Factors factors(CompiledModel model, Result result) {
        return FactorPattern.of(model.graph())
                .factors(model.layout(), result.samples().theta());
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void rulesWithoutChanceStartOnce() {
        for (StartRule rule : StartRule.values()) {
            Result result = run(MODEL, new Start.ByRule(rule.text()), 5000);
            assertEquals(rule.random() ? 4 : 1, result.effort().batches(), rule.text() + " " + result.effort());
            assertTrue(result.samples().logLikelihood()[0] > -200, rule.text());
        }
    }

    /** A mode is left neither by steps nor by another order of its components; a start from elsewhere goes there. */
    @Test
    void aGivenStartIsWhereItBegins() {
        Factors mode = factors(MODEL, run(MODEL, new Start.ByRule("random"), 5000));
        double[] w = flat(mode.w().array());
        double[] h = flat(mode.h().array());
        double[] swappedW = w.clone();
        double[] swappedH = new double[h.length];
        for (int e = 0; e < w.length; e++) {
            swappedW[e] = w[e ^ 1];
        }
        for (int e = 0; e < h.length; e++) {
            swappedH[e] = h[(e + h.length / 2) % h.length];
        }
        Result again = run(MODEL, new Start.At(Map.of("W", swappedW, "H", swappedH)), 1);
        assertEquals(1, again.effort().batches());
        Factors kept = factors(MODEL, again);
        for (int i = 0; i < kept.w().rows(); i++) {
            assertEquals(mode.w().get(i, 0), kept.w().get(i, 1), 1e-3);
            assertEquals(mode.w().get(i, 1), kept.w().get(i, 0), 1e-3);
        }
        // With W alone, H begins at random.
        assertEquals(4, run(MODEL, new Start.At(Map.of("W", w)), 5000).effort().batches());
    }

    private static void refused(String reason, CompiledModel model, Start start) {
        InvalidRequest e = assertThrows(InvalidRequest.class, () -> run(model, start, 10));
        assertEquals("N009", e.code());
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void startsThatCannotBeAreRefused() {
        refused("did you mean 'grow'?", MODEL, new Start.ByRule("grown"));
        refused("which is no unknown factor", MODEL, new Start.At(Map.of("mean", new double[35])));
        refused("needed are 10", MODEL, new Start.At(Map.of("W", new double[9])));
        double[] w = FactorGraphs.values(10, () -> 1);
        w[4] = -1;
        refused("component 1, entry 3 is -1.0", MODEL, new Start.At(Map.of("W", w)));
        w[4] = Double.NaN;
        refused("is NaN", MODEL, new Start.At(Map.of("W", w)));
        CompiledModel positive = FactorGraphs.normal(Gamma.shape(2).rate(1), Exponential.rate(1));
        refused("which a gamma or log-normal prior excludes", positive, new Start.ByRule("nndsvd"));
        w[4] = 0;
        refused("excludes 0", positive, new Start.At(Map.of("W", w)));
    }
}
