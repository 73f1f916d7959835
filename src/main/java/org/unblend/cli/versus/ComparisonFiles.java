package org.unblend.cli.versus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Budget;
import org.unblend.infer.Journal;
import org.unblend.infer.Planner;
import org.unblend.infer.Progress;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.io.AtomicFile;
import org.unblend.io.maps.PixelGrid;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.nmf.Factors;
import org.unblend.nmf.graph.PointEngine;
import org.unblend.plot.FactorPlot;
import org.unblend.plot.LikelihoodPlot;
import org.unblend.plot.UncertainMaps;

/**
 * Fits the point beside a posterior and writes what the two say: {@code comparison.txt}, {@code comparison.csv} and figures.
 *
 * @param model the model of the posterior
 * @param planned the point estimate as it was planned before the posterior was there
 * @param planner chooses its solver
 * @param truth true values of parameters by name; empty if unknown
 */
public record ComparisonFiles(CompiledModel model, PointSide planned, Planner planner, Map<String, double[]> truth) {

    /** What the point fit of a comparison leaves, for files of its own. */
    public record Point(PointSide side, Result result) {}

    /**
     * Fits, compares and writes.
     *
     * @param result the posterior
     * @param figures names of the figures are added, in order of interest
     */
    public Point write(Path directory, Result result, RandomStream random, Parallel parallel, List<String> figures)
            throws IOException {
        double[] weights = result.samples().weights();
        double[] mean = new double[model.dimension()];
        Arrays.setAll(mean, c -> Weighted.mean(result.samples().column(c), weights));
        PointSide side = PointSide.of(
                model,
                mean,
                planner,
                planned.problem().start(),
                Optional.of(planned.problem().knobs().get(PointSide.STARTS)));
        PointEngine engine = (PointEngine) side.plan().engine();
        PointEngine.Fitted fitted = engine.fitted(
                side.problem(),
                new RunContext(random.split("starts"), parallel, Progress.SILENT, Budget.UNLIMITED, Journal.NONE));
        Comparison c = Comparison.of(model, side, fitted, result, truth, random, parallel);
        ComparisonTable.write(directory, c);
        AtomicFile.write(directory.resolve("comparison.txt"), ComparisonText.of(c, result.verdict()));
        figures.addAll(figures(directory, c));
        return new Point(side, fitted.result());
    }

    private static List<String> figures(Path directory, Comparison c) throws IOException {
        List<String> names = new ArrayList<>();
        add(names, directory, "comparison.svg", factors(c));
        Optional<PixelGrid> grid = PixelGrid.ofNames(c.nodes().samples());
        if (grid.isPresent()) {
            add(names, directory, "comparison-maps.svg", maps(c, grid.get()));
        }
        add(
                names,
                directory,
                "likelihood.svg",
                LikelihoodPlot.svg(
                        c.posterior().logLikelihood(),
                        c.posterior().weights(),
                        c.fitted().result().samples().logLikelihood()[0],
                        c.fitted().logLikelihood()));
        Optional<String> trace = ComparisonFigures.trace(c);
        if (trace.isPresent()) {
            add(names, directory, "trace.svg", trace.get());
        }
        add(names, directory, "pairs.svg", ComparisonFigures.pairs(c));
        return names;
    }

    private static void add(List<String> names, Path directory, String name, String svg) throws IOException {
        AtomicFile.write(directory.resolve(name), svg);
        names.add(name);
    }

    private static String factors(Comparison c) {
        return FactorPlot.svg(
                c.point(),
                Optional.of(new FactorPlot.Intervals(
                        new Factors(c.w().posterior().low(), c.h().posterior().low()),
                        new Factors(c.w().posterior().high(), c.h().posterior().high()))),
                Optional.of(new FactorPlot.Marks(
                        new Factors(c.w().posterior().mean(), c.h().posterior().mean()),
                        "blue: point fit; orange: central 95 % of the posterior and its mean")),
                c.nodes().features(),
                c.nodes().samples());
    }

    private static String maps(Comparison c, PixelGrid grid) {
        List<UncertainMaps.Column> columns = new ArrayList<>();
        c.truth().ifPresent(t -> columns.add(new UncertainMaps.Column("truth", t.h(), false)));
        columns.add(new UncertainMaps.Column("point", c.point().h(), false));
        columns.add(new UncertainMaps.Column("posterior mean", c.h().posterior().mean(), false));
        columns.add(new UncertainMaps.Column("posterior sd", c.h().posterior().sd(), true));
        return UncertainMaps.svg(c.nodes().components(), columns, grid);
    }
}
