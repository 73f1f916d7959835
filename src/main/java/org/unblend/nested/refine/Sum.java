package org.unblend.nested.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.diagnose.ParetoTail;
import org.unblend.diagnose.Weighted;
import org.unblend.math.LogSum;

/**
 * Draws from one proposal, in the order in which they were made.
 *
 * @param u {@code [rows x d]}
 * @param theta {@code [rows x dimension]}
 * @param logL log likelihoods
 * @param logWeight ln(likelihood prior / (proposal keep)); those that were not evaluated have weight zero
 * @param candidates number of all candidates, evaluated or not
 */
record Sum(double[] u, double[] theta, double[] logL, double[] logWeight, long candidates) {
    static final Sum EMPTY = new Sum(new double[0], new double[0], new double[0], new double[0], 0);

    static Sum of(List<Sum> parts) {
        List<double[]> u = new ArrayList<>();
        List<double[]> theta = new ArrayList<>();
        List<double[]> logL = new ArrayList<>();
        List<double[]> logWeight = new ArrayList<>();
        long candidates = 0;
        for (Sum part : parts) {
            u.add(part.u);
            theta.add(part.theta);
            logL.add(part.logL);
            logWeight.add(part.logWeight);
            candidates += part.candidates;
        }
        return new Sum(Cloud.joined(u), Cloud.joined(theta), Cloud.joined(logL), Cloud.joined(logWeight), candidates);
    }

    int rows() {
        return logL.length;
    }

    /** ln of the mean weight of all candidates. */
    double logZ() {
        return LogSum.of(logWeight) - Math.log(candidates);
    }

    /** Kish's effective sample size; 0 without weight. */
    double ess() {
        double high = Arrays.stream(logWeight).max().orElse(Double.NEGATIVE_INFINITY);
        return high == Double.NEGATIVE_INFINITY
                ? 0
                : Weighted.effectiveSampleSize(
                        Arrays.stream(logWeight).map(w -> Math.exp(w - high)).toArray());
    }

    /** Standard error of {@link #logZ}: {@code sqrt(1/ESS - 1/candidates)}. */
    double error() {
        return error(ess(), candidates);
    }

    static double error(double ess, long candidates) {
        return ess > 0 ? Math.sqrt(Math.max(0, 1 / ess - 1.0 / candidates)) : Double.POSITIVE_INFINITY;
    }

    /** Effective draws per evaluation. */
    double efficiency() {
        return rows() == 0 ? 0 : ess() / rows();
    }

    double paretoShape() {
        return ParetoTail.shape(logWeight);
    }
}
