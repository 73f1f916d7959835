package org.unblend.diagnose;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Statistics of weighted draws. Weights are non-negative with a positive sum; they need not sum to one. */
public final class Weighted {

    private Weighted() {}

    /** Kish's effective sample size {@code (sum w)^2 / sum w^2} (Kish 1965, Survey Sampling); 0 if all weights are 0. */
    public static double effectiveSampleSize(double[] weights) {
        double sum = 0;
        double squares = 0;
        for (double w : weights) {
            sum += w;
            squares += w * w;
        }
        return squares == 0 ? 0 : sum * sum / squares;
    }

    /** The mean {@code sum w x / sum w}; draws of weight 0 do not count, whatever their value. */
    public static double mean(double[] x, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < x.length; i++) {
            if (weights[i] > 0) {
                sum += weights[i] * x[i];
                total += weights[i];
            }
        }
        return sum / total;
    }

    /** The standard deviation about the weighted mean, {@code sqrt(sum w (x - mean)^2 / sum w)}. */
    public static double sd(double[] x, double[] weights) {
        double mean = mean(x, weights);
        double[] squares = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            squares[i] = (x[i] - mean) * (x[i] - mean);
        }
        return Math.sqrt(mean(squares, weights));
    }

    /**
     * Quantiles: the distribution function of the draws rises by half of its weight on either side of each draw and is
     * linear in between; beyond the outermost draws the quantile is the outermost draw.
     *
     * @param p probabilities, each 0 to 1
     * @return one value per probability
     */
    public static double[] quantiles(double[] x, double[] weights, double... p) {
        int[] order = IntStream.range(0, x.length)
                .filter(i -> weights[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(i -> i)
                .toArray();
        if (order.length == 0) {
            throw new IllegalArgumentException("quantiles need at least one draw of positive weight");
        }
        double[] middle = new double[order.length];
        double total = 0;
        for (int k = 0; k < order.length; k++) {
            middle[k] = total + 0.5 * weights[order[k]];
            total += weights[order[k]];
        }
        double[] result = new double[p.length];
        for (int q = 0; q < p.length; q++) {
            result[q] = interpolate(x, order, middle, p[q] * total);
        }
        return result;
    }

    private static double interpolate(double[] x, int[] order, double[] middle, double level) {
        int last = order.length - 1;
        int above = 0;
        while (above <= last && middle[above] < level) {
            above++;
        }
        if (above == 0 || above > last) {
            return x[order[above == 0 ? 0 : last]];
        }
        double fraction = (level - middle[above - 1]) / (middle[above] - middle[above - 1]);
        double low = x[order[above - 1]];
        return low + fraction * (x[order[above]] - low);
    }
}
