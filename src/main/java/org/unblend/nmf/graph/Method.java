package org.unblend.nmf.graph;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.unblend.infer.Knob;
import org.unblend.nmf.ScikitDescent;
import org.unblend.nmf.Solver;
import org.unblend.nmf.StopRule;

/**
 * A solver with its stopping rule and the knobs of both.
 *
 * @param knobs all knobs, {@link #STARTS} among them
 * @param solver the solver at given knobs
 * @param stop the stopping rule at given knobs
 */
record Method(
        List<Knob> knobs, Function<Map<String, Double>, Solver> solver, Function<Map<String, Double>, StopRule> stop) {

    /** Name of the knob that says from how many places to start. */
    static final String STARTS = "starts";

    private static final String ITERATIONS = "iterations";
    private static final Knob MANY_STARTS =
            new Knob(STARTS, 20, 1, 100_000, true, "random starts, of which the best counts");

    /** A solver that stops by KKT residual and decrease of the objective. */
    static Method of(Solver solver) {
        StopRule standard = StopRule.STANDARD;
        return new Method(
                List.of(
                        MANY_STARTS,
                        iterations(standard.maxIterations()),
                        new Knob(
                                "decrease",
                                standard.objective(),
                                0,
                                1,
                                false,
                                "relative decrease of the objective at which to stop"),
                        new Knob("kkt", standard.kkt(), 0, 1, false, "KKT residual at which to stop")),
                knobs -> solver,
                knobs -> new StopRule(
                        knobs.get(ITERATIONS).intValue(), knobs.get("decrease"), knobs.get("kkt"), standard.every()));
    }

    /** {@link ScikitDescent}, which stops by its own rule alone, after scikit-learn's limit of iterations at the latest. */
    static Method scikit() {
        return new Method(
                List.of(
                        MANY_STARTS,
                        iterations(200),
                        new Knob(
                                "tol",
                                ScikitDescent.STANDARD_TOLERANCE,
                                0,
                                1,
                                false,
                                "part of the first violation at which to stop")),
                knobs -> new ScikitDescent(knobs.get("tol")),
                knobs -> new StopRule(knobs.get(ITERATIONS).intValue(), 0, 0, StopRule.STANDARD.every()));
    }

    private static Knob iterations(int standard) {
        return new Knob(ITERATIONS, standard, 1, 1e9, true, "limit of iterations of a start");
    }

    /** The solver at standard knobs. */
    Solver standard() {
        return solver.apply(knobs.stream().collect(Collectors.toMap(Knob::name, Knob::standard)));
    }
}
