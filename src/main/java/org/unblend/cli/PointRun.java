package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.unblend.density.CompiledModel;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Plan;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Task;
import org.unblend.io.ModelJson;
import org.unblend.io.Workplace;
import org.unblend.io.json.BadInput;
import org.unblend.io.maps.PixelGrid;
import org.unblend.io.matrix.LabelledMatrix;
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
        Inference inference = new Inference(
                console, model.graph().name(), request, plan, problem, options.threads, options.seed, Optional.empty());
        try (Workplace place = Workplace.open(RunCommand.beside(options.out), options.out, model.fingerprint(), true)) {
            inference.announce(options.matrix, remarks);
            return inference.answer(
                    place,
                    options.out,
                    options.sources(more),
                    false,
                    (directory, result, provenance, random, parallel) ->
                            new PointFiles(directory, pattern, plan, problem, result, remarks, grid).write(references));
        }
    }
}
