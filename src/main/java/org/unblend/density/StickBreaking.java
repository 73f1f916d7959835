package org.unblend.density;

/**
 * Simplex of k entries from k - 1 real numbers: {@code x_i = (1 - x_0 - ... - x_(i-1)) s_i} with
 * {@code s_i = logistic(z_i - ln(k - 1 - i))}, so that z = 0 is the centre (Stan Reference Manual, "Unit simplex").
 */
final class StickBreaking {
    private StickBreaking() {}

    /** Fills {@code x}, every entry above 0; returns ln of the determinant of d(x_0..x_(k-2))/dz. */
    static double constrain(double[] z, int zOffset, double[] x) {
        int k = x.length;
        double logRest = 0;
        double logJacobian = 0;
        for (int i = 0; i < k - 1; i++) {
            double y = z[zOffset + i] - Math.log(k - 1 - i);
            double logShare = -softplus(-y);
            x[i] = Math.max(Double.MIN_VALUE, Math.exp(logRest + logShare));
            logJacobian += logRest + logShare - softplus(y);
            logRest -= softplus(y);
        }
        x[k - 1] = Math.max(Double.MIN_VALUE, Math.exp(logRest));
        return logJacobian;
    }

    /** Fills {@code z} from {@code zOffset} on; x is positive. */
    static void unconstrain(double[] x, double[] z, int zOffset) {
        int k = x.length;
        // Summed from the end: the rest is small there, and 1 minus a sum would lose it.
        double rest = x[k - 1];
        for (int i = k - 2; i >= 0; i--) {
            z[zOffset + i] = Math.log(x[i]) - Math.log(rest) + Math.log(k - 1 - i);
            rest += x[i];
        }
    }

    /**
     * Gradient over z of {@code f(x(z)) + ln |dx/dz|} given that of f over x (all k entries taken as free).
     *
     * @param xBar gradient of f, k entries
     * @param zBar modified from {@code zOffset} on
     */
    static void pullBack(double[] z, int zOffset, double[] xBar, double[] zBar) {
        int k = xBar.length;
        double[] x = new double[k];
        constrain(z, zOffset, x);
        // From the last stick back: below holds sum_{j>i} xBar_j x_j, which all scale with 1 - s_i.
        double below = xBar[k - 1] * x[k - 1];
        for (int i = k - 2; i >= 0; i--) {
            double share = 1 / (1 + Math.exp(-(z[zOffset + i] - Math.log(k - 1 - i))));
            zBar[zOffset + i] = xBar[i] * x[i] * (1 - share) - below * share;
            // ln |dx/dz| holds ln s_i + ln(1 - s_i) once, and ln(1 - s_i) once for each later stick.
            zBar[zOffset + i] += 1 - share - share - (k - 2 - i) * share;
            below += xBar[i] * x[i];
        }
    }

    private static double softplus(double y) {
        return Math.max(y, 0) + Math.log1p(Math.exp(-Math.abs(y)));
    }
}
