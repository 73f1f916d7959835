package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Budget;
import org.unblend.infer.Finding;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Journal;
import org.unblend.infer.Plan;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Provenance;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Task;
import org.unblend.io.ModelJson;
import org.unblend.io.Workplace;
import org.unblend.io.json.BadInput;
import org.unblend.io.maps.PixelGrid;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.model.InvalidModel;
import org.unblend.model.ModelGraph;
import org.unblend.nmf.graph.FactorPattern;

/** Fits a factorisation graph as the planner decides and writes the result. */
final class PointRun {
    private static final Set<Task> POINT = Set.of(Task.POINT);

    private final Console console;
    private final MatrixOptions options;
    private final FitOptions fit;

    PointRun(Console console, MatrixOptions options, FitOptions fit) {
        this.console = console;
        this.options = options;
        this.fit = fit;
    }

    /**
     * Fits and writes, or shows the model.
     *
     * @param graph makes the graph
     * @param request what was asked for, for the record
     * @param remarks what was assumed, to be told
     * @param grid the pixels that the samples are, if they are
     * @param references profiles that the components are matched with, if wanted
     * @param more files that determined the result beside those of the options
     * @throws BadInput if the graph cannot be made or no engine can fit it
     */
    int run(
            Supplier<ModelGraph> graph,
            Map<String, String> request,
            List<String> remarks,
            Optional<PixelGrid> grid,
            Optional<LabelledMatrix> references,
            List<Path> more)
            throws IOException {
        CompiledModel model;
        FactorPattern pattern;
        Plan plan;
        try {
            model = new CompiledModel(graph.get());
            if (fit.showModel) {
                console.out().print(ModelJson.text(model.graph()));
                console.out().flush();
                return ExitCode.OK;
            }
            pattern = FactorPattern.of(model.graph());
            if (fit.solver == null) {
                options.requireMode(
                        pattern, ", or add --solver cd-sklearn, whose stopping rule then decides the result");
            }
            plan = Setup.PLANNER.plan(model, POINT, Optional.ofNullable(fit.solver));
        } catch (InvalidModel e) {
            throw options.bad(e);
        } catch (InvalidRequest e) {
            throw options.bad(e.code(), e.reason(), e.remedy());
        }
        Problem problem = new Problem(model, POINT, Precision.STANDARD, fit.knobs(plan.engine()));
        try (Workplace place = Workplace.open(RunCommand.beside(options.out), options.out, model.fingerprint(), true)) {
            return execute(pattern, plan, problem, place, request, remarks, grid, references, more);
        }
    }

    private int execute(
            FactorPattern pattern,
            Plan plan,
            Problem problem,
            Workplace place,
            Map<String, String> request,
            List<String> remarks,
            Optional<PixelGrid> grid,
            Optional<LabelledMatrix> references,
            List<Path> more)
            throws IOException {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s: %d parameters, %d data; engine %s: %s%n",
                        options.matrix,
                        problem.model().dimension(),
                        problem.model().graph().observedEntries(),
                        plan.engine().name(),
                        plan.reason());
        remarks.forEach(r -> console.out().println("note: " + r));
        Instant started = Instant.now();
        long start = console.clock().getAsLong();
        Result result = answer(plan, problem, start);
        Provenance provenance = options.provenance(started, console.secondsSince(start), more);
        PointFiles files = new PointFiles(place.directory(), pattern, plan, problem, result, remarks, grid);
        files.write(request, references, provenance);
        place.finish();
        console.out().println();
        SummaryCommand.print(options.out, console.out());
        result.findings().stream()
                .filter(f -> f.severity() != Finding.Severity.OK)
                .forEach(f -> console.out().println("  " + f.check() + ": " + f.message() + "; " + f.remedy()));
        console.out().printf("finished in %s; result in %s%n", StatusLine.duration(provenance.seconds()), options.out);
        files.figures().forEach(f -> console.out().println("  figure " + options.out.resolve(f)));
        return result.verdict() == Finding.Severity.DO_NOT_USE ? ExitCode.NOT_USABLE : ExitCode.OK;
    }

    private Result answer(Plan plan, Problem problem, long start) {
        StatusLine status = new StatusLine(console);
        ExecutorService executor = options.executor();
        try {
            return plan.engine()
                    .run(
                            problem,
                            new RunContext(
                                    RandomStream.of(options.seed).split("engine"),
                                    new Parallel(executor),
                                    status,
                                    Budget.UNLIMITED,
                                    Journal.NONE,
                                    () -> console.secondsSince(start)));
        } finally {
            status.clear();
            executor.shutdownNow();
        }
    }
}
