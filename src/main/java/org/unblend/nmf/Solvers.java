package org.unblend.nmf;

import java.util.List;

/** All solvers. */
public final class Solvers {
    private Solvers() {}

    /** Every solver, the best for a kind of problem first. */
    public static final List<Solver> ALL = List.of(new Hals(), new WeightedDescent(), new ScoringDescent());
}
