package org.unblend.cli.validate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Planner;
import org.unblend.infer.Samples;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;

/**
 * Lines predicted from the others: a run is made with the weight of one line at 0, and the intensity of that line follows from
 * the draws. Keys: {@code outside}, how many lines of {@code runs/simulated-one-phase-chemistry.json}, which are free of
 * noise, lie outside the central 99 % of what the other four predict; {@code HCO+}, log10 of the predicted median over the
 * observed HCO+(4-3) of NGC 1068. Below the table stand all predictions.
 */
record HeldOutLinesCheck(Planner planner, int draws) implements DetailedCheck {

    /** What is predicted of a line, and what is observed. */
    private record Prediction(String line, double observed, double[] quantiles) {
        boolean outside() {
            return observed < quantiles[0] || observed > quantiles[4];
        }
    }

    @Override
    public Outcome detailed(Path folder, Path data, Parallel parallel, Consumer<String> told) {
        Path runs = folder.toAbsolutePath().normalize().getParent().getParent().resolve("runs");
        LoadedRun simulated = RunLoader.load(runs.resolve("simulated-one-phase-chemistry.json"), Optional.empty());
        LoadedRun galaxy = RunLoader.load(runs.resolve("ngc1068.json"), Optional.empty());
        StringBuilder text =
                new StringBuilder("| run | line | observed | median | 89 % | 99 % |\n|---|---|---|---|---|---|\n");
        List<Prediction> all = new ArrayList<>();
        for (int l = 0; l < DirectGas.LINES.length(); l++) {
            all.add(predict(simulated, "I_source", l, parallel));
            told.accept("  " + all.get(l).line + " of " + simulated.file().name());
            text.append(row(simulated, all.get(l)));
        }
        Prediction hcop = predict(galaxy, "I_beam", DirectGas.LINES.labels().indexOf("HCO+(4-3)"), parallel);
        text.append(row(galaxy, hcop));
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put(
                "outside",
                Measured.exact(all.stream().filter(Prediction::outside).count()));
        ours.put("HCO+", Measured.exact(Math.log10(hcop.quantiles[2] / hcop.observed)));
        return new Outcome(ours, text.toString());
    }

    private Prediction predict(LoadedRun run, String mean, int line, Parallel parallel) {
        CompiledModel less = new CompiledModel(without(run.model().graph(), line));
        Samples samples = new RunCheck(planner)
                .run(run.with(less), run.file().seed().orElse(1), parallel)
                .samples();
        double[] theta = EqualDraws.of(
                samples, draws, RandomStream.of(11).split("held out").generator());
        double[] values = less.values(mean, theta, draws);
        int lines = values.length / draws;
        double[] predicted = new double[draws];
        for (int i = 0; i < draws; i++) {
            predicted[i] = values[i * lines + line];
        }
        double[] even = new double[draws];
        Arrays.fill(even, 1);
        Observation all = observation(run.model().graph());
        return new Prediction(
                all.dims().axes().get(0).labels().get(line),
                all.data()[line],
                Weighted.quantiles(predicted, even, 0.005, 0.055, 0.5, 0.945, 0.995));
    }

    private static Observation observation(ModelGraph graph) {
        return graph.observations().get(0);
    }

    /** The graph with the weight of one entry at 0. */
    private static ModelGraph without(ModelGraph graph, int line) {
        Observation all = observation(graph);
        double[] weights = all.weights().clone();
        weights[line] = 0;
        Observation less = new Observation(all.name(), all.dims(), all.unit(), all.likelihood(), all.data(), weights);
        List<Node> nodes = graph.nodes().stream()
                .map(n -> n.name().equals(all.name()) ? less : n)
                .toList();
        return new ModelGraph(graph.name(), nodes);
    }

    private static String row(LoadedRun run, Prediction p) {
        double[] q = p.quantiles;
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.4g | %.4g | %.4g-%.4g | %.4g-%.4g |%n",
                run.file().name(),
                p.line,
                p.observed,
                q[2],
                q[1],
                q[3],
                q[0],
                q[4]);
    }
}
