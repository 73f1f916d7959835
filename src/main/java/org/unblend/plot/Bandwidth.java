package org.unblend.plot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.unblend.diagnose.Weighted;

/**
 * Widths of Gaussian kernels. The scale of the draws is the smallest of standard deviation, quartile distance and
 * shortest half (Rousseeuw and Leroy 1988), each scaled to a normal law: the shortest half looks at one mode and keeps
 * several modes apart.
 */
final class Bandwidth {
    private static final double NORMAL = 1.349;
    private static final int NEIGHBOURHOODS = 200;
    private static final int ROUNDS = 4;
    private static final double STEEPEST = 0.95;

    private Bandwidth() {}

    /** Silverman's rule (1986, eq. 3.31) for one dimension. */
    static double one(double scale, double ess) {
        return 0.9 * scale * Math.pow(ess, -1.0 / 5);
    }

    /** The same for one axis of two dimensions. */
    static double two(double scale, double ess) {
        return 0.9 * scale * Math.pow(ess, -1.0 / 6);
    }

    /**
     * Correlation of neighbours, so that kernels lie along narrow ridges but not along the line between two modes: of
     * evenly resampled draws, each with the quarter of the others that is nearest, pooled.
     *
     * @return -0.95 to 0.95
     */
    static double localCorrelation(Density2.Side x, Density2.Side y, double[] w) {
        int[] chosen = evenly(w, NEIGHBOURHOODS);
        if (!(x.scale() > 0) || !(y.scale() > 0)) {
            return 0;
        }
        int n = chosen.length;
        double[] a = new double[n];
        double[] b = new double[n];
        for (int i = 0; i < n; i++) {
            a[i] = x.place()[chosen[i]] / x.scale();
            b[i] = y.place()[chosen[i]] / y.scale();
        }
        // Neighbours in the metric that the last round found: round ones would make thin ridges look thicker.
        double rho = 0;
        for (int round = 0; round < ROUNDS; round++) {
            rho = neighbourCorrelation(a, b, rho);
        }
        return rho;
    }

    private static double neighbourCorrelation(double[] a, double[] b, double rho) {
        int n = a.length;
        int near = Math.max(2, n / 4);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        double[] distance = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double da = a[j] - a[i];
                double db = b[j] - b[i];
                distance[j] = da * da - 2 * rho * da * db + db * db;
            }
            double[] sorted = distance.clone();
            Arrays.sort(sorted);
            double reach = sorted[Math.min(n - 1, near)];
            for (int j = 0; j < n; j++) {
                if (distance[j] <= reach) {
                    xx += (a[j] - a[i]) * (a[j] - a[i]);
                    yy += (b[j] - b[i]) * (b[j] - b[i]);
                    xy += (a[j] - a[i]) * (b[j] - b[i]);
                }
            }
        }
        return xx > 0 && yy > 0 ? Math.max(-STEEPEST, Math.min(STEEPEST, xy / Math.sqrt(xx * yy))) : 0;
    }

    /** Scale of the draws, 0 for a constant or a single draw. */
    static double scale(double[] x, double[] w) {
        double sd = Weighted.sd(x, w);
        double[] quartiles = Weighted.quantiles(x, w, 0.25, 0.75);
        double scale = Double.isNaN(sd) ? 0 : sd;
        for (double candidate : new double[] {(quartiles[1] - quartiles[0]) / NORMAL, shortestHalf(x, w) / NORMAL}) {
            // Zero if half of the draws are equal, which says nothing of the others.
            scale = candidate > 0 ? Math.min(scale, candidate) : scale;
        }
        return scale;
    }

    private static double shortestHalf(double[] x, double[] w) {
        int[] order = IntStream.range(0, x.length)
                .filter(i -> w[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double half = Arrays.stream(order).mapToDouble(i -> w[i]).sum() / 2;
        double shortest = Double.POSITIVE_INFINITY;
        double inside = 0;
        int from = 0;
        for (int i : order) {
            inside += w[i];
            while (inside - w[order[from]] >= half) {
                inside -= w[order[from++]];
            }
            if (inside >= half) {
                shortest = Math.min(shortest, x[i] - x[order[from]]);
            }
        }
        return shortest;
    }

    /** Systematic resampling at the middle of each step. */
    private static int[] evenly(double[] w, int n) {
        double step = Arrays.stream(w).sum() / n;
        int[] chosen = new int[n];
        double upTo = w[0];
        int i = 0;
        for (int k = 0; k < n; k++) {
            while (upTo <= (k + 0.5) * step && i < w.length - 1) {
                upTo += w[++i];
            }
            chosen[k] = i;
        }
        return chosen;
    }
}
