package org.unblend.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.unblend.io.SummaryTable;
import org.unblend.io.Variable;
import org.unblend.io.matrix.PosteriorFactors;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.Relabelling;
import org.unblend.model.Independent;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;
import org.unblend.model.Support;
import org.unblend.model.family.LogUniform;
import org.unblend.model.op.Forward;
import org.unblend.nmf.Factors;
import org.unblend.plot.CornerPlot;
import org.unblend.plot.FactorPlot;
import org.unblend.plot.PredictionPlot;
import org.unblend.plot.RunPlot;

/** Writes everything that a run leaves behind into one directory. */
final class ResultFiles {
    /** Draws of the prior for the text histograms and the bits learned. */
    private static final int PRIOR_DRAWS = 20_000;
    /** Draws of the prior in the ArviZ file, at the most. */
    private static final int FEW_PRIOR = 500;
    /** Numbers that are drawn from the prior, at about the most: quantiles of gamma priors take microseconds. */
    private static final int MOST_PRIOR = 1_000_000;
    /** Above this number of parameters, those of large arrays are left out of tables of draws and figures. */
    private static final int MANY = 300;
    /** Entries of an array from which it counts as large in such a model. */
    private static final int LARGE = 50;
    /** Rows of the printed table, and panels of the corner plot, at the most. */
    private static final int ROWS = 40;

    private static final int PANELS = 12;
    /** Numbers in the ArviZ file, and in the predictions behind it, at about the most. */
    private static final int MOST_NUMBERS = 2_000_000;

    private final Path directory;
    private final String name;
    private final Result result;
    private final RandomStream random;
    private final Parallel parallel;
    private final CompiledModel model;
    private final Samples samples;
    private final double[] logPrior;
    private final Reported reported;
    private final double[] derived;
    private final List<Quantity> quantities;

    ResultFiles(Path directory, String name, Reported reported, Result result, RandomStream random, Parallel parallel) {
        this.directory = directory;
        this.name = name;
        this.result = result;
        this.random = random;
        this.parallel = parallel;
        this.reported = reported;
        model = reported.model();
        samples = result.samples();
        logPrior = logPrior(samples);
        derived = reported.values(samples.theta(), samples.size());
        quantities = Stream.concat(quantities().stream(), reported.quantities(derived).stream())
                .toList();
    }

    /** Some of the files; returns the names of its figures. */
    private interface Part {
        List<String> write() throws IOException;
    }

    /** Writes all files; the names of the figures, in order of interest. */
    List<String> write(Provenance provenance) throws IOException {
        List<Marginal> marginals = marginals(new Draws(samples, quantities, logPrior, derived));
        int[] shown = shown();
        List<Part> parts = List.of(
                () -> writeCorner(marginals, shown),
                this::writePath,
                this::writeFactors,
                () -> writePredictions(provenance),
                () -> writeSummary(marginals),
                () -> writeDraws(shown));
        List<List<String>> figures = new ArrayList<>(Collections.nCopies(parts.size(), List.of()));
        try {
            parallel.forRanges(parts.size(), 1, (part, end) -> {
                try {
                    figures.set(part, parts.get(part).write());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return figures.stream().flatMap(List::stream).toList();
    }

    private List<String> writeSummary(List<Marginal> marginals) throws IOException {
        SummaryTable table = table(marginals);
        table.writeCsv(directory);
        AtomicFile.write(
                directory.resolve("summary.txt"),
                SummaryText.of(table.first(ROWS), table.rows().size(), result));
        AtomicFile.write(directory.resolve("diagnosis.txt"), DiagnosisText.of(result));
        return List.of();
    }

    private List<String> writeDraws(int[] shown) throws IOException {
        if (shown.length > 0) {
            Draws draws = new Draws(
                    samples.only(shown),
                    IntStream.concat(Arrays.stream(shown), IntStream.range(model.dimension(), quantities.size()))
                            .mapToObj(quantities::get)
                            .toList(),
                    logPrior,
                    derived);
            DrawTables.writePosterior(directory, draws);
            GetdistFiles.write(directory, draws, name);
        }
        return List.of();
    }

    private List<String> writeCorner(List<Marginal> marginals, int[] shown) throws IOException {
        if (shown.length == 0) {
            return List.of();
        }
        AtomicFile.write(
                directory.resolve("corner.svg"),
                CornerPlot.svg(
                        Arrays.stream(shown)
                                .limit(PANELS)
                                .mapToObj(marginals::get)
                                .toList(),
                        samples.weights(),
                        parallel));
        return List.of("corner.svg");
    }

    /** The course of nested sampling. */
    private List<String> writePath() throws IOException {
        if (result.nested().isEmpty() || result.evidence().isEmpty()) {
            return List.of();
        }
        Samples points = result.nested().get();
        Evidence evidence = result.evidence().get();
        Evidence nested = result.explored().isPresent() ? evidence.other().orElse(evidence) : evidence;
        Draws path = draws(points);
        DrawTables.writePoints(directory, path, nested);
        PolychordFiles.write(directory, path, nested, result.effort());
        AtomicFile.write(directory.resolve("run.svg"), RunPlot.svg(points, nested));
        return List.of("run.svg");
    }

    /** Tables of the factors, and a figure of their means if there is one product of unknown factors. */
    private List<String> writeFactors() throws IOException {
        Optional<Relabelling> one = Relabelling.of(model);
        if (one.isPresent() && samples.chains().isEmpty()) {
            // Chains have been brought to one labelling; other draws mix the labels, so entry by entry they mean
            // nothing.
            return List.of();
        }
        List<Layout.Slot> factors = PosteriorFactors.of(model.graph(), model.layout());
        Map<String, Dense> means = new HashMap<>();
        for (Layout.Slot factor : factors) {
            means.put(factor.parameter().name(), PosteriorFactors.write(directory, factor, samples));
        }
        if (one.isEmpty()) {
            return List.of();
        }
        Parameter w = one.get().w().parameter();
        Parameter h = one.get().h().parameter();
        AtomicFile.write(
                directory.resolve("factors.svg"),
                FactorPlot.svg(
                        new Factors(means.get(w.name()), means.get(h.name())),
                        w.dims().axes().get(0).labels(),
                        h.dims().axes().get(1).labels()));
        return List.of("factors.svg");
    }

    /** The ArviZ file and the figures of data against predictions, from as many draws as they can hold. */
    private List<String> writePredictions(Provenance provenance) throws IOException {
        int perDraw = model.dimension() + 2 * model.observedEntries();
        Samples few = samples.everyOf((int) Math.ceil((double) samples.size() * perDraw / MOST_NUMBERS));
        Predictions predictions = Predictions.of(model, few.theta(), few.size(), random.split("replicate"), parallel);
        ArvizJson.write(
                directory,
                few == samples ? new Draws(samples, quantities, logPrior, derived) : draws(few),
                variables(),
                observed(few, predictions),
                prior(),
                Map.of(
                        "inference_library", "unblend",
                        "inference_library_version", provenance.version(),
                        "created_at", provenance.started(),
                        "name", model.graph().name()),
                random.split("resample").generator());
        List<String> figures = new ArrayList<>();
        for (int i = 0; i < model.graph().observations().size(); i++) {
            Observation o = model.graph().observations().get(i);
            if (o.dims().size() > MANY) {
                continue;
            }
            String file = "prediction-" + o.name().replaceAll("[^A-Za-z0-9_-]", "_") + ".svg";
            figures.add(file);
            AtomicFile.write(
                    directory.resolve(file),
                    PredictionPlot.svg(PredictionData.of(
                            model.graph(), few, o, predictions.replicated().get(i))));
        }
        return figures;
    }

    /**
     * Draws of the prior and what they predict; the latter not where a forward model would have to be run for it. Empty
     * where a prior is improper.
     */
    private Optional<ArvizJson.Prior> prior() {
        if (model.graph().parameters().stream().anyMatch(p -> p.prior().improper())) {
            return Optional.empty();
        }
        int perDraw = model.dimension() + model.observedEntries();
        int n = Math.max(20, Math.min(FEW_PRIOR, MOST_NUMBERS / 4 / perDraw));
        double[] theta = model.priorDraws(n, random.split("prior").generator());
        double[] logWeight = new double[n];
        Arrays.fill(logWeight, -Math.log(n));
        Samples of = new Samples(model.names(), theta, new double[n], logWeight, Optional.empty());
        boolean forward = model.graph().deterministics().stream().anyMatch(d -> d.op() instanceof Forward);
        return Optional.of(new ArvizJson.Prior(
                new Draws(of, quantities, new double[n], reported.values(theta, n)),
                forward
                        ? List.of()
                        : Predictions.of(model, theta, n, random.split("prior predictive"), parallel)
                                .replicated()));
    }

    private Draws draws(Samples of) {
        return new Draws(of, quantities, logPrior(of), reported.values(of.theta(), of.size()));
    }

    private double[] logPrior(Samples of) {
        double[] log = new double[of.size()];
        model.logPrior(of.theta(), log, of.size());
        return log;
    }

    /** Marginals with draws of their priors beside them; without where a prior has none. */
    private List<Marginal> marginals(Draws draws) {
        int dim = model.dimension();
        boolean proper =
                model.graph().parameters().stream().noneMatch(p -> p.prior().improper());
        int rows = proper ? Math.max(200, Math.min(PRIOR_DRAWS, MOST_PRIOR / dim)) : 0;
        double[] prior = proper ? model.priorDraws(rows, random.split("prior").generator()) : new double[0];
        double[] follows = proper ? reported.values(prior, rows) : new double[0];
        List<Marginal> marginals = new ArrayList<>();
        for (int j = 0; j < quantities.size(); j++) {
            double[] column = new double[rows];
            for (int r = 0; r < rows; r++) {
                column[r] = j < dim ? prior[r * dim + j] : follows[r * reported.size() + j - dim];
            }
            marginals.add(draws.marginal(j, column));
        }
        return marginals;
    }

    private SummaryTable table(List<Marginal> marginals) {
        List<Marginal> scaled = marginals.stream()
                .map(m -> m.quantity().logarithmic() ? m.log10() : m)
                .toList();
        return samples.chains().isPresent()
                ? SummaryTable.ofChains(scaled, samples.chains().get(), parallel)
                : SummaryTable.of(scaled, samples.weights());
    }

    /** Columns for tables of draws and figures. */
    private int[] shown() {
        return model.layout().slots().stream()
                .filter(s -> model.dimension() <= MANY || s.size() < LARGE)
                .flatMapToInt(s -> IntStream.range(s.offset(), s.offset() + s.size()))
                .toArray();
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
        return Stream.concat(
                        model.layout().slots().stream()
                                .map(s -> new Variable(
                                        s.parameter().name(), s.parameter().dims(), s.offset())),
                        reported.variables(model.dimension()).stream())
                .toList();
    }

    private List<ObservedDraws> observed(Samples few, Predictions predictions) {
        List<ObservedDraws> all = new ArrayList<>();
        int width = model.observedEntries();
        int first = 0;
        for (int i = 0; i < model.graph().observations().size(); i++) {
            Observation o = model.graph().observations().get(i);
            int n = o.dims().size();
            double[] values = o.data();
            double[] weights = o.weights();
            double[] logLikelihood = new double[few.size() * n];
            int counted = 0;
            for (int e = 0; e < n; e++) {
                boolean present = weights[e] > 0;
                values[e] = present ? values[e] : Double.NaN;
                for (int r = 0; r < few.size(); r++) {
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
}
