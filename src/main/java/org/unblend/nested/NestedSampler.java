package org.unblend.nested;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.density.Target;
import org.unblend.infer.Effort;
import org.unblend.infer.Evaluator;
import org.unblend.infer.Evidence;
import org.unblend.infer.NestedPath;
import org.unblend.infer.Precision;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.math.RandomStream;

/**
 * Nested sampling of any target.
 *
 * <pre>{@code
 * Target target = FunctionTarget.ofCube(2, (u, logL, rows) -> { ... });
 * Result result = new NestedSampler(NestedSettings.STANDARD).run(target, Precision.STANDARD, RunContext.of(1));
 * }</pre>
 *
 * <p>New points are drawn from ellipsoids around the live points, or found by slice sampling inside of these where that
 * takes fewer evaluations. After the first run evidence and draws are refined by importance sampling, which is used where
 * it can be trusted. Where it cannot, more threads are added where they help most until what is wanted of ln Z, of the
 * effective sample size and of quantiles is reached. The result
 * depends on target, settings, precision and seed, not on the number of threads.
 *
 * @param settings how
 */
public record NestedSampler(NestedSettings settings) {
    /** Name of the engine in results and plans. */
    public static final String NAME = "nested";

    /**
     * Samples the posterior and computes the evidence.
     *
     * @throws IllegalStateException if the likelihood is NaN, +infinity, or zero at all prior draws
     */
    public Result run(Target target, Precision precision, RunContext context) {
        return sample(target, precision, context).result();
    }

    /**
     * A result and the places of its draws in the unit cube.
     *
     * @param result what {@link #run} returns
     * @param u {@code [draws x cubeDimension]}, in the order of the result's samples
     */
    public record Draws(Result result, double[] u) {}

    /** As {@link #run}, with the unit-cube positions of the draws. */
    public Draws sample(Target target, Precision precision, RunContext context) {
        Evaluator evaluator = new Evaluator(target, context);
        RandomStream random = context.random();
        Exploration found = Exploration.asLightAsPossible(target, settings, precision, context, evaluator);
        MergedRuns merged = found.merged();
        NestedWeights weights = merged.weights();
        Evidence evidence = new Evidence(weights.logZ(), found.error(), weights.information(), method(found));
        Effort effort = new Effort(evaluator.evaluations(), evaluator.batches(), evaluator.failed(), found.stopped());
        NestedChecks checks = new NestedChecks(settings, precision, random.split("checks"));
        Result result = new Result(
                NAME,
                samples(target, merged),
                Optional.of(evidence),
                checks.findings(found),
                effort,
                info(target, found, effort));
        Result better = found.refined().map(r -> r.apply(target, result)).orElse(result);
        return new Draws(
                better,
                found.refined()
                        .filter(RefinedDraws::accepted)
                        .map(r -> r.positions(target.cubeDimension()))
                        .orElseGet(() -> positions(target, merged)));
    }

    private String method(Exploration found) {
        return "nested sampling, bootstrap over threads (" + settings.replicates() + " replicates)"
                + (found.error() > found.scatter() ? " and the bias of too few slices" : "");
    }

    private static Samples samples(Target target, MergedRuns merged) {
        int n = merged.points().size();
        int p = target.dimension();
        double[] theta = new double[n * p];
        double[] logL = new double[n];
        double[] birth = new double[n];
        for (int i = 0; i < n; i++) {
            Point point = merged.points().get(i);
            System.arraycopy(point.theta(), 0, theta, i * p, p);
            logL[i] = point.logL();
            birth[i] = point.birth();
        }
        NestedWeights w = merged.weights();
        NestedPath path = new NestedPath(birth, w.live(), w.logVolume(), merged.remaining());
        return new Samples(target.names(), theta, logL, w.logWeight(), Optional.of(path));
    }

    private static double[] positions(Target target, MergedRuns merged) {
        int d = target.cubeDimension();
        double[] u = new double[merged.points().size() * d];
        for (int i = 0; i < merged.points().size(); i++) {
            System.arraycopy(merged.points().get(i).u(), 0, u, i * d, d);
        }
        return u;
    }

    private List<Result.Info> info(Target target, Exploration found, Effort effort) {
        int live = settings.live(target.cubeDimension());
        NestedWeights weights = found.merged().weights();
        int points = found.merged().points().size();
        return List.of(
                line("runs merged", "%d", found.runs().size()),
                line("live points per run", "%d", live),
                line("points kept", "%d", points),
                line("effective sample size", "%.0f", found.ess()),
                line("evaluations per effective draw", "%.1f", effort.evaluations() / found.ess()),
                line("efficiency", "%.3g", points / (double) effort.evaluations()),
                line("error of logZ by sqrt(H/n)", "%.4f", analytic(weights)),
                line("information H / nats", "%.3f", weights.information()));
    }

    /** With the number of live points where the posterior begins to matter. */
    private static double analytic(NestedWeights weights) {
        return Math.sqrt(weights.information() / weights.live()[0]);
    }

    private static Result.Info line(String name, String format, Object value) {
        return new Result.Info(name, String.format(Locale.ROOT, format, value));
    }
}
