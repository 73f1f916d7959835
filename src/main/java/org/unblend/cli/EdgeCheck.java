package org.unblend.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Finding;
import org.unblend.infer.Samples;
import org.unblend.math.Parallel;
import org.unblend.model.Deterministic;
import org.unblend.model.op.Forward;

/** How much of a posterior lies where an emulator has training points on one side only. */
final class EdgeCheck {
    /** Draws that are looked at, about. */
    private static final int DRAWS = 500;

    private static final int PIECE = 50;

    /** Part of the posterior from which that is a reason for caution: uniform priors over the domain have a tenth there. */
    private static final double MUCH = 0.5;

    private EdgeCheck() {}

    /** The finding; empty for models without forward models, or without draws. */
    static Optional<Finding> of(CompiledModel model, Samples samples, Parallel parallel) {
        boolean forward =
                model.graph().nodes().stream().anyMatch(n -> n instanceof Deterministic d && d.op() instanceof Forward);
        if (!forward || samples.size() == 0) {
            return Optional.empty();
        }
        Samples few = samples.everyOf((samples.size() + DRAWS - 1) / DRAWS);
        int d = model.dimension();
        boolean[] near = new boolean[few.size()];
        parallel.forRanges(near.length, PIECE, (from, to) -> {
            double[] theta = Arrays.copyOfRange(few.theta(), from * d, to * d);
            System.arraycopy(model.nearEdge(theta, to - from), 0, near, from, to - from);
        });
        double[] w = few.weights();
        double share = 0;
        for (int i = 0; i < near.length; i++) {
            share += near[i] ? w[i] : 0;
        }
        share /= Arrays.stream(w).sum();
        if (share == 0) {
            return Optional.empty();
        }
        String message = String.format(
                Locale.ROOT,
                "%.0f %% of the posterior lie within a hundredth of an end of an emulator's domain",
                100 * share);
        return Optional.of(
                share > MUCH
                        ? Finding.caution(
                                "edge of emulators",
                                message,
                                "compare with computed lines and chemistry, or train an emulator on a wider domain")
                        : Finding.ok("edge of emulators", message));
    }
}
