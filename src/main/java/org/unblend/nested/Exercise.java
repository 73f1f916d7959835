package org.unblend.nested;

import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.infer.RunContext;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/** One plain run whose points are all found in the same way: for measurements of what that way costs. */
public enum Exercise {
    /** Direct draws from ellipsoids. */
    DRAWS {
        @Override
        Explorer explorer(Target target, Evaluator evaluator, NestedSettings settings, RandomStream random) {
            return new RegionExplorer(target, evaluator, settings, random, Parallel.SERIAL);
        }
    },
    /** Slices in ellipsoids. */
    SLICES {
        @Override
        Explorer explorer(Target target, Evaluator evaluator, NestedSettings settings, RandomStream random) {
            return new SliceExplorer(target, evaluator, settings, random, Parallel.SERIAL);
        }
    };

    /** ln Z that may be left in the live points. */
    private static final double LEFT = 0.5;

    abstract Explorer explorer(Target target, Evaluator evaluator, NestedSettings settings, RandomStream random);

    /**
     * Runs in the calling thread until at most 0.5 of ln Z is left in the live points.
     *
     * @param context its random stream, budget and journal are used
     * @return evaluations of the likelihood
     * @throws IllegalStateException as {@link NestedSampler#run}
     */
    public long run(Target target, NestedSettings settings, RunContext context) {
        Evaluator evaluator = new Evaluator(target, context);
        RandomStream random = context.random();
        new NestedRun(
                        target,
                        settings,
                        LEFT,
                        explorer(target, evaluator, settings, random.split("explorer")),
                        evaluator,
                        context.budget(),
                        random.split("run"),
                        r -> {})
                .run();
        return evaluator.evaluations();
    }
}
