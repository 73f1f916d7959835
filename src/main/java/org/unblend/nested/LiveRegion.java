package org.unblend.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unblend.density.Target;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * The {@link Region} around the live points of a run: the whole cube at first, fitted again as the volume shrinks. Points
 * that died lately lend it their shape, which changes more slowly than the volume: a hundred live points say where the
 * border is, but not how 20 coordinates are correlated. In a Gaussian of 20 dimensions that saves three evaluations out
 * of four with 100 live points, in shells of 10 a third with 500.
 */
final class LiveRegion {
    /**
     * New cuts into several ellipsoids are sought after so many fits at least and at most; between, the ellipsoids that there
     * are follow their points. The pause doubles each time that nothing was gained.
     */
    private static final int SHORTEST_PAUSE = 4;

    private static final int LONGEST_PAUSE = 16;

    /** New cuts that save less than this factor are none. */
    private static final double GAIN = Math.log(0.8);

    private static final int MANY = 500;

    /** A longer or a shorter memory is tried with each fit, with cuts of its own, which take time, with each of so many. */
    private static final int TRIAL = 3;

    private static final double FACTOR = 4;

    private static final double SHORTEST = 0.25;
    private static final double LONGEST = 16;

    /** More dead points than that cost time and tell no more. */
    private static final int DEAD_PER_DIMENSION = 100;

    /** In more dimensions balls around few points hold much more than what is above the threshold. */
    private static final int FEW_DIMENSIONS = 6;

    /** Balls that let a larger part of the draws pass are not worth their time. */
    private static final double WORTHWHILE = 0.9;

    private static final int TRIAL_DRAWS = 200;

    /** What proposals are made of: direct draws need a tight region, for slices width costs little. */
    enum Use {
        DRAWS(1, 1, Math.log(1.4)),
        /** Four times the volume cost two more refusals per slice, even if all of the width lies along one axis. */
        SLICES(2, 2, Math.log(4));

        /** Factor on the e-folds after which it is time to fit again. */
        private final double patience;

        /** Factor on the fits after which new cuts are sought. */
        private final int pause;

        /** ln of the factor on the excess of volume beyond which they are sought at once. */
        private final double worse;

        Use(double patience, int pause, double worse) {
            this.patience = patience;
            this.pause = pause;
            this.worse = worse;
        }
    }

    private final int d;
    private final NestedSettings settings;
    private final RandomStream random;
    private final Parallel parallel;

    /** Whether ellipsoids follow their points between new cuts. */
    private final boolean following;

    private EllipsoidUnion current;
    private Optional<Region.Fit> fitted = Optional.empty();
    private Optional<Friends> friends = Optional.empty();
    private Cuts cuts;

    /** ln of the region over the volume above the threshold when cuts were sought last, and the fits since. */
    private double excess;

    private int since;
    private int pause = SHORTEST_PAUSE;
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
        this.following = settings.live(d) >= MANY;
        this.current = EllipsoidUnion.ofUnitCube(d);
    }

    /** In turned coordinates. */
    EllipsoidUnion current() {
        return current;
    }

    /**
     * Fits again if it is time.
     *
     * @param use what proposals are made of at present
     * @return true if the region has changed
     */
    boolean update(Front front, Use use) {
        double logVolume = front.logVolume();
        if (logVolume > fittedAt - use.patience * settings.refit()
                || !enough(front.live().size())) {
            return false;
        }
        RandomStream stream = random.split("fit").split(fits++);
        Optional<Region.Fit> same =
                fitted.filter(f -> following).flatMap(f -> again(f, front, memory, stream.split("again")));
        boolean kept = same.isPresent()
                && ++since < use.pause * pause
                && same.get().logVolume() - logVolume < excess + use.worse;
        Region.Fit fit = kept ? same.get() : recut(front, same, stream);
        double other = Math.max(SHORTEST, Math.min(LONGEST, fits % 2 == 0 ? FACTOR * memory : memory / FACTOR));
        if (other != memory) {
            RandomStream apart = stream.split("other");
            Optional<Region.Fit> rival = following
                    ? again(fit, front, other, apart)
                    : Optional.of(fit(front, other, fits % TRIAL == 0, apart));
            if (rival.isPresent() && rival.get().logVolume() < fit.logVolume()) {
                fit = rival.get();
                memory = other;
            }
        }
        if (!kept) {
            since = 0;
            excess = fit.logVolume() - logVolume;
        }
        fitted = Optional.of(fit);
        current = fit.union();
        friends = d <= FEW_DIMENSIONS ? guard(front, stream.split("friends")) : Optional.empty();
        fittedAt = logVolume;
        return true;
    }

    /**
     * Draws uniform points of the region, and of its guard if there is one; {@code u [rows x d]} is modified.
     *
     * @return how many draws were outside of the cube or of the guard
     */
    long draw(RandomSource source, double[] u, int rows) {
        if (friends.isPresent()) {
            Friends near = friends.get();
            return current.draw(source, u, rows, d, near::contains);
        }
        return current.draw(source, u, rows, d);
    }

    /** Balls around the live points, where they keep enough draws from being evaluated in vain. */
    private Optional<Friends> guard(Front front, RandomStream stream) {
        double[] draws = new double[TRIAL_DRAWS * d];
        current.draw(stream.split("trial").generator(), draws, TRIAL_DRAWS, d);
        return Friends.of(
                        turned(front.live()),
                        d,
                        settings.bootstraps(),
                        stream.split("fit").generator())
                .filter(f -> {
                    int passing = 0;
                    for (int i = 0; i < TRIAL_DRAWS; i++) {
                        passing += f.contains(draws, i * d) ? 1 : 0;
                    }
                    return passing < WORTHWHILE * TRIAL_DRAWS && passing > 0;
                });
    }

    /** Seeks new cuts, of periodic coordinates too; {@code same} if that gains nothing. */
    private Region.Fit recut(Front front, Optional<Region.Fit> same, RandomStream stream) {
        Cuts before = cuts;
        cuts = Cuts.between(positions(front.live(), d), d, cuts.wrapped());
        Region.Fit fit = fit(front, memory, true, stream);
        boolean gained = same.isEmpty() || fit.logVolume() < same.get().logVolume() + GAIN;
        pause = gained ? SHORTEST_PAUSE : Math.min(LONGEST_PAUSE, 2 * pause);
        if (!gained) {
            cuts = before;
        }
        return gained ? fit : same.get();
    }

    /** The points that a region is fitted to. */
    private List<Point> points(Front front, double back) {
        List<Point> points = new ArrayList<>(front.live());
        int dead = front.dead().size();
        int wanted = (int) Math.min(back * front.live().size(), (double) DEAD_PER_DIMENSION * d);
        points.addAll(front.dead().subList(Math.max(0, dead - wanted), dead));
        return points;
    }

    private Region.Fit fit(Front front, double back, boolean several, RandomStream stream) {
        return Region.fit(
                turned(points(front, back)),
                d,
                front.live().size(),
                front.logVolume(),
                settings.bootstraps(),
                several,
                stream,
                parallel);
    }

    private Optional<Region.Fit> again(Region.Fit before, Front front, double back, RandomStream stream) {
        return Region.again(
                before,
                turned(points(front, back)),
                d,
                front.live().size(),
                front.logVolume(),
                settings.bootstraps(),
                stream,
                parallel);
    }

    String describe() {
        return fits == 0
                ? "unit cube"
                : current.size()
                        + (current.size() == 1 ? " ellipsoid" : " ellipsoids")
                        + (friends.isPresent() ? " near live points" : "");
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
