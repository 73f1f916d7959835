package org.unblend.nmf;

import java.util.List;
import java.util.function.BiFunction;
import org.unblend.math.Dense;

/**
 * A run on rows and columns that were sorted by {@link Ordering}, seen in the given order.
 *
 * @param run the run on sorted data
 * @param order the order of that data
 */
record Unsorted(Run run, Ordering order) implements Run {

    /**
     * Packs data in both orientations and begins an extrapolated run of alternating half-steps on them.
     *
     * @param x {@code [features x samples]}
     * @param v weights, alike
     * @param width columns of a block
     * @param step makes the half-step for one orientation
     */
    static Run begin(
            FactorProblem problem,
            Factors start,
            double[][] x,
            double[][] v,
            int width,
            BiFunction<Tiles, List<Component>, HalfStep> step) {
        Ordering order = Ordering.of(v);
        Tiles forH = Tiles.pack(x, v, order.rows(), order.columns(), width);
        Tiles forW = Tiles.pack(
                Dense.of(x).transpose().array(), Dense.of(v).transpose().array(), order.columns(), order.rows(), width);
        Factors sorted = Factors.byComponent(
                Ordering.apply(start.wByComponent(), order.rows()),
                Ordering.apply(start.hByComponent(), order.columns()));
        Run run = new Extrapolation(problem, sorted, step.apply(forH, problem.h()), step.apply(forW, problem.w()));
        return new Unsorted(run, order);
    }

    @Override
    public void iterate(boolean look) {
        run.iterate(look);
    }

    @Override
    public double objective() {
        return run.objective();
    }

    @Override
    public double kkt() {
        return run.kkt();
    }

    @Override
    public double[][] w() {
        return Ordering.undo(run.w(), order.rows());
    }

    @Override
    public double[][] h() {
        return Ordering.undo(run.h(), order.columns());
    }
}
