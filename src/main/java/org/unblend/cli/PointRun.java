package org.unblend.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.unblend.density.CompiledModel;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Plan;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Task;
import org.unblend.io.ModelJson;
import org.unblend.io.Workplace;
import org.unblend.io.json.BadInput;
import org.unblend.model.InvalidModel;
import org.unblend.nmf.Factors;
import org.unblend.nmf.graph.FactorPattern;
import org.unblend.nmf.graph.Starts;

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
     * @throws BadInput if the graph cannot be made or no engine can fit it
     */
    int run(PointJob job) throws IOException {
        CompiledModel model;
        FactorPattern pattern;
        Plan plan;
        try {
            model = new CompiledModel(job.graph().get());
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
            Starts.of(pattern, job.start());
        } catch (InvalidModel e) {
            throw options.bad(e);
        } catch (InvalidRequest e) {
            throw options.bad(e.code(), e.reason(), e.remedy());
        }
        Problem problem = new Problem(model, POINT, Precision.STANDARD, fit.knobs(plan.engine()), job.start());
        job.bootstrap().ifPresent(b -> b.check(problem, options));
        Inference inference = new Inference(
                console,
                model.graph().name(),
                job.request(),
                plan,
                problem,
                options.threads,
                options.seed,
                Optional.empty());
        try (Workplace place = Workplace.open(RunCommand.beside(options.out), options.out, model.fingerprint(), true)) {
            inference.announce(options.matrix, job.remarks());
            return inference.answer(
                    place,
                    options.out,
                    options.sources(job.sources()),
                    false,
                    (directory, result, provenance, random, parallel) -> {
                        PointFiles files = new PointFiles(
                                directory, pattern, plan, problem, result, job.remarks(), job.grid(), job.norm());
                        UnaryOperator<Factors> natural = f -> files.told(job.prepared(), f);
                        return files.write(
                                job.references(),
                                job.prepared(),
                                job.bootstrap()
                                        .map(b -> b.run(pattern, files.factors(), plan, natural, random, parallel)));
                    });
        } catch (InvalidRequest e) {
            throw options.bad(e.code(), e.reason(), e.remedy());
        }
    }
}
