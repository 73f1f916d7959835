package org.unblend.plot;

import java.util.Arrays;
import org.unblend.diagnose.Weighted;

/**
 * Smoothed density of weighted draws over the unit square.
 *
 * @param n cells along each side
 * @param cells {@code [n x n]}, mass per cell, row-major with x fastest, sum 1 (0 if no draw lies in the square)
 */
record Density2(int n, double[] cells) {
    private static final double REACH = 3;

    /**
     * Draws along one axis.
     *
     * @param place places of the draws, finite where they have weight
     * @param scale their {@link Bandwidth#scale}
     * @param hardLow whether there is a hard bound at place 0
     * @param hardHigh whether there is a hard bound at place 1
     */
    record Side(double[] place, double scale, boolean hardLow, boolean hardHigh) {}

    /**
     * Smooths draws with one Gaussian kernel, wide as the draws' scale and number demand and tilted like their local
     * correlation, and reflects at hard bounds.
     *
     * @param x horizontal axis
     * @param y vertical axis
     * @param w weights of the draws
     * @param n cells along each side
     */
    static Density2 of(Side x, Side y, double[] w, int n) {
        double ess = Weighted.effectiveSampleSize(w);
        // In cells; never below what a grid of this pitch can show.
        double sx = Math.max(0.75, Bandwidth.two(x.scale, ess) * n);
        double sy = Math.max(0.75, Bandwidth.two(y.scale, ess) * n);
        double rho = Bandwidth.localCorrelation(x, y, w);
        double[][] kernel = kernel(sx, sy, rho, n);
        int reachX = kernel[0].length / 2;
        int reachY = kernel.length / 2;
        int width = n + 2 * reachX;
        int height = n + 2 * reachY;
        double[] mass = binned(x.place, y.place, w, n, reachX, reachY);

        double[] smooth = new double[n * n];
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                double m = mass[j * width + i];
                if (m > 0) {
                    spread(m, i - reachX, j - reachY, kernel, n, x, y, smooth);
                }
            }
        }
        double total = Arrays.stream(smooth).sum();
        if (total > 0) {
            for (int i = 0; i < smooth.length; i++) {
                smooth[i] /= total;
            }
        }
        return new Density2(n, smooth);
    }

    /**
     * The densities above which lie the given shares of the mass.
     *
     * @param shares 0 to 1
     */
    double[] levels(double... shares) {
        double[] sorted = cells.clone();
        Arrays.sort(sorted);
        double[] levels = new double[shares.length];
        for (int s = 0; s < shares.length; s++) {
            double inside = 0;
            int k = sorted.length - 1;
            while (k > 0 && inside + sorted[k] < shares[s]) {
                inside += sorted[k--];
            }
            // Between this cell and the next higher one, as far as its mass is needed.
            double next = k < sorted.length - 1 ? sorted[k + 1] : sorted[k];
            double part = sorted[k] > 0 ? Math.min(1, (shares[s] - inside) / sorted[k]) : 1;
            levels[s] = next + (sorted[k] - next) * part;
        }
        return levels;
    }

    /** Draws shared out linearly among the four nearest cell middles, with a margin that the kernel can reach over. */
    private static double[] binned(double[] x, double[] y, double[] w, int n, int reachX, int reachY) {
        int width = n + 2 * reachX;
        int height = n + 2 * reachY;
        double[] mass = new double[width * height];
        for (int k = 0; k < x.length; k++) {
            double px = x[k] * n - 0.5 + reachX;
            double py = y[k] * n - 0.5 + reachY;
            if (!(w[k] > 0) || !(px >= 0 && px < width - 1 && py >= 0 && py < height - 1)) {
                continue;
            }
            int i = (int) px;
            int j = (int) py;
            double fx = px - i;
            double fy = py - j;
            mass[j * width + i] += w[k] * (1 - fx) * (1 - fy);
            mass[j * width + i + 1] += w[k] * fx * (1 - fy);
            mass[(j + 1) * width + i] += w[k] * (1 - fx) * fy;
            mass[(j + 1) * width + i + 1] += w[k] * fx * fy;
        }
        return mass;
    }

    private static void spread(double m, int i, int j, double[][] kernel, int n, Side x, Side y, double[] smooth) {
        int reachX = kernel[0].length / 2;
        int reachY = kernel.length / 2;
        for (int dy = -reachY; dy <= reachY; dy++) {
            int row = reflected(j + dy, n, y.hardLow, y.hardHigh);
            if (row < 0) {
                continue;
            }
            for (int dx = -reachX; dx <= reachX; dx++) {
                int column = reflected(i + dx, n, x.hardLow, x.hardHigh);
                if (column >= 0) {
                    smooth[row * n + column] += m * kernel[dy + reachY][dx + reachX];
                }
            }
        }
    }

    /** The cell in which mass ends that reaches cell {@code i}; -1 outside. */
    private static int reflected(int i, int n, boolean hardLow, boolean hardHigh) {
        int at = i < 0 && hardLow ? -1 - i : i >= n && hardHigh ? 2 * n - 1 - i : i;
        return at >= 0 && at < n ? at : -1;
    }

    private static double[][] kernel(double sx, double sy, double rho, int n) {
        int rx = Math.min(n, (int) Math.ceil(REACH * sx));
        int ry = Math.min(n, (int) Math.ceil(REACH * sy));
        double[][] kernel = new double[2 * ry + 1][2 * rx + 1];
        double rest = 1 - rho * rho;
        for (int j = -ry; j <= ry; j++) {
            for (int i = -rx; i <= rx; i++) {
                double a = i / sx;
                double b = j / sy;
                kernel[j + ry][i + rx] = Math.exp(-(a * a - 2 * rho * a * b + b * b) / (2 * rest));
            }
        }
        return kernel;
    }
}
