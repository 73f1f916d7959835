package org.unblend.nested;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.math.LogSum;

/**
 * Covers points by ellipsoids: splits them in two, the halves again, and keeps those splits that make the total volume
 * smaller (after Feroz, Hobson and Bridges 2009, MNRAS 398, 1601, section 5.2). Whether a split pays is judged after
 * the halves have themselves been split as well as possible, so that a shell, which gains nothing from one cut, is cut
 * into as many pieces as it needs. Ellipsoids grow with their uncertainty ({@link Ellipsoid#around}), which keeps
 * splits that only follow the noise from paying.
 */
final class EllipsoidTree {
    /** Exchanges of points between two halves after the first division. */
    private static final int ROUNDS = 4;

    /** Splits whose halves together exceed their parent by this factor are not pursued. */
    private static final double HOPELESS = Math.log(4);

    /** An ellipsoid this near to the volume of its points is not cut. */
    private static final double TIGHT = Math.log(1.2);

    /** A split must save this factor of volume: it costs overlaps, and the choice among several splits is partly luck. */
    private static final double GAIN = Math.log(0.9);

    private final double[] u;
    private final int d;
    private final double logVolumePerPoint;
    private final int fewest;
    private final int live;

    private EllipsoidTree(double[] u, int d, double logVolumePerPoint, int fewest, int live) {
        this.u = u;
        this.d = d;
        this.logVolumePerPoint = logVolumePerPoint;
        this.fewest = fewest;
        this.live = live;
    }

    /** Fewest points that one ellipsoid is fitted to. */
    static int fewest(int d) {
        return 2 * d + 2;
    }

    /**
     * One ellipsoid and the points that it was fitted to.
     *
     * @param member indices of the points
     * @param ellipsoid contains them all
     */
    record Leaf(int[] member, Ellipsoid ellipsoid) {}

    /**
     * The covering of some of the points.
     *
     * @param u points of the unit cube, {@code [points x d]}
     * @param member indices of those to be covered, at least {@link #fewest}; reordered
     * @param logVolume ln of the volume that they are known to fill: no ellipsoid is made smaller than its share of it
     * @param fewest fewest points per ellipsoid
     * @param live points with a smaller index are live and must be covered; the others lend their shape
     */
    static List<Leaf> cover(double[] u, int[] member, int d, double logVolume, int fewest, int live) {
        int alive = alive(member, 0, member.length, live);
        EllipsoidTree tree = new EllipsoidTree(u, d, logVolume - Math.log(alive), fewest, live);
        return tree.best(member, 0, member.length, tree.fit(member, 0, member.length));
    }

    /**
     * The covering with as many ellipsoids as before, each around the points that are nearest to it.
     *
     * @param before ellipsoids of an earlier covering
     * @return empty if one of them is left with too few points
     */
    static List<Leaf> again(List<Ellipsoid> before, double[] u, int[] member, int d, double logVolume, int live) {
        int n = member.length;
        int[] nearest = new int[n];
        double[] least = new double[n];
        int[] count = new int[before.size()];
        for (int k = 0; k < before.size(); k++) {
            double[] distance2 = before.get(k).distances2(u, member, 0, n);
            for (int m = 0; m < n; m++) {
                if (k == 0 || distance2[m] < least[m]) {
                    least[m] = distance2[m];
                    nearest[m] = k;
                }
            }
        }
        for (int k : nearest) {
            count[k]++;
        }
        EllipsoidTree tree = new EllipsoidTree(u, d, logVolume - Math.log(alive(member, 0, n, live)), fewest(d), live);
        List<Leaf> leaves = new ArrayList<>();
        for (int k = 0; k < count.length; k++) {
            int[] own = new int[count[k]];
            int next = 0;
            for (int m = 0; m < n; m++) {
                if (nearest[m] == k) {
                    own[next++] = member[m];
                }
            }
            if (next < d + 2 || alive(own, 0, next, live) < tree.fewestLive()) {
                return List.of();
            }
            leaves.add(new Leaf(own, tree.fit(own, 0, next)));
        }
        return leaves;
    }

    private List<Leaf> best(int[] member, int from, int to, Ellipsoid whole) {
        List<Leaf> uncut = List.of(new Leaf(Arrays.copyOfRange(member, from, to), whole));
        if (to - from < 2 * fewest
                || whole.logVolume() < logVolumePerPoint + Math.log(alive(member, from, to, live)) + TIGHT) {
            return uncut;
        }
        Split split = split(member, from, to, whole);
        if (split == null || split.logVolume() > whole.logVolume() + HOPELESS) {
            return uncut;
        }
        int middle = arrange(member, from, split);
        List<Leaf> leaves = new ArrayList<>(best(member, from, middle, split.left()));
        leaves.addAll(best(member, middle, to, split.right()));
        double total = LogSum.of(
                leaves.stream().mapToDouble(l -> l.ellipsoid().logVolume()).toArray());
        return total < whole.logVolume() + GAIN ? leaves : uncut;
    }

    /** Live points that must lie in an ellipsoid, lest one be fitted to dead points around the others. */
    private int fewestLive() {
        return Math.max(3, fewest / 4);
    }

    /** How many of these points are live. */
    static int alive(int[] member, int from, int to, int live) {
        int count = 0;
        for (int m = from; m < to; m++) {
            count += member[m] < live ? 1 : 0;
        }
        return count;
    }

    private Ellipsoid fit(int[] member, int from, int to) {
        return Ellipsoid.around(
                u, member, from, to, d, live, logVolumePerPoint + Math.log(alive(member, from, to, live)));
    }

    /** Two halves: {@code member} is the range in question with the {@code left} ones first. */
    private record Split(int[] member, int middle, Ellipsoid left, Ellipsoid right) {
        double logVolume() {
            return LogSum.add(left.logVolume(), right.logVolume());
        }
    }

    private int arrange(int[] member, int from, Split split) {
        System.arraycopy(split.member(), 0, member, from, split.member().length);
        return from + split.middle();
    }

    /** The better of the divisions along two directions, or null if neither leaves enough points on both sides. */
    private Split split(int[] member, int from, int to, Ellipsoid whole) {
        TwoMeans means = new TwoMeans(u, d, member, from, to);
        Split first = halves(member, from, means.along(TwoMeans.principalAxis(whole)));
        Split second = halves(member, from, means.along(means.mostBimodalAxis()));
        Split best = second == null || first != null && first.logVolume() <= second.logVolume() ? first : second;
        for (int round = 0; best != null && round < ROUNDS; round++) {
            Split next = exchange(best);
            if (next == null || !(next.logVolume() < best.logVolume())) {
                break;
            }
            best = next;
        }
        return best;
    }

    /** Gives each point to the ellipsoid in which it lies deeper for its density: smaller distance^2 V / points. */
    private Split exchange(Split s) {
        int n = s.member().length;
        double leftShare = s.left().logVolume() - Math.log(s.middle());
        double rightShare = s.right().logVolume() - Math.log(n - s.middle());
        double bias = Math.exp(Math.max(-700, Math.min(700, rightShare - leftShare)));
        boolean[] right = new boolean[n];
        double[] toLeft = s.left().distances2(u, s.member(), 0, n);
        double[] toRight = s.right().distances2(u, s.member(), 0, n);
        for (int m = 0; m < n; m++) {
            right[m] = toLeft[m] > bias * toRight[m];
        }
        return halves(s.member(), 0, right);
    }

    private Split halves(int[] member, int from, boolean[] right) {
        int n = right.length;
        int[] order = new int[n];
        int head = 0;
        int tail = n;
        for (int m = 0; m < n; m++) {
            if (right[m]) {
                order[--tail] = member[from + m];
            } else {
                order[head++] = member[from + m];
            }
        }
        if (Math.min(head, n - head) < fewest
                || alive(order, 0, head, live) < fewestLive()
                || alive(order, head, n, live) < fewestLive()) {
            return null;
        }
        return new Split(order, head, fit(order, 0, head), fit(order, head, n));
    }
}
