package org.unblend.nested;

import java.util.List;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/** Proposes uniform draws of a {@link Region} around the live points: of the whole cube until there is one. */
final class RegionExplorer implements Explorer {
    private final Target target;
    private final Evaluator evaluator;
    private final NestedSettings settings;
    private final RandomStream random;
    private final Parallel parallel;

    private EllipsoidUnion region;
    private double fittedAt;
    private long fits;
    private long batches;

    RegionExplorer(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        this.target = target;
        this.evaluator = evaluator;
        this.settings = settings;
        this.random = random;
        this.parallel = parallel;
    }

    @Override
    public Candidates next(List<Point> live, double threshold, double logVolume) {
        if (logVolume <= fittedAt - settings.refit() && enough(live.size())) {
            region = fit(live, logVolume);
            fittedAt = logVolume;
        }
        int rows = settings.batch();
        int d = target.cubeDimension();
        double[] u = new double[rows * d];
        var source = random.split("propose").split(batches++).generator();
        if (region == null) {
            for (int i = 0; i < u.length; i++) {
                u[i] = source.nextOpen();
            }
        } else {
            region.draw(source, u, rows, d);
        }
        return Candidates.evaluate(u, rows, target, evaluator);
    }

    @Override
    public String describe() {
        return region == null ? "unit cube" : region.size() + (region.size() == 1 ? " ellipsoid" : " ellipsoids");
    }

    /** A plateau can leave few points: an older region covers what is above a newer threshold, a poor new one may not. */
    private boolean enough(int live) {
        return live >= 0.9 * settings.live(target.cubeDimension())
                && live >= 2 * EllipsoidTree.fewest(target.cubeDimension());
    }

    private EllipsoidUnion fit(List<Point> live, double logVolume) {
        int d = target.cubeDimension();
        double[] u = new double[live.size() * d];
        for (int i = 0; i < live.size(); i++) {
            System.arraycopy(live.get(i).u(), 0, u, i * d, d);
        }
        RandomStream stream = random.split("fit").split(fits++);
        return Region.fit(u, d, logVolume, settings.bootstraps(), stream, parallel);
    }
}
