package org.unblend.cli;

import java.util.Arrays;
import org.unblend.infer.Samples;
import org.unblend.model.Arg;
import org.unblend.model.Constant;
import org.unblend.model.Independent;
import org.unblend.model.ModelGraph;
import org.unblend.model.Observation;
import org.unblend.model.family.Normal;
import org.unblend.plot.PredictionPlot;

/** Data and what draws predict for them, as their figure takes it. */
final class PredictionData {
    private PredictionData() {}

    /** @param replicated {@code [draws x entries]}, data drawn from each */
    static PredictionPlot.Data of(ModelGraph graph, Samples few, Observation o, double[] replicated) {
        double[] values = o.data();
        double[] weights = o.weights();
        for (int e = 0; e < values.length; e++) {
            values[e] = weights[e] > 0 ? values[e] : Double.NaN;
        }
        double smallest =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(0);
        double largest =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
        return new PredictionPlot.Data(
                o.name(),
                o.unit(),
                o.dims().entryLabels(),
                values,
                errors(graph, o),
                replicated,
                few.weights(),
                smallest > 0 && largest / smallest > 30);
    }

    /** Standard deviations of normal data whose sd is fixed; NaN otherwise. */
    private static double[] errors(ModelGraph graph, Observation o) {
        double[] errors = new double[o.dims().size()];
        Arrays.fill(errors, Double.NaN);
        if (o.likelihood() instanceof Independent likelihood && likelihood.family() instanceof Normal) {
            Arg sd = likelihood.args().get(1);
            if (sd instanceof Arg.Value v) {
                Arrays.fill(errors, v.value());
            } else if (sd instanceof Arg.Ref ref && graph.node(ref.node()).orElseThrow() instanceof Constant c) {
                int[] map = o.dims().spread(c.dims());
                double[] given = c.values();
                Arrays.setAll(errors, e -> given[map[e]]);
            }
            double[] weights = o.weights();
            Arrays.setAll(errors, e -> errors[e] / Math.sqrt(weights[e]));
        }
        return errors;
    }
}
