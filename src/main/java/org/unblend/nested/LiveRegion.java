package org.unblend.nested;

import java.util.ArrayList;
import java.util.List;
import org.unblend.density.Target;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/**
 * The {@link Region} around the live points of a run: the whole cube at first, fitted again as the volume shrinks. Points
 * that died lately lend it their shape, which changes more slowly than the volume: a hundred live points say where the
 * border is, but not how 20 coordinates are correlated. In a Gaussian of 20 dimensions that saves three evaluations out
 * of four with 100 live points, in shells of 10 a third with 500.
 */
final class LiveRegion {
    /** A longer or a shorter memory is tried with each fit, for several ellipsoids, which take time, with each of so many. */
    private static final int TRIAL = 3;

    private static final double FACTOR = 4;

    private static final double SHORTEST = 0.25;
    private static final double LONGEST = 16;

    /** More dead points than that cost time and tell no more. */
    private static final int DEAD_PER_DIMENSION = 100;

    private final int d;
    private final NestedSettings settings;
    private final RandomStream random;
    private final Parallel parallel;

    private EllipsoidUnion current;
    private Cuts cuts;
    private double fittedAt;
    private long fits;
    private int usual;

    /** Dead points that lend their shape, per live point: as many as make the region smallest. */
    private double memory = 1;

    LiveRegion(Target target, NestedSettings settings, RandomStream random, Parallel parallel) {
        this.d = target.cubeDimension();
        this.cuts = Cuts.none(target.wrapped());
        this.settings = settings;
        this.random = random;
        this.parallel = parallel;
        this.current = EllipsoidUnion.ofUnitCube(d);
    }

    /** In turned coordinates. */
    EllipsoidUnion current() {
        return current;
    }

    /**
     * Fits again if it is time.
     *
     * @param patience factor on the e-folds after which it is time
     * @return true if the region has changed
     */
    boolean update(Front front, double patience) {
        double logVolume = front.logVolume();
        if (logVolume > fittedAt - patience * settings.refit()
                || !enough(front.live().size())) {
            return false;
        }
        RandomStream stream = random.split("fit").split(fits++);
        cuts = Cuts.between(positions(front.live(), d), d, cuts.wrapped());
        current = fit(front, memory, true, stream);
        double other = Math.max(SHORTEST, Math.min(LONGEST, fits % 2 == 0 ? FACTOR * memory : memory / FACTOR));
        if (other != memory) {
            EllipsoidUnion rival = fit(front, other, fits % TRIAL == 0, stream.split("other"));
            if (rival.logVolume() < current.logVolume()) {
                current = rival;
                memory = other;
            }
        }
        fittedAt = logVolume;
        return true;
    }

    private EllipsoidUnion fit(Front front, double back, boolean several, RandomStream stream) {
        List<Point> points = new ArrayList<>(front.live());
        int dead = front.dead().size();
        int wanted = (int) Math.min(back * front.live().size(), (double) DEAD_PER_DIMENSION * d);
        points.addAll(front.dead().subList(Math.max(0, dead - wanted), dead));
        return Region.fit(
                turned(points),
                d,
                front.live().size(),
                front.logVolume(),
                settings.bootstraps(),
                several,
                stream,
                parallel);
    }

    String describe() {
        return fits == 0 ? "unit cube" : current.size() + (current.size() == 1 ? " ellipsoid" : " ellipsoids");
    }

    /** How periodic coordinates are turned. */
    Cuts cuts() {
        return cuts;
    }

    /** Turned positions, {@code [points x d]}. */
    double[] turned(List<Point> points) {
        double[] u = positions(points, d);
        cuts.turn(u, d);
        return u;
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
        usual = Math.max(usual, live);
        return live >= 0.9 * usual && live >= 2 * EllipsoidTree.fewest(d);
    }
}
