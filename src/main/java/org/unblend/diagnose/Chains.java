package org.unblend.diagnose;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.unblend.math.Probit;

/**
 * Convergence and efficiency of Markov chains (Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021, Bayesian Analysis 16,
 * 667). Draws are {@code [chains x draws]}, all chains of one length, at least 4 draws each. Every chain is split into
 * halves. Quantities that are constant, or not finite somewhere, have no statistics: NaN.
 */
public final class Chains {
    private static final int SHORTEST = 4;

    private Chains() {}

    /** Rank-normalised R-hat: the larger of that of the draws and that of their distances from the median. */
    public static double rhat(double[][] draws) {
        if (!usable(draws)) {
            return Double.NaN;
        }
        double[][] halves = split(draws);
        double median = median(halves);
        double[][] folded = new double[halves.length][];
        for (int c = 0; c < halves.length; c++) {
            folded[c] = Arrays.stream(halves[c]).map(x -> Math.abs(x - median)).toArray();
        }
        double bulk = plainRhat(normalScores(halves));
        double tail = plainRhat(normalScores(folded));
        return Double.isNaN(tail) ? bulk : Math.max(bulk, tail);
    }

    /** Effective sample size of the centre: that of the normal scores of the ranks. */
    public static double essBulk(double[][] draws) {
        return usable(draws) ? plainEss(normalScores(split(draws))) : Double.NaN;
    }

    /** Effective sample size of the tails: the smaller one of the indicators of the 5 % and 95 % quantiles. */
    public static double essTail(double[][] draws) {
        return usable(draws) ? Math.min(essQuantile(draws, 0.05), essQuantile(draws, 0.95)) : Double.NaN;
    }

    /** Effective sample size for the mean: that of the draws themselves. */
    public static double essMean(double[][] draws) {
        return usable(draws) ? plainEss(split(draws)) : Double.NaN;
    }

    /** Monte Carlo standard error of the mean, sd / sqrt(ESS). */
    public static double mcseMean(double[][] draws) {
        double[] all = flat(draws);
        double mean = Arrays.stream(all).average().orElse(Double.NaN);
        double square = Arrays.stream(all).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(square / (all.length - 1) / essMean(draws));
    }

    /**
     * Monte Carlo standard error of a quantile (section 4.4 of the paper): half the distance between the order statistics
     * one binomial standard error, at the effective size of the quantile, to either side.
     *
     * @param p strictly between 0 and 1
     */
    public static double mcseQuantile(double[][] draws, double p) {
        if (!usable(draws)) {
            return Double.NaN;
        }
        double ess = essQuantile(draws, p);
        double[] sorted = flat(draws);
        Arrays.sort(sorted);
        double spread = Math.sqrt(p * (1 - p) / ess);
        return 0.5 * (at(sorted, p + spread) - at(sorted, p - spread));
    }

    /** Effective sample size of the indicator of a quantile. */
    public static double essQuantile(double[][] draws, double p) {
        double[] sorted = flat(draws);
        Arrays.sort(sorted);
        double limit = at(sorted, p);
        double[][] below = new double[draws.length][];
        for (int c = 0; c < draws.length; c++) {
            below[c] = Arrays.stream(draws[c]).map(x -> x <= limit ? 1 : 0).toArray();
        }
        return usable(below) ? plainEss(split(below)) : Double.NaN;
    }

    /**
     * Energy Bayesian fraction of missing information of one Hamiltonian chain, {@code sum (E_n - E_{n-1})^2 / sum (E_n -
     * mean)^2}; below 0.3 the momentum draws hardly move the energy (Betancourt 2016, arXiv:1604.00695).
     */
    public static double ebfmi(double[] energy) {
        double mean = Arrays.stream(energy).average().orElse(Double.NaN);
        double steps = 0;
        double spread = 0;
        for (int i = 0; i < energy.length; i++) {
            spread += (energy[i] - mean) * (energy[i] - mean);
            if (i > 0) {
                steps += (energy[i] - energy[i - 1]) * (energy[i] - energy[i - 1]);
            }
        }
        return steps / spread;
    }

    private static boolean usable(double[][] draws) {
        if (draws.length == 0 || draws[0].length < SHORTEST) {
            throw new IllegalArgumentException("statistics of chains need at least " + SHORTEST + " draws per chain");
        }
        double first = draws[0][0];
        boolean varies = false;
        for (double[] chain : draws) {
            for (double x : chain) {
                if (!Double.isFinite(x)) {
                    return false;
                }
                varies |= x != first;
            }
        }
        return varies;
    }

    /** First and second half of each chain; the middle draw of an odd number is left out. */
    private static double[][] split(double[][] draws) {
        double[][] halves = new double[2 * draws.length][];
        for (int c = 0; c < draws.length; c++) {
            int n = draws[c].length;
            halves[2 * c] = Arrays.copyOfRange(draws[c], 0, n / 2);
            halves[2 * c + 1] = Arrays.copyOfRange(draws[c], n - n / 2, n);
        }
        return halves;
    }

    /** {@code Phi^-1((rank - 3/8) / (S + 1/4))}, equal values sharing their mean rank. */
    private static double[][] normalScores(double[][] chains) {
        double[] all = flat(chains);
        int[] order = IntStream.range(0, all.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> all[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] score = new double[all.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && all[order[to]] == all[order[from]]) {
                to++;
            }
            double rank = 0.5 * (from + 1 + to);
            double z = Probit.quantile((rank - 0.375) / (all.length + 0.25));
            for (int i = from; i < to; i++) {
                score[order[i]] = z;
            }
            from = to;
        }
        double[][] scores = new double[chains.length][];
        for (int c = 0, next = 0; c < chains.length; next += chains[c++].length) {
            scores[c] = Arrays.copyOfRange(score, next, next + chains[c].length);
        }
        return scores;
    }

    private static double plainRhat(double[][] chains) {
        int n = chains[0].length;
        double within = 0;
        double[] means = new double[chains.length];
        for (int c = 0; c < chains.length; c++) {
            means[c] = Arrays.stream(chains[c]).average().orElse(Double.NaN);
            within += variance(chains[c], means[c]) / chains.length;
        }
        double between = variance(means, Arrays.stream(means).average().orElse(Double.NaN));
        return Math.sqrt((n - 1.0) / n + between / within);
    }

    /** S / tau with Geyer's initial monotone sequence over all chains. */
    private static double plainEss(double[][] chains) {
        int n = chains[0].length;
        int count = chains.length * n;
        double[] means = new double[chains.length];
        double within = 0;
        for (int c = 0; c < chains.length; c++) {
            means[c] = Arrays.stream(chains[c]).average().orElse(Double.NaN);
            within += variance(chains[c], means[c]) / chains.length;
        }
        double total = within * (n - 1) / n;
        if (chains.length > 1) {
            total += variance(means, Arrays.stream(means).average().orElse(Double.NaN));
        }
        double tau = -1;
        double smallest = Double.POSITIVE_INFINITY;
        for (int lag = 0; lag + 1 < n; lag += 2) {
            double even = lag == 0 ? 1 : correlation(chains, means, lag, within, total);
            double pair = even + correlation(chains, means, lag + 1, within, total);
            if (!(pair > 0)) {
                break;
            }
            smallest = Math.min(smallest, pair);
            tau += 2 * smallest;
        }
        // Antithetic chains are worth more than independent draws, but no finite number of draws can prove how much
        // more.
        return count / Math.max(tau, 1 / Math.log10(count));
    }

    private static double correlation(double[][] chains, double[] means, int lag, double within, double total) {
        double covariance = 0;
        for (int c = 0; c < chains.length; c++) {
            double[] x = chains[c];
            double sum = 0;
            for (int i = lag; i < x.length; i++) {
                sum += (x[i] - means[c]) * (x[i - lag] - means[c]);
            }
            covariance += sum / x.length / chains.length;
        }
        return 1 - (within - covariance) / total;
    }

    private static double variance(double[] x, double mean) {
        double sum = 0;
        for (double v : x) {
            sum += (v - mean) * (v - mean);
        }
        return sum / (x.length - 1);
    }

    private static double median(double[][] chains) {
        double[] all = flat(chains);
        Arrays.sort(all);
        return at(all, 0.5);
    }

    /** Quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996). */
    private static double at(double[] sorted, double p) {
        double place = Math.max(0, Math.min(1, p)) * (sorted.length - 1);
        int below = (int) Math.min(sorted.length - 2, Math.floor(place));
        return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }

    private static double[] flat(double[][] chains) {
        return Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray();
    }
}
