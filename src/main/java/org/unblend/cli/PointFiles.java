package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unblend.infer.Plan;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.io.AtomicFile;
import org.unblend.io.DiagnosisText;
import org.unblend.io.maps.MapFiles;
import org.unblend.io.maps.PixelGrid;
import org.unblend.io.matrix.FactorFiles;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.nmf.ColumnNorm;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Moment;
import org.unblend.nmf.graph.Bootstrap;
import org.unblend.nmf.graph.FactorPattern;
import org.unblend.plot.FactorPlot;
import org.unblend.plot.MapPlot;

/** Writes everything that a point factorisation leaves behind into one directory. */
final class PointFiles {
    private static final String FACTORS = "factors.svg";
    private static final String MAPS = "maps.svg";

    private final Path directory;
    private final FactorPattern pattern;
    private final Plan plan;
    private final Problem problem;
    private final Result result;
    private final List<String> remarks;
    private final Optional<PixelGrid> grid;
    private final Optional<ColumnNorm> norm;

    /** @param grid the pixels that the samples are, if they are */
    PointFiles(
            Path directory,
            FactorPattern pattern,
            Plan plan,
            Problem problem,
            Result result,
            List<String> remarks,
            Optional<PixelGrid> grid) {
        this(directory, pattern, plan, problem, result, remarks, grid, Optional.empty());
    }

    /** @param norm what columns of W are scaled to, if that was said */
    PointFiles(
            Path directory,
            FactorPattern pattern,
            Plan plan,
            Problem problem,
            Result result,
            List<String> remarks,
            Optional<PixelGrid> grid,
            Optional<ColumnNorm> norm) {
        this.directory = directory;
        this.pattern = pattern;
        this.plan = plan;
        this.problem = problem;
        this.result = result;
        this.remarks = remarks;
        this.grid = grid;
        this.norm = norm;
    }

    /** Fitted factors as they are told: in the units of the data, scaled as was wanted. */
    Factors told(Optional<PreparedData> prepared, Factors fitted) {
        Factors natural = prepared.map(p -> p.natural(fitted)).orElse(fitted);
        return norm.map(n -> n.of(natural)).orElse(natural);
    }

    /**
     * Writes all files but the record; the names of the figures.
     *
     * @param references profiles that the components are matched with, if wanted
     * @param prepared what was done to the data before they were factorised, if anything
     * @param bootstrap uncertainties of the factors, if wanted
     */
    List<String> write(
            Optional<LabelledMatrix> references, Optional<PreparedData> prepared, Optional<Bootstrap> bootstrap)
            throws IOException {
        Factors fitted = factors();
        Factors factors = told(prepared, fitted);
        List<String> features = pattern.features();
        List<String> samples = pattern.samples();
        FactorFiles.writeFactors(directory, factors, features, pattern.components(), samples);
        FactorFiles.writeTrace(
                directory,
                result.trace().stream()
                        .map(l -> new Moment(l.iteration(), l.objective(), l.residual()))
                        .toList(),
                result.trace().stream().map(Result.Look::seconds).toList());
        List<String> told = new ArrayList<>(remarks);
        if (prepared.isPresent()) {
            prepared.get().write(directory, fitted, features, pattern.components(), samples);
            told.addAll(prepared.get().remarks(fitted, factors));
        }
        if (bootstrap.isPresent()) {
            FactorUncertainty.write(directory, bootstrap.get(), features, pattern.components(), samples);
            told.addAll(FactorUncertainty.remarks(bootstrap.get(), factors));
        }
        String summary = FactorSummary.of(factors, pattern.components(), features, samples, plan, result, told);
        if (references.isPresent()) {
            FactorMatch match = FactorMatch.of(factors, references.get());
            match.write(directory);
            summary = match.text() + "\n" + summary;
        }
        AtomicFile.write(directory.resolve("summary.txt"), summary);
        AtomicFile.write(directory.resolve("diagnosis.txt"), DiagnosisText.of(result));
        if (grid.isPresent()) {
            MapFiles.write(directory, factors.h(), grid.get());
            AtomicFile.write(directory.resolve(MAPS), MapPlot.svg(factors, features, grid.get()));
            return List.of(MAPS);
        }
        AtomicFile.write(
                directory.resolve(FACTORS),
                FactorPlot.svg(
                        factors, bootstrap.map(b -> new FactorPlot.Intervals(b.low(), b.high())), features, samples));
        return List.of(FACTORS);
    }

    /** The factors of the data that were factorised. */
    Factors factors() {
        return pattern.factors(problem.model().layout(), result.samples().theta());
    }
}
