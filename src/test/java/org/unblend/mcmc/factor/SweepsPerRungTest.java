package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Engine;
import org.unblend.infer.Knob;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.RunContext;
import org.unblend.infer.Task;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Independent;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/** How many sweeps a rung of the evidence has where nobody says it. */
class SweepsPerRungTest {
    private static CompiledModel model(Independent noise) {
        Axis line = Axis.of("line", 3);
        Axis component = Axis.of("component", 1);
        Axis pixel = Axis.of("pixel", 4);
        return new CompiledModel(ModelGraph.named("small")
                .parameter("W", Dims.of(line, component), Exponential.rate(1))
                .parameter("H", Dims.of(component, pixel), Exponential.rate(1))
                .product("mean", "W", "H")
                .observe("X", Dims.of(line, pixel), noise, new double[] {1, 2, 0, 1, 3, 2, 1, 1, 0, 4, 2, 1})
                .build());
    }

    private static double logZ(CompiledModel model, Map<String, Double> changed) {
        Engine engine = new FactorEngine();
        Map<String, Double> knobs = engine.knobs().stream().collect(Collectors.toMap(Knob::name, Knob::standard));
        knobs.putAll(Map.of("chains", 1.0, "warmup", 20.0, "draws", 20.0, "particles", 8.0, "runs", 2.0));
        knobs.putAll(changed);
        Set<Task> tasks = Set.of(Task.POSTERIOR, Task.EVIDENCE);
        return engine.run(new Problem(model, tasks, Precision.STANDARD, knobs), RunContext.of(3))
                .evidence()
                .orElseThrow()
                .logZ();
    }

    @Test
    void countsHaveFiveAndNormalDataOne() {
        CompiledModel counts = model(Poisson.mean("mean"));
        assertEquals(logZ(counts, Map.of("sweeps", 5.0)), logZ(counts, Map.of()));
        assertNotEquals(logZ(counts, Map.of("sweeps", 1.0)), logZ(counts, Map.of()));
        CompiledModel normal = model(Normal.mean("mean").sd(1));
        assertEquals(logZ(normal, Map.of("sweeps", 1.0)), logZ(normal, Map.of()));
    }
}
