package org.unblend.nmf;

import org.unblend.math.Parallel;

/** A run whose objective and residual come from {@link Optimality}, evaluated when they are asked for. */
abstract class Evaluated implements Run {
    final FactorProblem problem;
    final Parallel parallel;
    /** W by component, {@code [r x features]}. */
    final double[][] w;
    /** H by component, {@code [r x samples]}. */
    final double[][] h;

    private Optimality now;

    Evaluated(FactorProblem problem, Factors start, Parallel parallel) {
        this.problem = problem;
        this.parallel = parallel;
        w = start.wByComponent();
        h = start.hByComponent();
    }

    /** Moves both factors. */
    abstract void move();

    @Override
    public final void iterate(boolean look) {
        move();
        now = look ? Optimality.of(problem, w, h, parallel) : null;
    }

    @Override
    public final double objective() {
        return now.objective();
    }

    @Override
    public final double kkt() {
        return now.kkt();
    }

    @Override
    public final double[][] w() {
        return w;
    }

    @Override
    public final double[][] h() {
        return h;
    }
}
