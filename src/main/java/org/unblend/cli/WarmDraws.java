package org.unblend.cli;

import java.util.Arrays;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Engine;
import org.unblend.infer.Samples;
import org.unblend.infer.Start;
import org.unblend.io.NestedRecord;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistake;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunFile;
import org.unblend.nested.NestedSampler;

/** The points of an earlier result with which nested sampling of a similar model begins. */
final class WarmDraws {
    private WarmDraws() {}

    /**
     * Those that the priors of this model allow.
     *
     * @throws BadInput at the place in the run file if the engine does not begin so, the directory is no result of nested
     *     sampling of the same parameters, or the priors allow none of its points
     */
    static Start read(RunFile.Warm warm, CompiledModel model, Engine engine) {
        if (!engine.name().equals(NestedSampler.NAME)) {
            throw bad(
                    warm,
                    "engine '" + engine.name() + "' does not begin with the points of a result",
                    "take 'start' out, or name the engine 'nested'");
        }
        Samples points;
        try {
            points = NestedRecord.read(warm.directory(), model.names()).result().samples();
        } catch (BadInput e) {
            Mistake first = e.mistakes().get(0);
            throw bad(warm, first.place() + " " + first.reason(), first.remedy());
        }
        double[] logPrior = new double[points.size()];
        model.logPrior(points.theta(), logPrior, points.size());
        double[] weights = points.weights();
        int p = model.dimension();
        int kept = 0;
        double[] theta = new double[points.theta().length];
        double[] allowed = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            if (logPrior[i] > Double.NEGATIVE_INFINITY && weights[i] > 0) {
                System.arraycopy(points.theta(), i * p, theta, kept * p, p);
                allowed[kept++] = weights[i];
            }
        }
        if (kept == 0) {
            throw bad(
                    warm,
                    "the priors allow none of the points of " + warm.directory(),
                    "take 'start' out, or name a result of a model with similar priors");
        }
        return new Start.Draws(
                Arrays.copyOf(theta, kept * p),
                Arrays.copyOf(allowed, kept),
                warm.directory().normalize().toString());
    }

    /** Hash of the points: a run that is resumed must begin with the same. */
    static String hash(RunFile.Warm warm) {
        return LoadedRun.Source.of(warm.directory().resolve("nested").resolve("points.csv"))
                .sha256();
    }

    private static BadInput bad(RunFile.Warm warm, String reason, String remedy) {
        return new BadInput("R023", warm.place(), "'start' cannot be used: " + reason, remedy);
    }
}
