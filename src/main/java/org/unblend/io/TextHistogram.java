package org.unblend.io;

/** A histogram in one line of block characters. */
final class TextHistogram {
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";

    private TextHistogram() {}

    /**
     * {@code width} characters whose heights are proportional to the weight between {@code low} and {@code high}; any
     * bin that holds more than 1/1000 of the fullest shows at least the lowest block. Draws outside count in the edge
     * bins.
     *
     * @param x finite where {@code w} is positive
     * @param logarithmic true for equal bins of ln x; then {@code low} must be above 0
     */
    static String of(double[] x, double[] w, double low, double high, boolean logarithmic, int width) {
        double[] mass = new double[width];
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            if (w[i] > 0) {
                double part = logarithmic
                        ? Math.log(x[i] / low) / Math.log(high / low)
                        : (x[i] / 2 - low / 2) / (high / 2 - low / 2);
                int bin = high > low ? (int) Math.max(0, Math.min(width - 1, Math.floor(part * width))) : width / 2;
                mass[bin] += w[i];
                largest = Math.max(largest, mass[bin]);
            }
        }
        StringBuilder text = new StringBuilder();
        for (double m : mass) {
            text.append(BLOCKS.charAt(m > largest / 1000 ? (int) Math.max(1, Math.round(8 * m / largest)) : 0));
        }
        return text.toString();
    }
}
