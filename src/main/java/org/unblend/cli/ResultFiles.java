package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.unblend.density.CompiledModel;
import org.unblend.density.Layout;
import org.unblend.density.Predictions;
import org.unblend.infer.Evidence;
import org.unblend.infer.Provenance;
import org.unblend.infer.Quantity;
import org.unblend.infer.Result;
import org.unblend.infer.Samples;
import org.unblend.io.ArvizJson;
import org.unblend.io.AtomicFile;
import org.unblend.io.DiagnosisText;
import org.unblend.io.DrawTables;
import org.unblend.io.Draws;
import org.unblend.io.GetdistFiles;
import org.unblend.io.Marginal;
import org.unblend.io.ObservedDraws;
import org.unblend.io.PolychordFiles;
import org.unblend.io.ResultRecord;
import org.unblend.io.SummaryTable;
import org.unblend.io.Variable;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.model.Arg;
import org.unblend.model.Constant;
import org.unblend.model.Independent;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;
import org.unblend.model.Support;
import org.unblend.model.family.LogUniform;
import org.unblend.model.family.Normal;
import org.unblend.plot.CornerPlot;
import org.unblend.plot.PredictionPlot;
import org.unblend.plot.RunPlot;

/** Writes everything that a run leaves behind into one directory. */
final class ResultFiles {
    /** Draws of the prior for the text histograms and the bits learned. */
    private static final int PRIOR_DRAWS = 20_000;

    private final Path directory;
    private final Setup setup;
    private final Result result;
    private final RandomStream random;
    private final Parallel parallel;
    private final CompiledModel model;
    private final Samples samples;
    private final Draws draws;
    private final List<Marginal> marginals;

    ResultFiles(Path directory, Setup setup, Result result, RandomStream random, Parallel parallel) {
        this.directory = directory;
        this.setup = setup;
        this.result = result;
        this.random = random;
        this.parallel = parallel;
        model = setup.run().model();
        samples = result.samples();
        double[] logPrior = new double[samples.size()];
        model.logPrior(samples.theta(), logPrior, samples.size());
        draws = new Draws(samples, quantities(), logPrior);
        double[] prior = model.priorDraws(PRIOR_DRAWS, random.split("prior").generator());
        int dim = model.dimension();
        marginals = new ArrayList<>();
        for (int j = 0; j < dim; j++) {
            double[] column = new double[PRIOR_DRAWS];
            for (int r = 0; r < PRIOR_DRAWS; r++) {
                column[r] = prior[r * dim + j];
            }
            marginals.add(draws.marginal(j, column));
        }
    }

    /** Writes all files; the names of the figures, in order of interest. */
    List<String> write(Provenance provenance) throws IOException {
        SummaryTable table = SummaryTable.of(
                marginals.stream()
                        .map(m -> m.quantity().logarithmic() ? m.log10() : m)
                        .toList(),
                samples.weights());
        table.writeCsv(directory);
        AtomicFile.write(directory.resolve("summary.txt"), SummaryText.of(table, result));
        AtomicFile.write(directory.resolve("diagnosis.txt"), DiagnosisText.of(result));
        AtomicFile.write(
                directory.resolve("result.json"),
                ResultRecord.json(setup.run(), setup.plan(), setup.problem(), result, provenance));
        DrawTables.writePosterior(directory, draws);
        GetdistFiles.write(directory, draws, setup.run().file().name());
        Predictions predictions =
                Predictions.of(model, samples.theta(), samples.size(), random.split("replicate"), parallel);
        ArvizJson.write(
                directory,
                draws,
                variables(),
                observed(predictions),
                Map.of(
                        "inference_library", "unblend",
                        "inference_library_version", provenance.version(),
                        "created_at", provenance.started(),
                        "name", model.graph().name()),
                random.split("resample").generator());
        List<String> figures = new ArrayList<>(List.of("corner.svg"));
        AtomicFile.write(directory.resolve("corner.svg"), CornerPlot.svg(marginals, samples.weights()));
        for (int i = 0; i < model.graph().observations().size(); i++) {
            Observation o = model.graph().observations().get(i);
            String name = "prediction-" + o.name().replaceAll("[^A-Za-z0-9_-]", "_") + ".svg";
            figures.add(name);
            AtomicFile.write(
                    directory.resolve(name),
                    PredictionPlot.svg(prediction(o, predictions.replicated().get(i))));
        }
        if (result.nested().isPresent() && result.evidence().isPresent()) {
            Samples points = result.nested().get();
            Evidence evidence = result.evidence().get();
            Evidence nested = result.explored().isPresent() ? evidence.other().orElse(evidence) : evidence;
            double[] logPrior = new double[points.size()];
            model.logPrior(points.theta(), logPrior, points.size());
            Draws all = new Draws(points, quantities(), logPrior);
            DrawTables.writePoints(directory, all, nested);
            PolychordFiles.write(directory, all, nested, result.effort());
            figures.add("run.svg");
            AtomicFile.write(directory.resolve("run.svg"), RunPlot.svg(points, nested));
        }
        return figures;
    }

    private List<Quantity> quantities() {
        List<Quantity> all = new ArrayList<>();
        List<String> names = model.names();
        List<Support> bounds = model.bounds();
        for (Layout.Slot slot : model.layout().slots()) {
            Parameter p = slot.parameter();
            boolean logarithmic = p.prior() instanceof Independent prior && prior.family() instanceof LogUniform;
            for (int e = 0; e < slot.size(); e++) {
                int column = slot.offset() + e;
                all.add(new Quantity(
                        names.get(column),
                        p.unit(),
                        slot.size() == 1 ? p.latex() : "",
                        bounds.get(column),
                        logarithmic));
            }
        }
        return all;
    }

    private List<Variable> variables() {
        return model.layout().slots().stream()
                .map(s -> new Variable(s.parameter().name(), s.parameter().dims(), s.offset()))
                .toList();
    }

    private List<ObservedDraws> observed(Predictions predictions) {
        List<ObservedDraws> all = new ArrayList<>();
        int width = model.observedEntries();
        int first = 0;
        for (int i = 0; i < model.graph().observations().size(); i++) {
            Observation o = model.graph().observations().get(i);
            int n = o.dims().size();
            double[] values = o.data();
            double[] weights = o.weights();
            double[] logLikelihood = new double[samples.size() * n];
            int counted = 0;
            for (int e = 0; e < n; e++) {
                boolean present = weights[e] > 0;
                values[e] = present ? values[e] : Double.NaN;
                for (int r = 0; r < samples.size(); r++) {
                    logLikelihood[r * n + e] =
                            present ? predictions.pointwise()[r * width + first + counted] : Double.NaN;
                }
                counted += present ? 1 : 0;
            }
            first += counted;
            all.add(new ObservedDraws(
                    o.name(),
                    o.dims(),
                    values,
                    logLikelihood,
                    predictions.replicated().get(i)));
        }
        return all;
    }

    private PredictionPlot.Data prediction(Observation o, double[] replicated) {
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
                errors(o),
                replicated,
                samples.weights(),
                smallest > 0 && largest / smallest > 30);
    }

    /** Standard deviations of normal data whose sd is fixed; NaN otherwise. */
    private double[] errors(Observation o) {
        double[] errors = new double[o.dims().size()];
        Arrays.fill(errors, Double.NaN);
        if (o.likelihood() instanceof Independent likelihood && likelihood.family() instanceof Normal) {
            Arg sd = likelihood.args().get(1);
            if (sd instanceof Arg.Value v) {
                Arrays.fill(errors, v.value());
            } else if (sd instanceof Arg.Ref ref
                    && model.graph().node(ref.node()).orElseThrow() instanceof Constant c) {
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
