package org.unblend.nmf.graph;

import java.util.Locale;
import java.util.Optional;
import org.unblend.infer.Fit;
import org.unblend.infer.Match;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Solver;

/**
 * What it takes if a solver holds every entry of data that are stored sparsely.
 *
 * @param bytes of the copies that such a solver keeps
 */
record Filling(double bytes) {
    /** Data, weights, the transposed data and the residuals, 8 bytes an entry; measured are 2.5 to 4.1 copies. */
    private static final int COPIES = 5;

    /** Empty if the solver keeps what is sparse. */
    static Optional<Filling> of(Solver solver, FactorProblem problem) {
        return solver.fills(problem)
                ? Optional.of(new Filling(
                        8.0 * COPIES * problem.x().rows() * problem.x().columns()))
                : Optional.empty();
    }

    /** The match with a word about it, or none if this does not fit into memory. */
    Match of(Match match, long memory) {
        return bytes > memory
                ? new Match(
                        Fit.INCOMPATIBLE,
                        String.format(
                                Locale.ROOT,
                                "it holds every entry of sparse data, about %.1f GB, and Java may take %.1f GB",
                                bytes / 1e9,
                                memory / 1e9))
                : new Match(
                        match.fit(),
                        match.reason()
                                + String.format(
                                        Locale.ROOT,
                                        "; it holds every entry of these sparse data, about %.3g MB",
                                        bytes / 1e6));
    }
}
