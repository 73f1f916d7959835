package org.unblend.nmf;

import java.util.Optional;
import org.unblend.math.Parallel;

/** A method that minimises a {@link FactorProblem}. Stateless; results do not depend on the number of threads. */
public interface Solver {

    /** The name by which a user asks for it. */
    String name();

    /** Why this solver cannot minimise exactly this problem, or empty if it can. */
    Optional<String> refusal(FactorProblem problem);

    /**
     * Minimises the problem from the start. Neither is modified.
     *
     * @throws IllegalArgumentException if the solver refuses the problem or the start does not fit it
     */
    PointFit solve(FactorProblem problem, Factors start, StopRule stop, Parallel parallel, Watcher watcher);

    /** True if the solver holds every entry of such data, although they are stored sparsely. */
    default boolean fills(FactorProblem problem) {
        return false;
    }

    /** Minimises in this thread, unwatched. */
    default PointFit solve(FactorProblem problem, Factors start, StopRule stop) {
        return solve(problem, start, stop, Parallel.SERIAL, Watcher.NONE);
    }
}
