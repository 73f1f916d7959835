package org.unblend.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.unblend.infer.Engine;
import org.unblend.infer.Knob;
import picocli.CommandLine.Option;

/** How a factorisation is fitted, or only shown. */
final class FitOptions {
    @Option(
            names = "--solver",
            paramLabel = "NAME",
            description = "insist on a solver: hals, weighted-cd, scoring-cd, anls, mu, nearly-nmf, shift-nmf,"
                    + " cd-sklearn (default: chosen from the model)")
    String solver;

    @Option(names = "--starts", paramLabel = "N", description = "starts, of which the best counts (default: 20)")
    private Integer starts;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "limit of iterations of a start (default: 5000; cd-sklearn: 200)")
    private Integer iterations;

    @Option(names = "--show-model", description = "print the model as JSON, and do nothing else")
    boolean showModel;

    /** @throws org.unblend.io.json.BadInput if these or the options of the matrix are out of range */
    void check(MatrixOptions options) {
        options.refuseBelowOne("--starts", starts == null ? 1 : starts);
        options.refuseBelowOne("--iterations", iterations == null ? 1 : iterations);
        if (!showModel) {
            options.check();
        }
    }

    /** How many starts were asked for, if that was said. */
    Optional<Integer> starts() {
        return Optional.ofNullable(starts);
    }

    /** All knobs of the engine, those that were not given at their standard values. */
    Map<String, Double> knobs(Engine engine) {
        Map<String, Double> knobs = new HashMap<>();
        for (Knob knob : engine.knobs()) {
            knobs.put(knob.name(), knob.standard());
        }
        Optional.ofNullable(starts).ifPresent(n -> knobs.put("starts", n.doubleValue()));
        Optional.ofNullable(iterations).ifPresent(n -> knobs.put("iterations", n.doubleValue()));
        return knobs;
    }
}
