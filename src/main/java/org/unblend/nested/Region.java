package org.unblend.nested;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Fits the region that proposals are drawn from to the live points. It must cover all of the volume above the threshold,
 * not only the points that are known, or the evidence is too high. Two enlargements see to that. Each ellipsoid is fitted
 * again to bootstrap samples of its points and grows by the factor that it would have needed to contain the farthest
 * left-out point of any repetition (as MLFriends does for balls: Buchner 2016, Statistics and Computing 26, 383). Then the
 * whole procedure, splitting included, is repeated with a third of the points left out in turn, and all ellipsoids grow
 * by the factor that the worst left-out point would have needed. A covering by several ellipsoids is used only if it is
 * smaller than one ellipsoid after all that.
 */
final class Region {
    private static final int FOLDS = 3;
    private static final int REPEATS = 4;
    /** One ellipsoid of less than so many times the volume in question is not replaced by several: that takes time. */
    private static final double TIGHT = Math.log(4);

    private static final int FIFTHS = 5;

    /** Below this number of points per dimension a fifth is left out instead of a bootstrap's third. */
    private static final int FEW_PER_DIMENSION = 40;

    /**
     * Factor on every volume beyond that. What left-out points cannot show is a tail that holds less than one of them;
     * in a funnel, whose neck grows more likely as it thins, it is lost bit by bit: without this factor ln Z of the
     * 5-d funnel came out 0.2 too low.
     */
    private static final double MARGIN = 1.5;

    /** Ellipsoids of few points may fail validation where larger ones pass: tried with up to this many times as many. */
    private static final int COARSEST = 4;

    private final double[] u;
    private final int d;
    private final int live;
    private final int n;
    private final double logVolume;
    private final int bootstraps;
    private final RandomStream random;
    private final Parallel parallel;

    private Region(
            double[] u, int d, int live, double logVolume, int bootstraps, RandomStream random, Parallel parallel) {
        this.u = u;
        this.d = d;
        this.live = live;
        this.n = u.length / d;
        this.logVolume = logVolume;
        this.bootstraps = bootstraps;
        this.random = random;
        this.parallel = parallel;
    }

    /**
     * @param u points, {@code [points x d]}; at least {@code 2 EllipsoidTree.fewest(d)}
     * @param live the first points, so many of them, are drawn uniformly from the volume in question; those after them,
     *     from larger volumes around it, help with the shapes
     * @param logVolume expected ln of that volume
     * @param bootstraps repetitions
     * @param several whether more than one ellipsoid is tried
     */
    static Fit fit(
            double[] u,
            int d,
            int live,
            double logVolume,
            int bootstraps,
            boolean several,
            RandomStream random,
            Parallel parallel) {
        Region region = new Region(u, d, live, logVolume, bootstraps, random, parallel);
        int[] all = region.all();
        Ellipsoid whole = Ellipsoid.around(u, all, 0, region.n, d, live, logVolume);
        EllipsoidUnion one = region.enlarged(List.of(new EllipsoidTree.Leaf(all, whole)), "one");
        Fit best = new Fit(one, List.of(whole));
        boolean worthwhile = several && one.logVolume() > logVolume + TIGHT;
        List<Covering> coverings = new ArrayList<>();
        for (int coarse = 1; worthwhile && coarse <= COARSEST; coarse *= 2) {
            region.several(all.clone(), coarse * EllipsoidTree.fewest(d), one).ifPresent(coverings::add);
        }
        coverings.sort(Comparator.comparingDouble(c -> c.enlarged().logVolume()));
        for (Covering c : coverings) {
            if (c.enlarged().logVolume() < best.logVolume()) {
                Fit rival = best;
                best = region.validated(c, all, region.treeOf(c.fewest()), "folds " + c.fewest(), rival.logVolume())
                        .filter(many -> many.logVolume() < rival.logVolume())
                        .orElse(rival);
            }
        }
        return best;
    }

    /**
     * Fits the ellipsoids of an earlier region again, each to the points that are nearest to it: cuts change more slowly
     * than the volume, and finding them is what takes time.
     *
     * @param before fitted to the points of a somewhat larger volume
     * @return empty if an ellipsoid is left with too few points
     */
    static Optional<Fit> again(
            Fit before,
            double[] u,
            int d,
            int live,
            double logVolume,
            int bootstraps,
            RandomStream random,
            Parallel parallel) {
        Region region = new Region(u, d, live, logVolume, bootstraps, random, parallel);
        int[] all = region.all();
        Cover same = member -> EllipsoidTree.again(before.bare(), u, member, d, logVolume, live);
        List<EllipsoidTree.Leaf> leaves = same.of(all);
        if (leaves.isEmpty()) {
            return Optional.empty();
        }
        Covering c = new Covering(0, union(leaves), region.enlarged(leaves, "again"));
        return leaves.size() == 1
                ? Optional.of(new Fit(c.enlarged(), c.bare().parts()))
                : region.validated(c, all, same, "folds", Double.POSITIVE_INFINITY);
    }

    /**
     * A region.
     *
     * @param union what to draw from
     * @param bare its ellipsoids before they were enlarged
     */
    record Fit(EllipsoidUnion union, List<Ellipsoid> bare) {
        double logVolume() {
            return union.logVolume();
        }
    }

    /** A way to cover points by ellipsoids; empty where there are too few of them. */
    @FunctionalInterface
    private interface Cover {
        List<EllipsoidTree.Leaf> of(int[] member);
    }

    private Cover treeOf(int fewest) {
        return member -> EllipsoidTree.cover(u, member, d, logVolume, fewest, live);
    }

    private int[] all() {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /**
     * Several ellipsoids, enlarged each on its own.
     *
     * @param fewest fewest points of any of them
     * @param bare before they were enlarged
     */
    private record Covering(int fewest, EllipsoidUnion bare, EllipsoidUnion enlarged) {}

    /** The covering by ellipsoids of at least {@code fewest} points if it is smaller than {@code rival}. */
    private Optional<Covering> several(int[] all, int fewest, EllipsoidUnion rival) {
        List<EllipsoidTree.Leaf> leaves = treeOf(fewest).of(all);
        EllipsoidUnion bare = union(leaves);
        if (leaves.size() == 1 || bare.logVolume() >= rival.logVolume()) {
            return Optional.empty();
        }
        return Optional.of(new Covering(fewest, bare, enlarged(leaves, "leaves " + fewest)));
    }

    /**
     * The covering, enlarged once more if what is left out needs it; none if without a fold there is no covering.
     *
     * @param rival ln volume at which it is no longer of interest
     */
    private Optional<Fit> validated(Covering c, int[] all, Cover cover, String name, double rival) {
        // The mean growth of an axis so far, margin apart, counts towards what the left-out points need.
        double grown =
                Math.exp((c.enlarged().logVolume() - Math.log(MARGIN) - c.bare().logVolume()) / d);
        double enough = grown * Math.exp((rival - c.enlarged().logVolume()) / d);
        double more = Math.max(1, crossValidated(all, cover, name, enough) / grown);
        return Double.isFinite(more)
                ? Optional.of(new Fit(c.enlarged().scaled(more), c.bare().parts()))
                : Optional.empty();
    }

    private static EllipsoidUnion union(List<EllipsoidTree.Leaf> leaves) {
        return new EllipsoidUnion(
                leaves.stream().map(EllipsoidTree.Leaf::ellipsoid).toList());
    }

    private EllipsoidUnion enlarged(List<EllipsoidTree.Leaf> leaves, String name) {
        RandomStream stream = random.split(name);
        Ellipsoid[] result = new Ellipsoid[leaves.size()];
        parallel.forRanges(result.length, 1, (from, to) -> {
            EllipsoidTree.Leaf leaf = leaves.get(from);
            double growth = leftOut(leaf.member(), stream.split(from).generator());
            result[from] = leaf.ellipsoid().scaled(Math.pow(MARGIN, 1.0 / d) * growth);
        });
        return new EllipsoidUnion(List.of(result));
    }

    /**
     * The factor, at least 1, by which ellipsoids of bootstrap samples must grow to contain what was left out. Where there
     * are few points per dimension, ellipsoids of the two thirds that a bootstrap sample holds are much worse than that of
     * all: then a fifth is left out at a time.
     */
    private double leftOut(int[] member, RandomSource source) {
        int count = member.length;
        double least = logVolume + Math.log((double) EllipsoidTree.alive(member, 0, count, live) / live);
        double farthest = 1;
        if (count < FEW_PER_DIMENSION * d) {
            int[] order = shuffled(member, source);
            for (int f = 0; f < FIFTHS; f++) {
                int left = f * count / FIFTHS;
                int right = (f + 1) * count / FIFTHS;
                int[] split = Arrays.copyOf(order, count);
                System.arraycopy(order, right, split, left, count - right);
                System.arraycopy(order, left, split, count - (right - left), right - left);
                farthest = Math.max(farthest, farthestLeftOut(split, count - (right - left), least));
            }
            return Math.sqrt(farthest);
        }
        for (int b = 0; b < bootstraps; b++) {
            boolean[] drawn = new boolean[count];
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int k = source.nextInt(count);
                kept += drawn[k] ? 0 : 1;
                drawn[k] = true;
            }
            farthest = Math.max(farthest, farthestLeftOut(partition(member, drawn), kept, least));
        }
        return Math.sqrt(farthest);
    }

    /** The largest squared distance of a live point from the ellipsoid around the first {@code kept} points. */
    private double farthestLeftOut(int[] split, int kept, double least) {
        Ellipsoid fit = Ellipsoid.around(u, split, 0, kept, d, live, least);
        double farthest = 0;
        for (int i = kept; i < split.length; i++) {
            farthest = split[i] < live ? Math.max(farthest, fit.distance2(u, split[i] * d)) : farthest;
        }
        return farthest;
    }

    /**
     * The same for the whole procedure with a fold of all points left out in turn, several times; may be below 1.
     *
     * @param enough no more repetitions once it is as large as this
     */
    private double crossValidated(int[] all, Cover cover, String name, double enough) {
        double farthest = 0;
        for (int r = 0; r < REPEATS && farthest < enough * enough; r++) {
            int[] order = shuffled(all, random.split(name).split(r).generator());
            double[] each = new double[FOLDS];
            parallel.forRanges(FOLDS, 1, (f, to) -> each[f] = farthestOfFold(order, f, cover));
            farthest = Math.max(farthest, Arrays.stream(each).max().orElseThrow());
        }
        return Math.sqrt(farthest);
    }

    private double farthestOfFold(int[] order, int fold, Cover cover) {
        int left = fold * n / FOLDS;
        int right = (fold + 1) * n / FOLDS;
        int[] kept = Arrays.copyOf(order, n - (right - left));
        System.arraycopy(order, right, kept, left, n - right);
        List<EllipsoidTree.Leaf> leaves = cover.of(kept);
        if (leaves.isEmpty()) {
            // Without a covering nothing is known, and nothing can be trusted.
            return Double.POSITIVE_INFINITY;
        }
        EllipsoidUnion covered = union(leaves);
        double farthest = 0;
        for (int i = left; i < right; i++) {
            farthest = order[i] < live ? Math.max(farthest, covered.distance2(u, order[i] * d)) : farthest;
        }
        return farthest;
    }

    private static int[] shuffled(int[] member, RandomSource source) {
        int[] order = member.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = source.nextInt(i + 1);
            int k = order[i];
            order[i] = order[j];
            order[j] = k;
        }
        return order;
    }

    /** The chosen entries first, then the others. */
    private static int[] partition(int[] member, boolean[] chosen) {
        int[] split = new int[member.length];
        int head = 0;
        int tail = member.length;
        for (int i = 0; i < member.length; i++) {
            split[chosen[i] ? head++ : --tail] = member[i];
        }
        return split;
    }
}
