package org.unblend.plot;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.unblend.diagnose.Weighted;

/** Gaussian kernel density of weighted draws at even places along an axis, reflected at hard bounds. */
final class Density1 {
    private static final double REACH = 4.5;

    private Density1() {}

    /**
     * Density at the middles of {@code cells} equal cells between places 0 and 1; the integral over all places is 1, so
     * that draws outside count.
     *
     * @param place places of the draws along the axis, finite where {@code w} is positive
     * @param w weights
     * @param low place below which no mass can lie; -infinity if there is none
     * @param high place above which no mass can lie; infinity if there is none
     * @param smoothing factor on the rule for the kernel's width, 1 as a rule
     */
    static double[] of(double[] place, double[] w, int cells, double low, double high, double smoothing) {
        double h = Math.max(
                smoothing * Bandwidth.one(Bandwidth.scale(place, w), Weighted.effectiveSampleSize(w)), 0.75 / cells);
        int[] order = IntStream.range(0, place.length)
                .filter(i -> w[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> place[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double total = 0;
        for (int i : order) {
            total += w[i];
        }
        double[] density = new double[cells];
        for (int c = 0; c < cells; c++) {
            double at = (c + 0.5) / cells;
            double sum = near(place, w, order, at, h);
            // Infinite bounds reflect nothing: no draw is near an infinite place.
            sum += near(place, w, order, 2 * low - at, h) + near(place, w, order, 2 * high - at, h);
            density[c] = sum / (total * h * Math.sqrt(2 * Math.PI));
        }
        return density;
    }

    private static double near(double[] place, double[] w, int[] order, double at, double h) {
        double sum = 0;
        for (int k = firstAtLeast(place, order, at - REACH * h); k < order.length; k++) {
            double d = (place[order[k]] - at) / h;
            if (d > REACH) {
                break;
            }
            sum += w[order[k]] * Math.exp(-d * d / 2);
        }
        return sum;
    }

    private static int firstAtLeast(double[] place, int[] order, double low) {
        int from = 0;
        int to = order.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (place[order[middle]] < low) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
