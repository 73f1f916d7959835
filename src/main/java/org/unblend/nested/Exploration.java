package org.unblend.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unblend.density.Target;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Evaluator;
import org.unblend.infer.Precision;
import org.unblend.infer.RunContext;
import org.unblend.math.RandomStream;

/**
 * A run, a trial of its slices, a refinement of what it found, and more runs or segments where they help most, until what
 * is wanted is reached.
 *
 * @param runs in the order in which they were made; the first one begins with the whole prior
 * @param trial what the slices are worth, if they were used
 * @param refined the refinement by importance sampling, if there was one
 * @param merged all runs as one
 * @param scatter standard error of ln Z by bootstrap over threads
 */
record Exploration(
        List<RunRecord> runs,
        Optional<StepTrial> trial,
        Optional<RefinedDraws> refined,
        MergedRuns merged,
        double scatter) {

    /** Factor on the live points of the second light exploration; there is no third. */
    private static final int HEAVIER = 3;

    private static final int HEAVIEST = 3;

    /** Part of ln Z at which a run stops after a peak was found that it had not seen. */
    private static final double DEEP = 1e-4;

    Exploration {
        runs = List.copyOf(runs);
    }

    /**
     * A light exploration whose refinement gives what is wanted, or else a heavier or a thorough one. Light ones have few
     * live points and few slices: enough for a proposal, not for an evidence of their own. So they are left aside if the
     * refinement cannot be trusted. If a search after the refinement meets a peak that the exploration passed by, the next one
     * goes on to higher likelihoods before it stops.
     */
    static Exploration asLightAsPossible(
            Target target, NestedSettings settings, Precision precision, RunContext context, Evaluator evaluator) {
        RandomStream random = context.random();
        int d = target.cubeDimension();
        boolean light = settings.refine() > 0 && settings.live() == 0;
        Precision deep = precision;
        for (int times = 1; light && times <= HEAVIEST; ) {
            Exploration found = of(
                    target,
                    settings.light(d, times),
                    deep,
                    context,
                    evaluator,
                    random.split("light").split(times));
            if (found.stopped().isPresent() || found.satisfies(precision)) {
                return found;
            }
            boolean deeper = deep == precision
                    && found.refined.filter(RefinedDraws::peaked).isPresent();
            deep = deeper ? precision.withDlogz(Math.min(DEEP, precision.dlogz())) : deep;
            times = deeper ? times : times * HEAVIER;
        }
        return of(target, settings, deep, context, evaluator, random);
    }

    /**
     * Explores.
     *
     * @param random the stream of this exploration
     */
    static Exploration of(
            Target target,
            NestedSettings settings,
            Precision precision,
            RunContext context,
            Evaluator evaluator,
            RandomStream random) {
        List<RunRecord> runs = new ArrayList<>();
        Optional<StepTrial> trial = Optional.empty();
        Optional<Segment> segment = Optional.empty();
        Optional<RefinedDraws> refined = Optional.empty();
        MergedRuns merged;
        Allocation.Want unmet;
        int whole = 0;
        do {
            runs.add(run(target, settings, precision, context, evaluator, random, runs, whole++, segment));
            if (whole == 1) {
                trial = StepTrial.of(runs.get(0), target, settings, context, evaluator, random.split("step trial"));
            }
            merged = MergedRuns.of(runs);
            if (settings.refine() > 0 && whole == 1 && runs.get(0).stopped().isEmpty()) {
                double bias = trial.map(StepTrial::seen).orElse(0.0);
                double error = EvidenceError.bootstrap(
                        merged,
                        settings.replicates(),
                        random.split("pilot error").generator());
                refined = RefinedDraws.of(target, evaluator, context, merged, Math.hypot(error, bias), precision);
            }
            unmet = refined.filter(r -> r.satisfies(precision)).isPresent()
                    ? Allocation.Want.NOTHING
                    : Allocation.unmet(merged, precision, settings.replicates(), random.split("goals"));
            segment = Allocation.next(merged, unmet);
        } while (unmet != Allocation.Want.NOTHING
                && whole < settings.maxRuns()
                && context.budget().exhausted().isEmpty()
                && runs.get(runs.size() - 1).stopped().isEmpty());
        double scatter = EvidenceError.bootstrap(
                merged, settings.replicates(), random.split("error").generator());
        return new Exploration(runs, trial, refined, merged, scatter);
    }

    /** Standard error of ln Z by nested sampling: the scatter, and the bias by too few slices if it can be seen. */
    double error() {
        return Math.hypot(scatter, trial.map(StepTrial::seen).orElse(0.0));
    }

    private boolean satisfies(Precision precision) {
        return refined.filter(r -> r.satisfies(precision)).isPresent();
    }

    /** Effective number of posterior draws. */
    double ess() {
        return refined.filter(RefinedDraws::accepted).map(RefinedDraws::ess).orElseGet(this::nestedEss);
    }

    /**
     * Draws of the posterior as they are reported.
     *
     * @param u positions in the cube, {@code [draws x d]}
     * @param weight their weights, with sum one
     * @param d dimension
     * @param logZ ln Z
     */
    record Draws(double[] u, double[] weight, int d, double logZ) {}

    /** Those of the refinement if it is accepted, else those of nested sampling. */
    Draws draws() {
        int d = merged.points().get(0).u().length;
        return refined.filter(RefinedDraws::accepted)
                .map(r -> r.draws(d))
                .orElseGet(() -> new Draws(
                        LiveRegion.positions(merged.points(), d),
                        merged.weights().posterior(),
                        d,
                        merged.weights().logZ()));
    }

    private double nestedEss() {
        return Weighted.effectiveSampleSize(merged.weights().posterior());
    }

    /** Why the last run ended before its goal, if it did. */
    Optional<String> stopped() {
        return runs.get(runs.size() - 1).stopped();
    }

    private static RunRecord run(
            Target target,
            NestedSettings settings,
            Precision precision,
            RunContext context,
            Evaluator evaluator,
            RandomStream all,
            List<RunRecord> before,
            int number,
            Optional<Segment> segment) {
        RandomStream random = all.split("run").split(number);
        Explorer explorer = Explorers.of(target, evaluator, settings, random, context.parallel());
        RunStatus status = RunStatus.of(target, settings, precision, number, before);
        return new NestedRun(
                        target,
                        settings,
                        precision.dlogz(),
                        explorer,
                        evaluator,
                        context.budget(),
                        random,
                        run -> context.progress().report(status.of(run, evaluator)),
                        segment)
                .run();
    }
}
