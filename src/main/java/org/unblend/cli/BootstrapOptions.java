package org.unblend.cli;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.unblend.infer.Plan;
import org.unblend.infer.Problem;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Solvers;
import org.unblend.nmf.graph.Bootstrap;
import org.unblend.nmf.graph.FactorPattern;
import picocli.CommandLine.Option;

/** Uncertainties of a factorisation. */
final class BootstrapOptions {
    /** The ends of intervals of 89 % lie between replicates. */
    private static final int FEWEST = 20;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description = "fit N data sets drawn from the fit, for standard deviations and 89 %% intervals of W and H")
    private Integer replicates;

    /** @throws org.unblend.io.json.BadInput if there are too few for an interval */
    void check(MatrixOptions options) {
        if (replicates != null && replicates < FEWEST) {
            throw options.bad("C001", "--bootstrap is " + replicates, "give " + FEWEST + " or more");
        }
    }

    /** True if there is to be one. */
    boolean isWanted() {
        return replicates != null;
    }

    /**
     * What is to be done after the fit, if anything.
     *
     * @param noiseKnown true if the size of the noise is given
     */
    Optional<Request> request(boolean noiseKnown) {
        return Optional.ofNullable(replicates).map(n -> new Request(n, noiseKnown));
    }

    /** Adds these options to the record of what was asked for. */
    void addTo(Map<String, String> request) {
        Optional.ofNullable(replicates).ifPresent(n -> request.put("bootstrap", n.toString()));
    }

    /**
     * A bootstrap that is wanted.
     *
     * @param noiseKnown false if the size of the noise is to be estimated
     */
    record Request(int replicates, boolean noiseKnown) {

        /** @throws org.unblend.io.json.BadInput if the noise cannot be estimated */
        void check(Problem problem, MatrixOptions options) {
            if (!noiseKnown
                    && problem.model().observedEntries() <= problem.model().dimension()) {
                throw options.bad(
                        "C002",
                        "--bootstrap must estimate the noise, and there are "
                                + problem.model().observedEntries() + " entries for "
                                + problem.model().dimension() + " unknowns",
                        "give the noise (--sd, --weights or --shape), or take a smaller rank");
            }
        }

        Bootstrap run(
                FactorPattern pattern,
                Factors factors,
                Plan plan,
                UnaryOperator<Factors> natural,
                RandomStream random,
                Parallel parallel) {
            return Bootstrap.of(
                    pattern,
                    factors,
                    Solvers.named(plan.engine().name()).orElseThrow(),
                    noiseKnown,
                    replicates,
                    natural,
                    random.split("bootstrap"),
                    parallel);
        }
    }
}
