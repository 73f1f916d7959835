package org.unblend.nested.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.diagnose.Weighted;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;

/**
 * Weighted draws of the posterior. Arrays are owned by the record and not modified.
 *
 * @param u positions in the unit cube, {@code [points x d]}
 * @param logL log likelihoods
 * @param weight non-negative, with sum one
 * @param d dimension
 */
record Cloud(double[] u, double[] logL, double[] weight, int d) {

    /**
     * Points with these ln weights; those that hold the last {@code 1e-6} of the weight are left out.
     *
     * @param logWeight any scale; at least one finite
     */
    static Cloud of(double[] u, double[] logL, double[] logWeight, int d) {
        double total = LogSum.of(logWeight);
        int n = logWeight.length;
        boolean[] keep = new boolean[n];
        double least = total + Math.log(1e-6) - Math.log(n);
        for (int i = 0; i < n; i++) {
            keep[i] = logWeight[i] > least;
        }
        double[] weight = Arrays.stream(logWeight).map(w -> Math.exp(w - total)).toArray();
        return new Cloud(u, logL, weight, d).only(keep);
    }

    /**
     * The same with no weight above {@code sqrt(n)} times the mean: a fit must not follow a single draw (truncation after
     * Ionides 2008, J. Comput. Graph. Stat. 17, 295).
     */
    Cloud truncated() {
        double most = Math.sqrt(size()) / size();
        double[] cut = Arrays.stream(weight).map(w -> Math.min(w, most)).toArray();
        return new Cloud(u, logL, normalised(cut), d);
    }

    /** The same points with weights multiplied by {@code L^power}. */
    Cloud raised(double power) {
        double highest = Arrays.stream(logL).max().orElse(0);
        return times(
                Arrays.stream(logL).map(l -> Math.exp(power * (l - highest))).toArray());
    }

    /** The same points with weights multiplied by a factor for each, not all zero. */
    Cloud times(double[] factor) {
        double[] w = new double[size()];
        for (int i = 0; i < w.length; i++) {
            w[i] = weight[i] * factor[i];
        }
        return new Cloud(u, logL, normalised(w), d);
    }

    /** At most so many points for the same posterior: systematic resampling, copies of one point counted together. */
    Cloud atMost(int points, RandomSource random) {
        if (size() <= points) {
            return this;
        }
        double[] copies = new double[size()];
        for (int i : Weighted.resample(weight, points, random)) {
            copies[i]++;
        }
        boolean[] keep = new boolean[size()];
        for (int i = 0; i < keep.length; i++) {
            keep[i] = copies[i] > 0;
        }
        return new Cloud(u, logL, copies, d).only(keep);
    }

    /** Those points that are kept, with weights of sum one. */
    Cloud only(boolean[] keep) {
        int kept = 0;
        for (boolean k : keep) {
            kept += k ? 1 : 0;
        }
        double[] position = new double[kept * d];
        double[] l = new double[kept];
        double[] w = new double[kept];
        int at = 0;
        for (int i = 0; i < keep.length; i++) {
            if (keep[i]) {
                System.arraycopy(u, i * d, position, at * d, d);
                l[at] = logL[i];
                w[at++] = weight[i];
            }
        }
        return new Cloud(position, l, normalised(w), d);
    }

    /** Every {@code of}-th point from {@code first} on, or all others. */
    Cloud every(int of, int first, boolean others) {
        boolean[] keep = new boolean[size()];
        for (int i = 0; i < keep.length; i++) {
            keep[i] = (i % of == first) != others;
        }
        return only(keep);
    }

    /** All points of several clouds, each cloud with a share of the weight in proportion to {@code share}. */
    static Cloud union(List<Cloud> clouds, double[] share) {
        List<double[]> u = new ArrayList<>();
        List<double[]> l = new ArrayList<>();
        List<double[]> w = new ArrayList<>();
        for (int c = 0; c < clouds.size(); c++) {
            double s = share[c];
            u.add(clouds.get(c).u);
            l.add(clouds.get(c).logL);
            w.add(Arrays.stream(clouds.get(c).weight).map(v -> v * s).toArray());
        }
        return new Cloud(joined(u), joined(l), normalised(joined(w)), clouds.get(0).d);
    }

    int size() {
        return weight.length;
    }

    /** Kish's effective number of points. */
    double ess() {
        return 1 / Arrays.stream(weight).map(w -> w * w).sum();
    }

    static double[] joined(List<double[]> parts) {
        double[] all = new double[parts.stream().mapToInt(p -> p.length).sum()];
        int at = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static double[] normalised(double[] w) {
        double sum = Arrays.stream(w).sum();
        return Arrays.stream(w).map(v -> v / sum).toArray();
    }
}
