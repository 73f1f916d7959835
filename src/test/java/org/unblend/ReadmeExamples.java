package org.unblend;

import org.unblend.density.CompiledModel;
import org.unblend.density.FunctionTarget;
import org.unblend.density.Target;
import org.unblend.infer.Precision;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;

/** The Java examples of the README, between the marks; {@link ReadmeTest} compares and runs them. */
final class ReadmeExamples {
    private ReadmeExamples() {}

    static Result cube() {
        // README cube
        Target target = FunctionTarget.ofCube(2, (u, logL, rows) -> {
            for (int i = 0; i < rows; i++) {
                logL[i] = -50 * (Math.pow(u[2 * i] - 0.5, 2) + Math.pow(u[2 * i + 1] - 0.5, 2));
            }
        });
        Result result = new NestedSampler(NestedSettings.STANDARD).run(target, Precision.STANDARD, RunContext.of(1));
        // end
        return result;
    }

    static CompiledModel graph(double[] data) {
        // README graph
        Axis line = Axis.of("line", "CO", "HCN");
        Axis component = Axis.of("component", 2);
        Axis pixel = Axis.of("pixel", 5);
        ModelGraph graph = ModelGraph.named("maps")
                .parameter("W", Dims.of(line, component), Exponential.rate(1))
                .parameter("shape", Dims.of(component), Gamma.shape(2).rate(4)) // how sparse each map is: inferred
                .parameter("H", Dims.of(component, pixel), Gamma.shape("shape").mean(1))
                .product("mean", "W", "H")
                .observe("X", Dims.of(line, pixel), Normal.mean("mean").sd(0.1), data)
                .build();
        CompiledModel model = new CompiledModel(graph); // log prior, log likelihood, gradients, prior draws
        // end
        return model;
    }
}
