package org.unblend.diagnose;

import java.util.Arrays;
import java.util.List;
import org.unblend.math.Dense;

/**
 * How well components come back over repeated factorisations of the same rank: the components of all runs are grouped
 * one to one around centroids by cosine similarity, as in the extraction of mutational signatures (Alexandrov et al.
 * 2013, Cell Reports 3, 246).
 *
 * @param centroids {@code [features x components]}, mean of the aligned profiles of unit length, itself of unit length
 * @param order {@code [runs x components]}, which component of each run belongs to each centroid
 * @param cosine {@code [components]}, mean cosine similarity of the members of a group to their centroid
 * @param silhouette {@code [components]}, mean silhouette of the members in cosine distance (Rousseeuw 1987, J. Comput.
 *     Appl. Math. 20, 53), -1 to 1; for one component its mean pairwise cosine, as there is no other group
 */
public record Stability(Dense centroids, int[][] order, double[] cosine, double[] silhouette) {

    private static final int MAX_ROUNDS = 50;

    /**
     * Groups the components of several runs.
     *
     * @param runs W of each run, {@code [features x components]}, at least two
     * @throws IllegalArgumentException if there are fewer than two runs or they differ in shape
     */
    public static Stability of(List<Dense> runs) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException("stability needs at least two runs, got " + runs.size());
        }
        int r = runs.get(0).columns();
        double[][][] unit = new double[runs.size()][][];
        for (int t = 0; t < unit.length; t++) {
            if (runs.get(t).columns() != r || runs.get(t).rows() != runs.get(0).rows()) {
                throw new IllegalArgumentException("runs of " + r + " and "
                        + runs.get(t).columns() + " components cannot be grouped one to one; give runs of one rank");
            }
            unit[t] = Alignment.unit(runs.get(t));
        }
        double[][] centroids = Dense.copy(unit[pivot(runs)]);
        int[][] order = new int[unit.length][];
        for (int round = 0; round < MAX_ROUNDS; round++) {
            int[][] now = new int[unit.length][];
            Dense reference = Dense.of(centroids).transpose();
            for (int t = 0; t < unit.length; t++) {
                now[t] = inverse(Alignment.of(reference, runs.get(t)).match());
            }
            boolean settled = Arrays.deepEquals(now, order);
            order = now;
            if (settled) {
                break;
            }
            centroids = means(unit, order);
        }
        double[] cosine = new double[r];
        for (int k = 0; k < r; k++) {
            for (int t = 0; t < unit.length; t++) {
                cosine[k] += dot(centroids[k], unit[t][order[t][k]]) / unit.length;
            }
        }
        return new Stability(Dense.of(centroids).transpose(), order, cosine, silhouettes(unit, order));
    }

    /** The mean silhouette over the components. */
    public double meanSilhouette() {
        return Arrays.stream(silhouette).average().orElse(Double.NaN);
    }

    /** The smallest silhouette of a component. */
    public double leastSilhouette() {
        return Arrays.stream(silhouette).min().orElse(Double.NaN);
    }

    /** The run that is most like the others; of many runs the first few are compared. */
    private static int pivot(List<Dense> runs) {
        int n = Math.min(runs.size(), 10);
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < n; t++) {
            double sum = 0;
            for (int u = 0; u < n; u++) {
                sum += Alignment.of(runs.get(t), runs.get(u)).meanCosine();
            }
            if (sum > most) {
                most = sum;
                best = t;
            }
        }
        return best;
    }

    private static int[] inverse(int[] match) {
        int[] out = new int[match.length];
        for (int k = 0; k < match.length; k++) {
            out[match[k]] = k;
        }
        return out;
    }

    private static double[][] means(double[][][] unit, int[][] order) {
        double[][] sum = new double[unit[0].length][unit[0][0].length];
        for (int t = 0; t < unit.length; t++) {
            for (int k = 0; k < sum.length; k++) {
                double[] member = unit[t][order[t][k]];
                for (int i = 0; i < member.length; i++) {
                    sum[k][i] += member[i];
                }
            }
        }
        return Alignment.unit(Dense.of(sum).transpose());
    }

    /** Mean distances to a group need only the sums of its members, because cosine distance is linear in each. */
    private static double[] silhouettes(double[][][] unit, int[][] order) {
        int runs = unit.length;
        int r = order[0].length;
        int d = unit[0][0].length;
        double[][] sum = new double[r][d];
        for (int t = 0; t < runs; t++) {
            for (int k = 0; k < r; k++) {
                for (int i = 0; i < d; i++) {
                    sum[k][i] += unit[t][order[t][k]][i];
                }
            }
        }
        double[] silhouette = new double[r];
        for (int t = 0; t < runs; t++) {
            for (int k = 0; k < r; k++) {
                double[] member = unit[t][order[t][k]];
                double own = distance((dot(sum[k], member) - dot(member, member)) / (runs - 1));
                double other = Double.POSITIVE_INFINITY;
                for (int l = 0; l < r; l++) {
                    other = l == k ? other : Math.min(other, distance(dot(sum[l], member) / runs));
                }
                double s = r == 1 ? 1 - own : own == other ? 0 : (other - own) / Math.max(own, other);
                silhouette[k] += s / runs;
            }
        }
        return silhouette;
    }

    /** One minus the cosine, without its rounding error near zero. */
    private static double distance(double cosine) {
        return cosine > 1 - 1e-12 ? 0 : 1 - cosine;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
