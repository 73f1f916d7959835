package org.unblend.nmf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.infer.Finding;
import org.unblend.math.Parallel;

/** What all solvers share: checks, the loop of iterations, looks, stopping and the final account. */
abstract class Descent implements Solver {
    private static final String LIMIT = "the limit of iterations was reached";

    /** Begins a fit; the run owns copies of the start. */
    abstract Run begin(FactorProblem problem, Factors start, Parallel parallel);

    @Override
    public final PointFit solve(
            FactorProblem problem, Factors start, StopRule stop, Parallel parallel, Watcher watcher) {
        refusal(problem).ifPresent(reason -> {
            throw new IllegalArgumentException(name() + " cannot fit this: " + reason);
        });
        problem.check(start);
        Run run = begin(problem, start, parallel);
        List<Moment> trace = new ArrayList<>();
        Optional<String> ending = Optional.empty();
        boolean converged = false;
        boolean ownRule = false;
        double last = Double.POSITIVE_INFINITY;
        int iteration = 0;
        while (ending.isEmpty() && iteration < stop.maxIterations()) {
            iteration++;
            boolean look = iteration % stop.every() == 0 || iteration == stop.maxIterations();
            run.iterate(look);
            if (look) {
                Moment now = new Moment(iteration, run.objective(), run.kkt());
                trace.add(now);
                ending = watcher.look(now);
                if (now.kkt() <= stop.kkt() && last - now.objective() <= stop.objective() * Math.abs(last)) {
                    converged = true;
                    ending = Optional.of("KKT residual and decrease of the objective are below their tolerances");
                }
                last = now.objective();
            }
            if (ending.isEmpty()) {
                ending = run.finished();
                ownRule = ending.isPresent();
            }
        }
        return account(problem, run, parallel, iteration, converged, ownRule, ending, trace);
    }

    private PointFit account(
            FactorProblem problem,
            Run run,
            Parallel parallel,
            int iterations,
            boolean converged,
            boolean ownRule,
            Optional<String> ending,
            List<Moment> trace) {
        Optimality end = Optimality.of(problem, run.w(), run.h(), parallel);
        List<Finding> findings = new ArrayList<>(problem.findings());
        if (!converged) {
            findings.add(Finding.caution(
                    "convergence",
                    "stopped after " + iterations + " iterations with a KKT residual of "
                            + String.format(Locale.ROOT, "%.2g", end.kkt()) + ": " + ending.orElse(LIMIT),
                    ownRule ? "take a solver that stops on the KKT residual" : "allow more iterations"));
        }
        for (int k = 0; k < problem.rank(); k++) {
            if (isZero(run.w()[k]) || isZero(run.h()[k])) {
                findings.add(Finding.caution(
                        "dead component",
                        "component " + (k + 1) + " is zero everywhere",
                        "take a smaller rank, another start or weaker priors"));
            }
        }
        return new PointFit(
                name(),
                Factors.byComponent(run.w(), run.h()),
                end.objective(),
                end.kkt(),
                iterations,
                converged,
                ending.orElse(LIMIT),
                trace,
                findings);
    }

    private static boolean isZero(double[] row) {
        for (double v : row) {
            if (v != 0) {
                return false;
            }
        }
        return true;
    }
}
