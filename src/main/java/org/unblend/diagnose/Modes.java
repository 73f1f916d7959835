package org.unblend.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.unblend.math.Cholesky;
import org.unblend.math.RandomSource;

/**
 * Separate modes of weighted draws. A group of draws falls in two where, seen along some direction, nothing lies in an
 * interval that is wider than those of the {@value #NEAR} next draws on both sides of it: if the density had no valley there, it
 * would hold at least {@value #NEAR} draws, and be empty with probability {@code exp(-NEAR)} at most. Directions are the
 * coordinates, those that the group's covariance makes round, and the discriminant of the two halves into which k-means parts
 * these; what falls apart is parted in turn. A mode
 * that no plane cuts off from the others (one inside of a ring) is not told apart.
 */
public final class Modes {
    /** Draws that the gap would hold. */
    private static final int NEAR = 20;

    private static final int MOST_DRAWS = 1000;
    private static final int LLOYD_ROUNDS = 10;

    private Modes() {}

    /**
     * One mode.
     *
     * @param weight its part of the posterior
     * @param error standard error of the weight, for the draws that were looked at
     * @param mean centre of its different draws, {@code [d]}
     */
    public record Mode(double weight, double error, double[] mean) {}

    /**
     * The modes, the heaviest first; a single one if no gap is seen, or if there are too few draws to see one.
     *
     * @param x positions, {@code [n x d]}, finite; not modified
     * @param weight non-negative, not all zero; not modified
     */
    public static List<Mode> of(double[] x, double[] weight, int d, RandomSource random) {
        int n = (int) Math.max(1, Math.min(MOST_DRAWS, Weighted.effectiveSampleSize(weight)));
        int[] copies = new int[weight.length];
        for (int i : Weighted.resample(weight, n, random)) {
            copies[i]++;
        }
        // Copies of one draw stand in one place: a gap is seen between different ones.
        int[] draws =
                IntStream.range(0, copies.length).filter(i -> copies[i] > 0).toArray();
        List<int[]> parts = new ArrayList<>();
        part(x, d, draws, parts);
        return parts.stream()
                .map(p -> {
                    double w = IntStream.of(p).map(i -> copies[i]).sum() / (double) n;
                    return new Mode(w, Math.sqrt(w * (1 - w) / n), mean(x, d, p));
                })
                .sorted(Comparator.comparingDouble(Mode::weight).reversed())
                .toList();
    }

    private static void part(double[] x, int d, int[] group, List<int[]> parts) {
        double[] round = group.length < 2 * NEAR ? new double[0] : whitened(x, d, group);
        for (int c = 0; c <= 2 * d && group.length >= 2 * NEAR; c++) {
            int axis = c % d;
            double[] seen = c == 2 * d
                    ? discriminant(round, d)
                    : c < d ? column(x, d, group, axis) : column(round, d, all(group.length), axis);
            double cut = gap(seen);
            if (!Double.isNaN(cut)) {
                part(x, d, side(group, seen, cut, true), parts);
                part(x, d, side(group, seen, cut, false), parts);
                return;
            }
        }
        parts.add(group);
    }

    private static int[] side(int[] group, double[] seen, double cut, boolean below) {
        return IntStream.range(0, group.length)
                .filter(k -> seen[k] < cut == below)
                .map(k -> group[k])
                .toArray();
    }

    private static double[] column(double[] x, int d, int[] rows, int axis) {
        return IntStream.of(rows).mapToDouble(i -> x[i * d + axis]).toArray();
    }

    private static int[] all(int n) {
        return IntStream.range(0, n).toArray();
    }

    /** The middle of the gap that is widest in units of the spans beside it; NaN if none counts. */
    private static double gap(double[] values) {
        double[] v = values.clone();
        Arrays.sort(v);
        double best = 1;
        double cut = Double.NaN;
        for (int i = NEAR; i + NEAR < v.length; i++) {
            double beside = Math.max(v[i - 1] - v[i - NEAR], v[i + NEAR - 1] - v[i]);
            double ratio = (v[i] - v[i - 1]) / Math.max(beside, Double.MIN_NORMAL);
            if (ratio > best) {
                best = ratio;
                cut = (v[i] + v[i - 1]) / 2;
            }
        }
        return cut;
    }

    /** Coordinates of the group in which its covariance is the unit matrix, {@code [group x d]}. */
    private static double[] whitened(double[] x, int d, int[] group) {
        double[] m = mean(x, d, group);
        double[] covariance = new double[d * d];
        for (int i : group) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    covariance[a * d + b] += (x[i * d + a] - m[a]) * (x[i * d + b] - m[b]) / group.length;
                }
            }
        }
        double[] inverse = Cholesky.invert(Cholesky.factor(covariance, d), d);
        double[] y = new double[group.length * d];
        for (int k = 0; k < group.length; k++) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b <= a; b++) {
                    y[k * d + a] += inverse[a * d + b] * (x[group[k] * d + b] - m[b]);
                }
            }
        }
        return y;
    }

    /** Projections on the line between the centres of two halves: as the covariance is round, their discriminant. */
    private static double[] discriminant(double[] y, int d) {
        int n = y.length / d;
        int flattest = 0;
        for (int j = 1; j < d; j++) {
            flattest = fourth(y, d, j) < fourth(y, d, flattest) ? j : flattest;
        }
        int first = flattest;
        int[] one = IntStream.range(0, n).filter(i -> y[i * d + first] < 0).toArray();
        int[] two = IntStream.range(0, n).filter(i -> !(y[i * d + first] < 0)).toArray();
        double[] seen = new double[n];
        for (int round = 0; round < LLOYD_ROUNDS && one.length > 0 && two.length > 0; round++) {
            double[] a = mean(y, d, one);
            double[] b = mean(y, d, two);
            double middle = 0;
            for (int j = 0; j < d; j++) {
                middle += (b[j] - a[j]) * (b[j] + a[j]) / 2;
            }
            for (int i = 0; i < n; i++) {
                seen[i] = -middle;
                for (int j = 0; j < d; j++) {
                    seen[i] += (b[j] - a[j]) * y[i * d + j];
                }
            }
            one = IntStream.range(0, n).filter(i -> seen[i] < 0).toArray();
            two = IntStream.range(0, n).filter(i -> !(seen[i] < 0)).toArray();
        }
        return seen;
    }

    /** Least where a coordinate has two peaks. */
    private static double fourth(double[] y, int d, int j) {
        return IntStream.range(0, y.length / d)
                .mapToDouble(i -> Math.pow(y[i * d + j], 4))
                .sum();
    }

    private static double[] mean(double[] x, int d, int[] group) {
        double[] m = new double[d];
        for (int i : group) {
            for (int j = 0; j < d; j++) {
                m[j] += x[i * d + j] / group.length;
            }
        }
        return m;
    }
}
