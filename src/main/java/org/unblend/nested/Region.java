package org.unblend.nested;

import java.util.Arrays;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Fits the region that proposals are drawn from to the live points. It must cover all of the volume above the threshold,
 * not only the points that are known, or the evidence is too high. So the whole procedure, splitting included, is
 * repeated on bootstrap samples of the points, and the ellipsoids are enlarged by the factor that they would have needed
 * to contain the farthest left-out point of any repetition (as MLFriends does for balls: Buchner 2016, Statistics and
 * Computing 26, 383). A covering by several ellipsoids is used only if it is smaller than one ellipsoid after both have
 * been enlarged by their own factors.
 */
final class Region {

    private Region() {}

    /**
     * @param u points drawn uniformly from the volume in question, {@code [points x d]}; at least
     *     {@code 2 EllipsoidTree.fewest(d)}
     * @param logVolume expected ln of that volume
     * @param bootstraps repetitions
     */
    static EllipsoidUnion fit(
            double[] u, int d, double logVolume, int bootstraps, RandomStream random, Parallel parallel) {
        int n = u.length / d;
        double[] several = new double[bootstraps];
        double[] single = new double[bootstraps];
        parallel.forRanges(bootstraps, 1, (from, to) -> {
            int[] split = resample(n, d, random.split(from).generator());
            int kept = split[n];
            int[] member = Arrays.copyOf(split, kept);
            several[from] = farthest(EllipsoidTree.cover(u, member, d, logVolume, false), u, d, split, kept);
            single[from] = farthest(EllipsoidTree.cover(u, member, d, logVolume, true), u, d, split, kept);
        });
        int[] all = all(n);
        EllipsoidUnion one = EllipsoidTree.cover(u, all, d, logVolume, true).scaled(enlargement(single));
        EllipsoidUnion many = EllipsoidTree.cover(u, all, d, logVolume, false);
        if (many.size() == 1) {
            return one;
        }
        many = many.scaled(enlargement(several));
        return many.logVolume() < one.logVolume() ? many : one;
    }

    /**
     * A bootstrap sample without its repetitions: the indices drawn, then those left out; the number of the former is
     * appended.
     */
    private static int[] resample(int n, int d, RandomSource random) {
        boolean[] drawn = new boolean[n];
        int kept = 0;
        // Draws beyond n happen only for a handful of points.
        for (int i = 0; i < n || kept < EllipsoidTree.fewest(d); i++) {
            int k = random.nextInt(n);
            kept += drawn[k] ? 0 : 1;
            drawn[k] = true;
        }
        int[] split = new int[n + 1];
        int head = 0;
        int tail = n;
        for (int i = 0; i < n; i++) {
            split[drawn[i] ? head++ : --tail] = i;
        }
        split[n] = kept;
        return split;
    }

    private static double farthest(EllipsoidUnion cover, double[] u, int d, int[] split, int kept) {
        double farthest = 1;
        for (int i = kept; i < split.length - 1; i++) {
            farthest = Math.max(farthest, cover.distance2(u, split[i] * d));
        }
        return farthest;
    }

    private static double enlargement(double[] distance2) {
        return Math.sqrt(Arrays.stream(distance2).max().orElse(1));
    }

    private static int[] all(int n) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return all;
    }
}
