package org.unblend.nested;

import java.util.List;
import java.util.Optional;
import org.unblend.density.Target;
import org.unblend.infer.Budget;
import org.unblend.infer.Evaluator;
import org.unblend.infer.RunContext;
import org.unblend.math.RandomStream;

/**
 * What the slices of a run are worth: part of its way is gone again with twice as many slices per point, from the same
 * contour, and the ln volumes that the two find between the same contours are compared. If the bias falls as 1/slices, the
 * way with twice as many still has as much of it as the difference, so ln Z is off by twice the difference times the
 * number of such parts in the way of the slices.
 *
 * <p>That is a coarse measure: n live points tell ln X after one e-fold to 1/sqrt(n) however well they move. It finds slices
 * that are worth nothing; what it cannot see is told.
 *
 * @param folds e-folds of volume compared
 * @param change ln of the ratio of the volumes that are left after the part, doubled slices over single ones
 * @param noise standard deviation of {@code change} by the shrinkage's own randomness
 * @param all e-folds that the run went by slices
 * @param evaluations what it cost
 */
record StepTrial(double folds, double change, double noise, double all, long evaluations) {
    /** Standard deviations from zero at which a change counts: one good run in twenty gets a larger error than due. */
    private static final double SEEN = 2;

    /** Shorter parts tell nothing. */
    private static final double FEWEST_FOLDS = 0.25;

    /** Part of the run's evaluations that the trial may take. */
    private static final double COST = 0.05;

    /** Inserted points that slices must have found for a trial to make sense. */
    private static final int FEWEST_CHAINS = 50;

    /** What would have to be added to ln Z, if the change were exact. */
    double bias() {
        return 2 * change * all / folds;
    }

    /** Its standard deviation: biases below twice that cannot be seen. */
    double biasNoise() {
        return 2 * noise * all / folds;
    }

    /** What enters the error of ln Z. */
    double seen() {
        return Math.abs(change) > SEEN * noise ? Math.abs(bias()) : 0;
    }

    /**
     * Tries, unless the run needed hardly any slices.
     *
     * @param main a run from the whole prior
     */
    static Optional<StepTrial> of(
            RunRecord main,
            Target target,
            NestedSettings settings,
            RunContext context,
            Evaluator evaluator,
            RandomStream random) {
        int chains = main.jumps().length;
        int inserted = main.ranks().length;
        if (chains < FEWEST_CHAINS || main.stopped().isPresent()) {
            return Optional.empty();
        }
        MergedRuns alone = MergedRuns.of(List.of(main));
        int dead = main.points().size() - main.remaining();
        double[] logVolume = alone.weights().logVolume();
        double all = -logVolume[dead - 1] * chains / inserted;
        // Slices come late in a run: the middle of their part.
        int from = dead - 1;
        while (from > 0 && logVolume[from] < logVolume[dead - 1] + all / 2) {
            from--;
        }
        Segment segment = Segment.of(alone, from, Double.POSITIVE_INFINITY);
        if (segment.front().live().size() < 2 || segment.front().dead().size() >= dead) {
            return Optional.empty();
        }
        long before = evaluator.evaluations();
        long most = before + (long) (COST * before);
        Budget budget = () -> context.budget()
                .exhausted()
                .or(() -> evaluator.evaluations() >= most ? Optional.of("end of the trial") : Optional.empty());
        NestedSettings doubled = settings.withSteps(2 * settings.steps());
        RunRecord run = new NestedRun(
                        target,
                        doubled,
                        1e-3,
                        Explorers.ofChains(target, evaluator, doubled, random, context.parallel()),
                        evaluator,
                        budget,
                        random,
                        r -> {},
                        Optional.of(segment.goneAgain()))
                .run();
        int died = run.points().size() - run.remaining();
        if (died == 0) {
            return Optional.empty();
        }
        double start = segment.front().logVolume();
        double end = run.points().get(died - 1).logL();
        int last = segment.front().dead().size();
        while (last < dead && main.points().get(last).logL() <= end) {
            last++;
        }
        double single = start - logVolume[last - 1];
        double twice = -MergedRuns.of(List.of(run)).weights().logVolume()[died - 1];
        double folds = (single + twice) / 2;
        double noise = Math.sqrt((single + twice) / settings.live(target.cubeDimension()));
        return folds < FEWEST_FOLDS
                ? Optional.empty()
                : Optional.of(new StepTrial(folds, single - twice, noise, all, evaluator.evaluations() - before));
    }
}
