package org.unblend.nested;

import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/** Proposes uniform draws of the {@link LiveRegion}: cheap in few dimensions, and independent of one another. */
final class RegionExplorer implements Explorer {
    private final Target target;
    private final Evaluator evaluator;
    private final int rows;
    private final RandomStream random;
    private final LiveRegion region;
    private long batches;
    private long refused;

    RegionExplorer(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        this(target, evaluator, settings, random, new LiveRegion(target, settings, random, parallel));
    }

    RegionExplorer(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, LiveRegion region) {
        this.target = target;
        this.evaluator = evaluator;
        this.rows = settings.batch(target.cubeDimension());
        this.random = random;
        this.region = region;
    }

    @Override
    public Candidates next(Front front) {
        region.update(front, LiveRegion.Use.DRAWS);
        int d = target.cubeDimension();
        double[] u = new double[rows * d];
        refused += region.draw(random.split("propose").split(batches++).generator(), u, rows);
        region.cuts().turnBack(u, d);
        return Candidates.evaluate(u, rows, target, evaluator);
    }

    /** Draws so far that were outside of the cube or of the guard and cost no evaluation. */
    long refused() {
        return refused;
    }

    @Override
    public String describe() {
        return region.describe();
    }
}
