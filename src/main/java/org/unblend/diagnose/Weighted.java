package org.unblend.diagnose;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Statistics of weighted draws. Weights need not sum to one; draws of weight zero are ignored, whatever their value.
 * Sums are scaled, so that values near the limits of double neither overflow nor vanish.
 */
public final class Weighted {

    private Weighted() {}

    /** Effective number of draws, (sum w)^2 / sum w^2 (Kish 1965). */
    public static double effectiveSampleSize(double[] w) {
        double largest = Arrays.stream(w).max().orElse(0);
        if (!(largest > 0)) {
            return 0;
        }
        double sum = 0;
        double squares = 0;
        for (double v : w) {
            sum += v / largest;
            squares += v / largest * (v / largest);
        }
        return sum * sum / squares;
    }

    /** Weighted mean; NaN without draws. */
    public static double mean(double[] x, double[] w) {
        double scale = scale(x, w);
        double total = 0;
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            if (w[i] > 0) {
                total += w[i];
                sum += w[i] * (x[i] / scale);
            }
        }
        return sum / total * scale;
    }

    /**
     * Standard deviation with the small-sample factor 1 / (1 - 1/ESS), which is n / (n - 1) for equal weights; NaN for
     * less than two draws.
     */
    public static double sd(double[] x, double[] w) {
        return deviation(x, w, 1);
    }

    /**
     * Monte Carlo standard error of the mean, sqrt(sum w^2 (x - mean)^2) for weights that sum to one (Owen 2013, Monte
     * Carlo theory, methods and examples, eq. 9.9), with the factor of {@link #sd}; sd / sqrt(n) for equal weights.
     */
    public static double mcse(double[] x, double[] w) {
        return deviation(x, w, 2);
    }

    /**
     * Quantiles by linear interpolation between the midpoints of the draws' steps in the cumulative weight (Hazen's rule
     * for equal weights).
     *
     * @param p probabilities, 0 to 1
     */
    public static double[] quantiles(double[] x, double[] w, double... p) {
        int[] order = IntStream.range(0, x.length)
                .filter(i -> w[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] q = new double[p.length];
        if (order.length == 0) {
            Arrays.fill(q, Double.NaN);
            return q;
        }
        double[] middle = new double[order.length];
        double total = 0;
        for (int i = 0; i < order.length; i++) {
            middle[i] = total + w[order[i]] / 2;
            total += w[order[i]];
        }
        for (int k = 0; k < p.length; k++) {
            double at = p[k] * total;
            int place = Arrays.binarySearch(middle, at);
            int above = place >= 0 ? place : -place - 1;
            if (above == 0 || above == order.length) {
                q[k] = x[order[above == 0 ? 0 : above - 1]];
            } else {
                double low = x[order[above - 1]];
                double high = x[order[above]];
                double part = (at - middle[above - 1]) / (middle[above] - middle[above - 1]);
                q[k] = low == high ? low : low * (1 - part) + high * part;
            }
        }
        return q;
    }

    /**
     * Systematic resampling: {@code n} equally weighted draws with one random offset (Kitagawa 1996, J. Comput. Graph.
     * Stat. 5, 1). Draw i appears floor or ceil of n w_i / sum w times.
     *
     * @return indices in ascending order
     */
    public static int[] resample(double[] w, int n, RandomGenerator random) {
        double step = Arrays.stream(w).sum() / n;
        double offset = random.nextDouble();
        int last = IntStream.range(0, w.length).filter(i -> w[i] > 0).max().orElseThrow();
        int[] chosen = new int[n];
        int i = 0;
        double upTo = w[0];
        for (int k = 0; k < n; k++) {
            while (upTo <= (k + offset) * step && i < last) {
                upTo += w[++i];
            }
            chosen[k] = i;
        }
        return chosen;
    }

    /** sqrt(sum w^power (x - mean)^2 / (1 - sum w^2)) for weights scaled to sum one. */
    private static double deviation(double[] x, double[] w, int power) {
        double scale = scale(x, w);
        double mean = mean(x, w) / scale;
        double total = 0;
        for (double v : w) {
            total += v;
        }
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            if (w[i] > 0) {
                double v = w[i] / total;
                double d = x[i] / scale - mean;
                sum += (power == 1 ? v : v * v) * d * d;
                squares += v * v;
            }
        }
        return squares > 1 - 1e-12 ? Double.NaN : Math.sqrt(sum / (1 - squares)) * scale;
    }

    private static double scale(double[] x, double[] w) {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            if (w[i] > 0) {
                largest = Math.max(largest, Math.abs(x[i]));
            }
        }
        return largest > 0 ? largest : 1;
    }
}
