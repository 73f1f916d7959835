package org.unblend.nested.refine;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * A few Markov chains whose slices (Neal 2003, Annals of Statistics 31, 705) leave the posterior invariant in the
 * coordinates of a proposal. Each goes along random directions in a shape of its own, all in lock-step, so that likelihoods come
 * in batches. Mutable.
 */
final class LocalChains {
    /** Length of an interval, in standard deviations of the shape: wide enough to do without stepping out, which costs as much again. */
    private static final double WIDTH = 4;

    private static final int MOST_IN = 40;

    private final Chart chart;
    private final Climb.Likelihood likelihood;
    private final double[][] axes;
    private final int d;
    private final double[] at;
    private final double[] log;

    /**
     * Begins.
     *
     * @param z where the chains begin, {@code [chains x d]}, in the chart's coordinates; copied
     * @param logPosterior there
     * @param axes for each chain the lower Cholesky factor of the matrix that shapes its directions
     */
    LocalChains(Chart chart, Climb.Likelihood likelihood, double[][] axes, double[] z, double[] logPosterior) {
        this.chart = chart;
        this.likelihood = likelihood;
        this.axes = axes;
        this.d = chart.d();
        this.at = z.clone();
        this.log = logPosterior.clone();
    }

    /** Where the chains are, {@code [chains x d]}; a copy. */
    double[] positions() {
        return at.clone();
    }

    /** ln of likelihood times prior in the chart's coordinates there; a copy. */
    double[] logPosterior() {
        return log.clone();
    }

    /** As many slices of each chain as there are dimensions. */
    void sweep(RandomStream random) {
        for (int k = 0; k < d; k++) {
            slice(random.split(k).generator());
        }
    }

    /** Moves each chain along a direction of its own. */
    private void slice(RandomSource random) {
        int n = log.length;
        double[] direction = directions(n, random);
        double[] level = new double[n];
        double[] low = new double[n];
        double[] high = new double[n];
        for (int c = 0; c < n; c++) {
            level[c] = log[c] + Math.log(random.nextOpen());
            low[c] = -WIDTH * random.nextOpen();
            high[c] = low[c] + WIDTH;
        }
        int[] open = IntStream.range(0, n).toArray();
        for (int tries = 0; open.length > 0 && tries < MOST_IN; tries++) {
            double[] steps = new double[open.length];
            for (int k = 0; k < open.length; k++) {
                steps[k] = low[open[k]] + (high[open[k]] - low[open[k]]) * random.nextOpen();
            }
            double[] tried = moved(direction, steps, open);
            double[] found = logPosterior(chart, likelihood, tried);
            int left = 0;
            int[] still = new int[open.length];
            for (int k = 0; k < open.length; k++) {
                int c = open[k];
                if (found[k] > level[c]) {
                    System.arraycopy(tried, k * d, at, c * d, d);
                    log[c] = found[k];
                } else {
                    low[c] = steps[k] < 0 ? steps[k] : low[c];
                    high[c] = steps[k] < 0 ? high[c] : steps[k];
                    still[left++] = c;
                }
            }
            open = Arrays.copyOf(still, left);
        }
    }

    private double[] directions(int n, RandomSource random) {
        double[] direction = new double[n * d];
        double[] g = new double[d];
        for (int c = 0; c < n; c++) {
            double norm2 = 0;
            for (int i = 0; i < d; i++) {
                g[i] = random.nextGaussian();
                norm2 += g[i] * g[i];
            }
            for (int i = 0; i < d; i++) {
                double sum = 0;
                for (int j = 0; j <= i; j++) {
                    sum += axes[c][i * d + j] * g[j];
                }
                direction[c * d + i] = sum / Math.sqrt(norm2);
            }
        }
        return direction;
    }

    /** Some of the chains, each by a step along its direction. */
    private double[] moved(double[] direction, double[] step, int[] chains) {
        double[] z = new double[chains.length * d];
        for (int k = 0; k < chains.length; k++) {
            for (int i = 0; i < d; i++) {
                int j = chains[k] * d + i;
                z[k * d + i] = at[j] + step[k] * direction[j];
            }
        }
        return z;
    }

    /** ln of likelihood times prior at points {@code [n x d]} of a chart; outside of the prior's support nothing is evaluated. */
    static double[] logPosterior(Chart chart, Climb.Likelihood likelihood, double[] z) {
        int d = chart.d();
        int n = z.length / d;
        double[] log = new double[n];
        double[] inside = new double[z.length];
        int[] which = new int[n];
        int rows = 0;
        for (int i = 0; i < n; i++) {
            log[i] = chart.logPrior(z, i * d);
            if (log[i] > Double.NEGATIVE_INFINITY) {
                System.arraycopy(z, i * d, inside, rows * d, d);
                which[rows++] = i;
            }
        }
        if (rows > 0) {
            double[] found = likelihood.at(chart.toCube(Arrays.copyOf(inside, rows * d)));
            for (int k = 0; k < rows; k++) {
                log[which[k]] += found[k];
            }
        }
        return log;
    }
}
