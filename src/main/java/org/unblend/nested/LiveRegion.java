package org.unblend.nested;

import java.util.List;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/** The {@link Region} around the live points of a run: the whole cube at first, fitted again as the volume shrinks. */
final class LiveRegion {
    private final int d;
    private final NestedSettings settings;
    private final RandomStream random;
    private final Parallel parallel;

    private EllipsoidUnion current;
    private double fittedAt;
    private long fits;

    LiveRegion(int d, NestedSettings settings, RandomStream random, Parallel parallel) {
        this.d = d;
        this.settings = settings;
        this.random = random;
        this.parallel = parallel;
        this.current = EllipsoidUnion.ofUnitCube(d);
    }

    EllipsoidUnion current() {
        return current;
    }

    /**
     * Fits again if it is time.
     *
     * @param live points drawn from the prior above a threshold
     * @param logVolume expected ln of the prior volume above it
     * @return true if the region has changed
     */
    boolean update(List<Point> live, double logVolume) {
        if (logVolume > fittedAt - settings.refit() || !enough(live.size())) {
            return false;
        }
        RandomStream stream = random.split("fit").split(fits++);
        current = Region.fit(positions(live, d), d, logVolume, settings.bootstraps(), stream, parallel);
        fittedAt = logVolume;
        return true;
    }

    String describe() {
        return fits == 0 ? "unit cube" : current.size() + (current.size() == 1 ? " ellipsoid" : " ellipsoids");
    }

    /** Positions in the cube, {@code [points x d]}. */
    static double[] positions(List<Point> points, int d) {
        double[] u = new double[points.size() * d];
        for (int i = 0; i < points.size(); i++) {
            System.arraycopy(points.get(i).u(), 0, u, i * d, d);
        }
        return u;
    }

    /** A plateau can leave few points: an older region covers what is above a newer threshold, a poor new one may not. */
    private boolean enough(int live) {
        return live >= 0.9 * settings.live(d) && live >= 2 * EllipsoidTree.fewest(d);
    }
}
