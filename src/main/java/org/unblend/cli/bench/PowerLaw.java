package org.unblend.cli.bench;

/**
 * The exponent b of {@code y = a x^b} by least squares of logarithms.
 *
 * @param exponent b
 * @param error its standard error from the scatter about the line
 */
record PowerLaw(double exponent, double error) {

    /**
     * @param x positive, at least three, not all equal
     * @param y positive, as many
     */
    static PowerLaw fit(double[] x, double[] y) {
        int n = x.length;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            meanX += Math.log(x[i]) / n;
            meanY += Math.log(y[i]) / n;
        }
        double sxx = 0;
        double sxy = 0;
        double syy = 0;
        for (int i = 0; i < n; i++) {
            double dx = Math.log(x[i]) - meanX;
            double dy = Math.log(y[i]) - meanY;
            sxx += dx * dx;
            sxy += dx * dy;
            syy += dy * dy;
        }
        double slope = sxy / sxx;
        return new PowerLaw(slope, Math.sqrt(Math.max(0, syy - slope * sxy) / (n - 2) / sxx));
    }
}
