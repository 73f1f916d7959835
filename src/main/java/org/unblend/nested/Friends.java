package org.unblend.nested;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.math.RandomSource;

/**
 * The union of balls around the live points in whitened coordinates, as a guard: what lies in none of them is not worth an
 * evaluation (MLFriends: Buchner 2016, Statistics and Computing 26, 383, section 2). The radius is the largest distance
 * of a left-out point from its nearest neighbour in any of several bootstrap samples, and a margin more. The whitening is by the
 * covariance about the means of clusters, which are the points whose balls are connected.
 *
 * @param shape mean and covariance by which coordinates are whitened
 * @param points whitened live points, {@code [points x d]}, ascending in the first coordinate
 * @param first the first coordinates
 * @param radius in whitened coordinates
 */
record Friends(Ellipsoid shape, double[] points, double[] first, double radius) {
    /** Neighbours of a point that are remembered; the nearest that was kept is nearly always among them. */
    private static final int NEAREST = 12;

    /** Factor on the volume of the balls: left-out points do not show a tail that holds less than one of them. */
    private static final double MARGIN = 1.5;

    /**
     * Fits.
     *
     * @param u live points, {@code [points x d]}, not modified
     * @param bootstraps repetitions
     * @return empty if the points are too few, or too many of them are alike
     */
    static Optional<Friends> of(double[] u, int d, int bootstraps, RandomSource random) {
        int n = u.length / d;
        if (n < 2 * EllipsoidTree.fewest(d)) {
            return Optional.empty();
        }
        int[] all = IntStream.range(0, n).toArray();
        Friends whole = around(u, Ellipsoid.oneSigma(u, all, 0, n, d), bootstraps, random);
        if (!(whole.radius > 0)) {
            return Optional.empty();
        }
        double[] centred = whole.centredByCluster(u);
        Friends fine = around(u, Ellipsoid.oneSigma(centred, all, 0, n, d), bootstraps, random);
        return Optional.of(fine).filter(f -> f.radius > 0);
    }

    private static Friends around(double[] u, Ellipsoid shape, int bootstraps, RandomSource random) {
        int d = shape.dimension();
        int n = u.length / d;
        double[] white = new double[u.length];
        for (int p = 0; p < n; p++) {
            whiten(shape, u, p * d, white, p * d);
        }
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(p -> white[p * d]));
        double[] sorted = new double[u.length];
        for (int p = 0; p < n; p++) {
            System.arraycopy(white, order[p] * d, sorted, p * d, d);
        }
        double[] first = IntStream.range(0, n).mapToDouble(p -> sorted[p * d]).toArray();
        double radius = Math.pow(MARGIN, 1.0 / d) * Math.sqrt(farthest(sorted, d, bootstraps, random));
        // The centre does not matter, but both are whitened alike.
        return new Friends(shape, sorted, first, radius);
    }

    /** Whether the point at {@code u[at...]} lies in one of the balls. */
    boolean contains(double[] u, int at) {
        int d = shape.dimension();
        double[] y = new double[d];
        whiten(shape, u, at, y, 0);
        double enough = radius * radius;
        for (int p = from(y[0] - radius); p < first.length && first[p] <= y[0] + radius; p++) {
            if (separation2(points, p * d, y, 0, d, enough) <= enough) {
                return true;
            }
        }
        return false;
    }

    /** The largest squared distance of a left-out point from its nearest neighbour among those kept. */
    private static double farthest(double[] x, int d, int bootstraps, RandomSource random) {
        int n = x.length / d;
        int k = Math.min(NEAREST, n - 1);
        double[][] distance = new double[n][k];
        int[][] neighbour = new int[n][k];
        for (int p = 0; p < n; p++) {
            nearest(x, d, p, distance[p], neighbour[p]);
        }
        double farthest = 0;
        for (int b = 0; b < bootstraps; b++) {
            boolean[] kept = new boolean[n];
            for (int i = 0; i < n; i++) {
                kept[random.nextInt(n)] = true;
            }
            for (int p = 0; p < n; p++) {
                if (!kept[p]) {
                    int j = 0;
                    while (j < k && !kept[neighbour[p][j]]) {
                        j++;
                    }
                    farthest = Math.max(farthest, j < k ? distance[p][j] : toKept(x, d, p, kept));
                }
            }
        }
        return farthest;
    }

    private static double toKept(double[] x, int d, int p, boolean[] kept) {
        double least = Double.POSITIVE_INFINITY;
        for (int q = 0; q < kept.length; q++) {
            least = kept[q] ? Math.min(least, separation2(x, q * d, x, p * d, d, least)) : least;
        }
        return least;
    }

    /** Fills in the nearest neighbours of a point in ascending distance. */
    private static void nearest(double[] x, int d, int p, double[] distance, int[] neighbour) {
        int n = x.length / d;
        int k = distance.length;
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int left = p - 1;
        int right = p + 1;
        // From the nearest in the first coordinate outwards, until that alone is too far.
        while (left >= 0 || right < n) {
            double toLeft = left < 0 ? Double.POSITIVE_INFINITY : x[p * d] - x[left * d];
            double toRight = right >= n ? Double.POSITIVE_INFINITY : x[right * d] - x[p * d];
            double gap = Math.min(toLeft, toRight);
            if (gap * gap > distance[k - 1]) {
                return;
            }
            int q = toLeft <= toRight ? left-- : right++;
            double apart = separation2(x, q * d, x, p * d, d, distance[k - 1]);
            if (apart < distance[k - 1]) {
                int j = k - 1;
                for (; j > 0 && distance[j - 1] > apart; j--) {
                    distance[j] = distance[j - 1];
                    neighbour[j] = neighbour[j - 1];
                }
                distance[j] = apart;
                neighbour[j] = q;
            }
        }
    }

    /** Positions less the mean of their cluster: clusters are connected by balls of the radius. */
    private double[] centredByCluster(double[] u) {
        int d = shape.dimension();
        int n = u.length / d;
        double[] white = new double[u.length];
        for (int p = 0; p < n; p++) {
            whiten(shape, u, p * d, white, p * d);
        }
        double[] centred = u.clone();
        boolean[] seen = new boolean[n];
        for (int seed = 0; seed < n; seed++) {
            if (!seen[seed]) {
                List<Integer> cluster = new ArrayList<>(List.of(seed));
                seen[seed] = true;
                for (int next = 0; next < cluster.size(); next++) {
                    int p = cluster.get(next);
                    for (int q = 0; q < n; q++) {
                        if (!seen[q]
                                && separation2(white, p * d, white, q * d, d, radius * radius) <= radius * radius) {
                            seen[q] = true;
                            cluster.add(q);
                        }
                    }
                }
                for (int i = 0; i < d; i++) {
                    double mean = 0;
                    for (int p : cluster) {
                        mean += u[p * d + i] / cluster.size();
                    }
                    for (int p : cluster) {
                        centred[p * d + i] -= mean;
                    }
                }
            }
        }
        return centred;
    }

    private static void whiten(Ellipsoid shape, double[] u, int at, double[] out, int outAt) {
        int d = shape.dimension();
        double[] g = shape.inverse();
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += g[i * d + j] * u[at + j];
            }
            out[outAt + i] = sum;
        }
    }

    /** Squared distance; stops once it exceeds {@code enough}. */
    private static double separation2(double[] x, int at, double[] y, int yAt, int d, double enough) {
        double sum = 0;
        for (int i = 0; i < d && sum <= enough; i++) {
            double v = x[at + i] - y[yAt + i];
            sum += v * v;
        }
        return sum;
    }

    /** The first point whose first coordinate is at least {@code least}. */
    private int from(double least) {
        int found = Arrays.binarySearch(first, least);
        int p = found < 0 ? -found - 1 : found;
        while (p > 0 && first[p - 1] >= least) {
            p--;
        }
        return p;
    }
}
