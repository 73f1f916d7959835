package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.unblend.density.CompiledModel;
import org.unblend.density.Target;
import org.unblend.infer.Evidence;
import org.unblend.infer.Knob;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.RunContext;
import org.unblend.infer.Task;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.factor.Chib;
import org.unblend.mcmc.factor.CollapsedPixels;
import org.unblend.mcmc.factor.Estimate;
import org.unblend.mcmc.factor.FactorEngine;
import org.unblend.mcmc.factor.FactorForm;
import org.unblend.mcmc.factor.FittedEvidence;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;

/**
 * Evidences of tiny factorisations by every road against brute force (data/nmf-evidence). Keys: {@code NOISE RANK ROAD}, our
 * ln Z less that of brute force, with the combined error; {@code largest error}, of all roads.
 */
record EvidenceRoadsCheck() implements Check {
    private static final int FEATURES = 3;

    /** Standard error that nested sampling goes on to. */
    private static final double WANTED = 0.08;

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        Path place = Check.required(data.resolve("nmf-evidence"));
        Map<String, Measured> ours = new LinkedHashMap<>();
        double largest = 0;
        for (String line : Files.readAllLines(place.resolve("log_evidence.csv"))) {
            // Names of models may hold commas.
            String[] cells = line.split(",");
            int last = cells.length - 1;
            String noise = line.split("_")[0];
            if (!Set.of("gauss", "poisson", "gamma").contains(noise) || cells[last - 2].equals("0")) {
                continue;
            }
            int rank = Integer.parseInt(cells[last - 2]);
            Measured truth = new Measured(Double.parseDouble(cells[last - 1]), Double.parseDouble(cells[last]));
            CompiledModel model = model(matrix(place.resolve("X_" + noise + ".csv")), noise, rank);
            for (Map.Entry<String, Measured> road :
                    roads(model, RunContext.of(rank).with(parallel)).entrySet()) {
                largest = Math.max(largest, road.getValue().error());
                ours.put(
                        noise + " " + rank + " " + road.getKey(),
                        road.getValue().less(truth));
                told.accept("  " + noise + ", rank " + rank + ", " + road.getKey() + ": "
                        + road.getValue().value() + " ± " + road.getValue().error() + " against " + truth.value());
            }
        }
        ours.put("largest error", Measured.exact(largest));
        return ours;
    }

    private static double[] matrix(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(l -> !l.isBlank())
                .flatMap(l -> Arrays.stream(l.split(",")))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static CompiledModel model(double[] x, String noise, int rank) {
        Distribution likelihood = switch (noise) {
            case "gauss" -> Normal.mean("mean").sd(0.5);
            case "poisson" -> Poisson.mean("mean");
            default -> Gamma.shape(5).mean("mean");
        };
        Axis feature = Axis.of("feature", FEATURES);
        Axis component = Axis.of("component", rank);
        Axis sample = Axis.of("sample", x.length / FEATURES);
        return new CompiledModel(ModelGraph.named("tiny")
                .parameter("W", Dims.of(feature, component), Exponential.rate(1))
                .parameter("H", Dims.of(component, sample), Exponential.rate(1))
                .product("mean", "W", "H")
                .observe("X", Dims.of(feature, sample), likelihood, x)
                .build());
    }

    private static Map<String, Measured> roads(CompiledModel model, RunContext context) {
        Map<String, Measured> found = new LinkedHashMap<>();
        FactorForm form = FactorForm.of(model);
        FactorEngine engine = new FactorEngine();
        Map<String, Double> knobs = new HashMap<>();
        for (Knob knob : engine.knobs()) {
            knobs.put(knob.name(), knob.standard());
        }
        knobs.putAll(Map.of("particles", 400.0, "sweeps", 4.0, "runs", 16.0));
        found.put(
                "tempered",
                measured(engine.run(new Problem(model, Set.of(Task.EVIDENCE), Precision.STANDARD, knobs), context)
                        .evidence()
                        .orElseThrow()));
        if (Chib.refusal(form).isEmpty()) {
            Estimate chib = new Chib(1000, 40_000).of(form, RandomStream.of(1));
            found.put("chib", new Measured(chib.logZ(), chib.error()));
        }
        if (FittedEvidence.refusal(form).isEmpty()) {
            Estimate fitted =
                    new FittedEvidence(256, 16, 1, 400, 1000).of(form, context).estimate();
            found.put("fitted", new Measured(fitted.logZ(), fitted.error()));
        }
        found.put("nested", nested(model, context));
        if (CollapsedPixels.refusal(form).isEmpty()) {
            found.put("collapsed", nested(new CollapsedPixels(form, 64, 4).target(RandomStream.of(2)), context));
        }
        return found;
    }

    private static Measured nested(Target target, RunContext context) {
        return measured(new NestedSampler(NestedSettings.STANDARD)
                .run(target, Precision.STANDARD.withLogZError(WANTED), context)
                .evidence()
                .orElseThrow());
    }

    private static Measured measured(Evidence e) {
        return new Measured(e.logZ(), e.error());
    }
}
