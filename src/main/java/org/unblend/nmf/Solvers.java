package org.unblend.nmf;

import java.util.List;
import java.util.Optional;

/** The catalogue of solvers. */
public final class Solvers {
    /** Every solver, faster ones first. */
    public static final List<Solver> ALL = List.of(
            new Hals(),
            new WeightedDescent(),
            new ScoringDescent(),
            new Anls(),
            new Multiplicative(),
            NegativeData.nearly(),
            NegativeData.shift(),
            new ScikitDescent());

    private Solvers() {}

    /** The first solver of {@link #ALL} that can minimise exactly this problem. */
    public static Optional<Solver> best(FactorProblem problem) {
        return ALL.stream().filter(s -> s.refusal(problem).isEmpty()).findFirst();
    }

    /** The solver with this name, if there is one. */
    public static Optional<Solver> named(String name) {
        return ALL.stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
