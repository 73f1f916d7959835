package org.unblend.nmf.graph;

import org.unblend.math.Dense;
import org.unblend.math.Sparse;
import org.unblend.nmf.FactorProblem;

/** Sparse storage for data that are mostly zero, where a solver gains by it. */
final class SparseCounts {
    /** Share of zeros from which the sparse kernels are faster. */
    private static final double MOSTLY = 0.9;

    private SparseCounts() {}

    /** The same problem, its data stored sparsely if most of them are zero and none is weighted. */
    static FactorProblem where(FactorProblem problem) {
        if (problem.weights().isPresent() || problem.loss().beta() <= 0) {
            return problem;
        }
        Dense x = problem.x().dense();
        long zeros = 0;
        for (double[] row : x.array()) {
            for (double v : row) {
                zeros += v == 0 ? 1 : 0;
            }
        }
        return zeros < MOSTLY * x.rows() * x.columns()
                ? problem
                : new FactorProblem(Sparse.of(x), problem.weights(), problem.loss(), problem.w(), problem.h());
    }
}
