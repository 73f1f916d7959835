package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.LogSum;

/** Sums over all ways to label components. */
final class LabelSum {
    /** Largest number of components: the work doubles with each. */
    static final int MOST = 16;

    private LabelSum() {}

    /**
     * {@code ln sum over permutations s of exp(sum_k log[k][s(k)])}: the logarithm of a permanent, exactly, by a sum over the
     * subsets of labels that the first components have taken, {@code r 2^r} steps in place of r!.
     *
     * @param log {@code [r x r]}, r up to {@value #MOST}; entries may be -infinity
     */
    static double of(double[][] log) {
        int r = log.length;
        double scale = 0;
        double[][] part = new double[r][r];
        for (int k = 0; k < r; k++) {
            double most = Arrays.stream(log[k]).max().orElse(0);
            if (most == Double.NEGATIVE_INFINITY) {
                return most;
            }
            scale += most;
            for (int l = 0; l < r; l++) {
                part[k][l] = Math.exp(log[k][l] - most);
            }
        }
        // With every row scaled to a largest part of one, a sum that underflows has no permutation within e^-700 of the
        // rows'
        // largest parts: it is left to logarithms.
        double[] sum = new double[1 << r];
        sum[0] = 1;
        for (int taken = 1; taken < sum.length; taken++) {
            int k = Integer.bitCount(taken) - 1;
            for (int l = 0; l < r; l++) {
                if ((taken & 1 << l) != 0) {
                    sum[taken] += part[k][l] * sum[taken ^ 1 << l];
                }
            }
        }
        double all = sum[sum.length - 1];
        return all > Double.MIN_NORMAL ? scale + Math.log(all) : inLogs(log);
    }

    private static double inLogs(double[][] log) {
        int r = log.length;
        double[] sum = new double[1 << r];
        Arrays.fill(sum, Double.NEGATIVE_INFINITY);
        sum[0] = 0;
        for (int taken = 1; taken < sum.length; taken++) {
            int k = Integer.bitCount(taken) - 1;
            for (int l = 0; l < r; l++) {
                if ((taken & 1 << l) != 0) {
                    sum[taken] = LogSum.add(sum[taken], log[k][l] + sum[taken ^ 1 << l]);
                }
            }
        }
        return sum[sum.length - 1];
    }
}
