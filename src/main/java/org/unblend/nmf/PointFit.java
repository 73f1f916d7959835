package org.unblend.nmf;

import java.util.List;
import org.unblend.infer.Finding;

/**
 * The result of a solver.
 *
 * @param solver name of the solver
 * @param factors the factors
 * @param objective negative log posterior of {@link FactorProblem} at the factors
 * @param kkt KKT residual of {@link Optimality} at the factors
 * @param iterations iterations done
 * @param converged true if the stopping rule of the caller was met
 * @param ending why the solver stopped, as a clause
 * @param trace the looks, in order
 * @param findings what is doubtful
 */
public record PointFit(
        String solver,
        Factors factors,
        double objective,
        double kkt,
        int iterations,
        boolean converged,
        String ending,
        List<Moment> trace,
        List<Finding> findings) {

    public PointFit {
        trace = List.copyOf(trace);
        findings = List.copyOf(findings);
    }
}
