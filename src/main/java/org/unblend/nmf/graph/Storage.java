package org.unblend.nmf.graph;

import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Sparse;
import org.unblend.nmf.FactorProblem;

/** The storage of data in which solvers are faster, however they were given. */
final class Storage {
    /** Share of zeros from which the sparse kernels are faster. */
    private static final double MOSTLY = 0.9;

    private Storage() {}

    /** The same problem, its data stored sparsely if most of them are zero and none is weighted, else as a whole. */
    static FactorProblem best(FactorProblem problem) {
        Matrix x = problem.x();
        boolean sparse =
                problem.weights().isEmpty() && problem.loss().beta() > 0 && zeros(x) >= MOSTLY * x.rows() * x.columns();
        if (sparse == x instanceof Sparse) {
            return problem;
        }
        return new FactorProblem(
                x instanceof Dense d ? Sparse.of(d) : x.dense(),
                problem.weights(),
                problem.loss(),
                problem.w(),
                problem.h());
    }

    private static double zeros(Matrix x) {
        double zeros = 0;
        if (x instanceof Sparse s) {
            zeros = (double) s.rows() * s.columns() - s.entries();
            for (double v : s.value()) {
                zeros += v == 0 ? 1 : 0;
            }
            return zeros;
        }
        for (double[] row : x.dense().array()) {
            for (double v : row) {
                zeros += v == 0 ? 1 : 0;
            }
        }
        return zeros;
    }
}
