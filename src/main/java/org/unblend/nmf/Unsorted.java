package org.unblend.nmf;

import java.util.List;
import java.util.function.BiFunction;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;

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
            BiFunction<Tiles, List<Component>, HalfStep> step,
            Parallel parallel) {
        Ordering order = Ordering.of(v, parallel);
        Tiles forH = Tiles.pack(x, v, order.rows(), order.columns(), width, parallel);
        Tiles forW = Tiles.pack(
                Dense.of(x).transpose(parallel).array(),
                Dense.of(v).transpose(parallel).array(),
                order.columns(),
                order.rows(),
                width,
                parallel);
        Factors sorted = Factors.byComponent(
                Ordering.apply(start.wByComponent(), order.rows()),
                Ordering.apply(start.hByComponent(), order.columns()));
        Run run = new Extrapolation(
                problem, sorted, step.apply(forH, problem.h()), step.apply(forW, problem.w()), parallel);
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
