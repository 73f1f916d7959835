package org.unblend.io;

import java.util.Arrays;
import org.unblend.diagnose.Weighted;

/**
 * How much a posterior says about one quantity beyond its prior: the Kullback-Leibler divergence of the marginal
 * posterior from the marginal prior, in bits.
 *
 * <p>Draws of the prior give its cumulative distribution F: knots at every 1/K quantile, K the root of their number,
 * straight lines between them. Under u = F(x) the prior is uniform, and the divergence is the sum of p_b log2(p_b B) over
 * B equal bins of u. B follows the posterior's width (Freedman and Diaconis 1981), so that a narrow posterior is still
 * resolved. The upward bias of a histogram from finite draws, (occupied bins - 1) / (2 ESS ln 2) (Miller 1955), is
 * subtracted, and what falls below zero is zero.
 */
final class Information {
    /** A posterior within one of so many bins says {@link #MOST_BITS} or more. */
    static final double MOST_BITS = 16;

    private static final double[] QUARTILES = {0.25, 0.75};

    private Information() {}

    /**
     * The divergence in bits, 0 to {@link #MOST_BITS}.
     *
     * @param x posterior draws, finite where {@code w} is positive
     * @param w their weights
     * @param prior prior draws, equally weighted, finite
     * @param logarithmic true to interpolate F in ln x; needs positive numbers
     * @return NaN with fewer than 4 prior draws or without posterior draws
     */
    static double bits(double[] x, double[] w, double[] prior, boolean logarithmic) {
        double ess = Weighted.effectiveSampleSize(w);
        if (prior.length < 4 || ess == 0) {
            return Double.NaN;
        }
        double[] knots = knots(prior);
        if (knots[0] == knots[knots.length - 1]) {
            return 0;
        }
        double[] u = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            u[i] = w[i] > 0 ? cumulative(knots, x[i], logarithmic) : 0;
        }
        double[] quartiles = Weighted.quantiles(u, w, QUARTILES);
        double width = 2 * (quartiles[1] - quartiles[0]) / Math.cbrt(ess);
        double most = Math.pow(2, MOST_BITS);
        int bins = (int) Math.max(2, Math.min(most, Math.ceil(1 / width)));
        double[] mass = new double[bins];
        double total = 0;
        for (int i = 0; i < u.length; i++) {
            mass[(int) Math.min(bins - 1, u[i] * bins)] += w[i];
            total += w[i];
        }
        double nats = 0;
        int occupied = 0;
        for (double m : mass) {
            if (m > 0) {
                occupied++;
                nats += m / total * Math.log(m / total * bins);
            }
        }
        nats -= (occupied - 1) / (2 * ess);
        return Math.max(0, nats / Math.log(2));
    }

    /** Quantiles 0, 1/K, ..., 1 of the prior draws. */
    private static double[] knots(double[] prior) {
        int pieces = (int) Math.ceil(Math.sqrt(prior.length));
        double[] p = new double[pieces + 1];
        for (int k = 0; k <= pieces; k++) {
            p[k] = (double) k / pieces;
        }
        double[] equal = new double[prior.length];
        Arrays.fill(equal, 1);
        return Weighted.quantiles(prior, equal, p);
    }

    private static double cumulative(double[] knots, double x, boolean logarithmic) {
        int last = knots.length - 1;
        if (x <= knots[0]) {
            return 0;
        }
        if (x >= knots[last]) {
            return 1;
        }
        int place = Arrays.binarySearch(knots, x);
        int below = place >= 0 ? place : -place - 2;
        double low = knots[below];
        double high = knots[below + 1];
        double part = high == low
                ? 0
                : logarithmic ? Math.log(x / low) / Math.log(high / low) : (x / 2 - low / 2) / (high / 2 - low / 2);
        return (below + part) / last;
    }
}
