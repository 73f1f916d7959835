package org.unblend.nested;

import java.util.List;
import java.util.Map;
import org.unblend.infer.Knob;

/**
 * How nested sampling is done. What is to be reached is said by {@link org.unblend.infer.Precision}.
 *
 * @param live live points; 0 for the larger of 500 and 50 per dimension, after lighter explorations
 *     whose refinement may do
 * @param batch proposals per likelihood batch; 0 for an eighth of the live points, from 8 to 128
 * @param refit the region is fitted again whenever the prior volume has shrunk by this many e-folds
 * @param bootstraps repetitions by which the region is enlarged
 * @param steps slices per dimension by which a point found by slice sampling is moved; 0 to use direct draws alone
 * @param maxRuns most runs that are merged to reach the effective sample size
 * @param replicates bootstrap replicates of the error of ln Z
 * @param refine 1 to refine evidence and posterior by importance sampling from a frozen proposal where that can be trusted
 * @param explorer how new points are found
 */
public record NestedSettings(
        int live,
        int batch,
        double refit,
        int bootstraps,
        int steps,
        int maxRuns,
        int replicates,
        int refine,
        Way explorer) {
    private static final int LEAST_LIVE = 500;
    private static final int LIVE_PER_DIMENSION = 50;
    private static final int LIGHT_LIVE = 100;
    private static final int LIGHT_LIVE_PER_DIMENSION = 8;

    /** Over the square of the dimension: where points are cheap, no mode of many should be lost. */
    private static final int LIGHT_LIVE_OF_A_LINE = 6000;

    private static final Knob LIVE =
            new Knob("live", 0, 0, 1_000_000, true, "live points; 0 for the larger of 500 and 50 per dimension");
    private static final Knob BATCH = new Knob(
            "batch", 0, 0, 1_000_000, true, "proposals per likelihood batch; 0 for an eighth of the live points");
    private static final Knob REFIT =
            new Knob("refit", 0.5, 0.01, 10, false, "e-folds of prior volume after which the region is fitted again");
    private static final Knob BOOTSTRAPS = new Knob(
            "bootstraps", 20, 5, 1000, true, "bootstrap repetitions that decide how far the region is enlarged");
    private static final Knob STEPS = new Knob(
            "steps", 3, 0, 1000, true, "slices per dimension and point; 0 for direct draws from the region alone");
    private static final Knob MAX_RUNS =
            new Knob("max_runs", 10, 1, 1000, true, "most runs that are merged to reach the effective sample size");

    /** 200 replicates give the error of ln Z to 5 %: its relative scatter is {@code 1/sqrt(2 (replicates - 1))}. */
    private static final Knob REPLICATES =
            new Knob("replicates", 200, 50, 100_000, true, "bootstrap replicates for the error of the evidence");

    private static final Knob REFINE = new Knob(
            "refine", 1, 0, 1, true, "1 to refine evidence and draws by importance sampling where it can be trusted");

    private static final Knob EXPLORER = Knob.ofWords("explorer", Way.words(), "how new points are found");

    /** What a run file may set. */
    public static final List<Knob> KNOBS =
            List.of(LIVE, BATCH, REFIT, BOOTSTRAPS, STEPS, MAX_RUNS, REPLICATES, REFINE, EXPLORER);

    /** All knobs at their standard values. */
    public static final NestedSettings STANDARD = from(Map.of());

    public NestedSettings {
        if (live != 0 && live < 10) {
            throw new IllegalArgumentException("live must be 0 (automatic) or at least 10, got " + live);
        }
        check(BATCH, batch);
        check(REFIT, refit);
        check(BOOTSTRAPS, bootstraps);
        check(STEPS, steps);
        check(MAX_RUNS, maxRuns);
        check(REPLICATES, replicates);
        check(REFINE, refine);
        if (steps == 0 && explorer.chains()) {
            throw new IllegalArgumentException("explorer " + explorer.word() + " needs steps of at least 1");
        }
    }

    /** Settings from the knobs that are set; the others keep their standard values. */
    public static NestedSettings from(Map<String, Double> knobs) {
        return new NestedSettings(
                LIVE.wholeOf(knobs),
                BATCH.wholeOf(knobs),
                REFIT.of(knobs),
                BOOTSTRAPS.wholeOf(knobs),
                STEPS.wholeOf(knobs),
                MAX_RUNS.wholeOf(knobs),
                REPLICATES.wholeOf(knobs),
                REFINE.wholeOf(knobs),
                Way.values()[EXPLORER.wholeOf(knobs)]);
    }

    /** Number of live points for a problem of this dimension. */
    public int live(int dimension) {
        return live == 0 ? Math.max(LEAST_LIVE, LIVE_PER_DIMENSION * dimension) : live;
    }

    /**
     * Number of proposals per batch for a problem of this dimension. While a batch is worked off, the threshold rises:
     * with as many proposals as live points a third of the slices is found stale.
     */
    public int batch(int dimension) {
        return batch == 0 ? Math.max(8, Math.min(128, live(dimension) / 8)) : batch;
    }

    /** The same with this number of live points. */
    public NestedSettings withLive(int points) {
        return new NestedSettings(points, batch, refit, bootstraps, steps, maxRuns, replicates, refine, explorer);
    }

    /** The same with at most this number of merged runs. */
    public NestedSettings withMaxRuns(int runs) {
        return new NestedSettings(live, batch, refit, bootstraps, steps, runs, replicates, refine, explorer);
    }

    /**
     * Settings of an exploration from which a refinement starts: few live points, more where they are cheap, one slice per
     * dimension, one run.
     *
     * @param times factor on the number of live points
     */
    NestedSettings light(int dimension, int times) {
        int few = Math.max(LIGHT_LIVE, LIGHT_LIVE_PER_DIMENSION * dimension);
        int points = Math.max(few, LIGHT_LIVE_OF_A_LINE / (Math.max(2, dimension) * Math.max(2, dimension)));
        return withLive(times * points).withSteps(Math.min(1, steps)).withMaxRuns(1);
    }

    /** The same with nested sampling alone. */
    public NestedSettings withoutRefinement() {
        return new NestedSettings(live, batch, refit, bootstraps, steps, maxRuns, replicates, 0, explorer);
    }

    /** The same with points found in this way. */
    public NestedSettings withExplorer(Way way) {
        return new NestedSettings(live, batch, refit, bootstraps, steps, maxRuns, replicates, refine, way);
    }

    /** The same with this number of slices per dimension. */
    public NestedSettings withSteps(int slices) {
        return new NestedSettings(live, batch, refit, bootstraps, slices, maxRuns, replicates, refine, explorer);
    }

    private static void check(Knob knob, double value) {
        if (!(value >= knob.low() && value <= knob.high())) {
            throw new IllegalArgumentException(
                    knob.name() + " must be from " + knob.low() + " to " + knob.high() + ", got " + value);
        }
    }
}
