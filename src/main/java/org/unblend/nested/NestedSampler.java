package org.unblend.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.density.Target;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Effort;
import org.unblend.infer.Evaluator;
import org.unblend.infer.Evidence;
import org.unblend.infer.NestedPath;
import org.unblend.infer.Precision;
import org.unblend.infer.Progress;
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
 * takes fewer evaluations. More threads are added where they help most until what is wanted of ln Z, of the effective
 * sample size and of quantiles is reached. After the first run evidence and draws are refined by importance sampling,
 * which is used where it can be trusted. The result depends on target, settings, precision and seed, not on the number of threads.
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
        List<RunRecord> runs = new ArrayList<>();
        MergedRuns merged;
        double ess;
        RandomStream random = context.random();
        Optional<Segment> segment = Optional.empty();
        Allocation.Want unmet;
        Optional<RefinedDraws> refined = Optional.empty();
        do {
            runs.add(oneRun(target, precision, context, evaluator, runs, segment));
            merged = MergedRuns.of(runs);
            ess = ess(merged);
            if (settings.refine() > 0
                    && runs.size() == 1
                    && runs.get(0).stopped().isEmpty()) {
                RandomStream pilot = random.split("pilot error");
                double error = EvidenceError.bootstrap(merged, settings.replicates(), pilot.generator());
                refined = RefinedDraws.of(target, evaluator, context, merged, error, precision);
            }
            unmet = refined.filter(r -> r.satisfies(precision)).isPresent()
                    ? Allocation.Want.NOTHING
                    : Allocation.unmet(merged, precision, settings.replicates(), random.split("goals"));
            segment = Allocation.next(merged, unmet);
        } while (unmet != Allocation.Want.NOTHING
                && runs.size() < settings.maxRuns()
                && runs.get(runs.size() - 1).stopped().isEmpty());

        double error = EvidenceError.bootstrap(
                merged, settings.replicates(), random.split("error").generator());
        NestedWeights weights = merged.weights();
        Evidence evidence = new Evidence(
                weights.logZ(),
                error,
                weights.information(),
                "nested sampling, bootstrap over threads (" + settings.replicates() + " replicates)");
        Effort effort = new Effort(
                evaluator.evaluations(),
                evaluator.batches(),
                evaluator.failed(),
                runs.get(runs.size() - 1).stopped());
        double drawn =
                refined.filter(RefinedDraws::accepted).map(RefinedDraws::ess).orElse(ess);
        NestedChecks checks = new NestedChecks(settings, precision, random.split("checks"));
        Result result = new Result(
                NAME,
                samples(target, merged),
                Optional.of(evidence),
                checks.findings(runs, merged, drawn),
                effort,
                info(target, runs, merged, drawn, effort));
        if (refined.isEmpty()) {
            return new Draws(result, positions(target, merged));
        }
        Result better = refined.get().apply(target, result);
        return new Draws(
                better,
                refined.get().accepted() ? refined.get().positions(target.cubeDimension()) : positions(target, merged));
    }

    private RunRecord oneRun(
            Target target,
            Precision precision,
            RunContext context,
            Evaluator evaluator,
            List<RunRecord> before,
            Optional<Segment> segment) {
        RandomStream random = context.random().split("run").split(before.size());
        Explorer explorer = settings.steps() == 0
                ? new RegionExplorer(target, evaluator, settings, random, context.parallel())
                : new ThriftyExplorer(target, evaluator, settings, random, context.parallel());
        int expected = expectedRuns(before, precision);
        NestedRun.Listener listener =
                run -> context.progress().report(status(run, precision, evaluator, before.size(), expected, target));
        return new NestedRun(
                        target,
                        settings,
                        precision.dlogz(),
                        explorer,
                        evaluator,
                        context.budget(),
                        random,
                        listener,
                        segment)
                .run();
    }

    /** Runs needed for the effective sample size, by what the runs so far had. */
    private int expectedRuns(List<RunRecord> runs, Precision precision) {
        if (runs.isEmpty()) {
            return 1;
        }
        double perRun = ess(MergedRuns.of(runs)) / runs.size();
        return (int) Math.min(settings.maxRuns(), Math.max(runs.size() + 1, Math.ceil(precision.ess() / perRun)));
    }

    private static double ess(MergedRuns merged) {
        return Weighted.effectiveSampleSize(merged.weights().posterior());
    }

    /** The e-folds still to go are those after which the best live point would no longer matter. */
    private Progress.Status status(
            NestedRun run, Precision precision, Evaluator evaluator, int runsDone, int runs, Target target) {
        double toGo = run.logVolume() + run.highest() - run.logZ() - Math.log(Math.expm1(precision.dlogz()));
        double gone = -run.logVolume();
        double part = gone > 0 && toGo > 0 ? gone / (gone + toGo) : gone > 0 ? 1 : 0;
        double remaining = run.remainingEvidence();
        double error = Math.sqrt(Math.max(gone, 1) / settings.live(target.cubeDimension()));
        String headline = Double.isFinite(run.logZ() + remaining)
                ? String.format(Locale.ROOT, "logZ %.2f ± %.2f", run.logZ() + remaining, error)
                : "logZ unknown";
        String detail = Double.isFinite(remaining)
                ? String.format(
                        Locale.ROOT,
                        "remaining %.3g > %.3g | %s%s",
                        remaining,
                        precision.dlogz(),
                        run.explorer(),
                        runs > 1 ? ", run " + (runsDone + 1) + " of " + runs : "")
                : "drawing from the prior";
        String health = evaluator.failed() == 0 ? "ok" : evaluator.failed() + " model rows failed";
        return new Progress.Status(NAME, (runsDone + part) / runs, headline, detail, evaluator.evaluations(), health);
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

    private List<Result.Info> info(Target target, List<RunRecord> runs, MergedRuns merged, double ess, Effort effort) {
        int live = settings.live(target.cubeDimension());
        double analytic = Math.sqrt(merged.weights().information() / (live * (double) runs.size()));
        return List.of(
                line("runs merged", "%d", runs.size()),
                line("live points per run", "%d", live),
                line("points kept", "%d", merged.points().size()),
                line("effective sample size", "%.0f", ess),
                line("evaluations per effective draw", "%.1f", effort.evaluations() / ess),
                line("efficiency", "%.3g", merged.points().size() / (double) effort.evaluations()),
                line("error of logZ by sqrt(H/n)", "%.4f", analytic),
                line("information H / nats", "%.3f", merged.weights().information()));
    }

    private static Result.Info line(String name, String format, Object value) {
        return new Result.Info(name, String.format(Locale.ROOT, format, value));
    }
}
