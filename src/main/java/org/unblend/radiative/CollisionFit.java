package org.unblend.radiative;

/**
 * Compact form of the downward collision rates of a linear molecule with one partner:
 *
 * <pre>
 *   ln q = sum c_ijm T_i(x) T_j(y) T_m(z) + (-1)^dJ sum d_ijm T_i(x) T_j(y) T_m(z)
 *   x = 2 ln dJ / ln J_max - 1,  y = 2 ln(1 + J_l) / ln J_max - 1,  z = 2 ln(T / T_min) / ln(T_max / T_min) - 1
 * </pre>
 *
 * with Chebyshev polynomials T, dJ = J_u - J_l, and low total order: i/8 + j/6 + m/3 at most 1.5 in the first sum, i/6 +
 * j/4 + m/2 in the second, which carries the preference for even or odd dJ of nearly homonuclear molecules.
 *
 * @param maxJ highest level, at least 2
 * @param coldest lowest temperature [K]
 * @param hottest highest temperature [K]
 * @param coefficients {@link #size()} numbers, those of the first sum first, m running fastest and i slowest
 */
public record CollisionFit(int maxJ, double coldest, double hottest, double[] coefficients) {
    private static final int[] SMOOTH = {8, 6, 3};
    private static final int[] PARITY = {6, 4, 2};
    private static final double TOTAL = 1.5;

    public CollisionFit {
        if (maxJ < 2 || !(coldest > 0) || !(hottest > coldest) || coefficients.length != size()) {
            throw new IllegalArgumentException("a collision fit needs J_max of at least 2, ascending temperatures and "
                    + size() + " coefficients, got " + maxJ + ", " + coldest + " to " + hottest + ", "
                    + coefficients.length);
        }
        coefficients = coefficients.clone();
    }

    @Override
    public double[] coefficients() {
        return coefficients.clone();
    }

    /** Number of coefficients. */
    public static int size() {
        return count(SMOOTH) + count(PARITY);
    }

    /**
     * Values of the terms that the coefficients multiply.
     *
     * @param out {@code [size()]}, modified
     */
    public static void terms(
            int maxJ, double coldest, double hottest, int upper, int lower, double temperature, double[] out) {
        double[][] t = {
            chebyshev(SMOOTH[0], 2 * Math.log(upper - lower) / Math.log(maxJ) - 1),
            chebyshev(SMOOTH[1], 2 * Math.log(1 + lower) / Math.log(maxJ) - 1),
            chebyshev(SMOOTH[2], 2 * Math.log(temperature / coldest) / Math.log(hottest / coldest) - 1)
        };
        int used = fill(SMOOTH, t, 1, out, 0);
        fill(PARITY, t, (upper - lower) % 2 == 0 ? 1 : -1, out, used);
    }

    /** Rate coefficient [cm^3 s^-1] from level {@code upper} to {@code lower} at a temperature within the fit's range. */
    public double rate(int upper, int lower, double temperature) {
        double[] terms = new double[coefficients.length];
        terms(maxJ, coldest, hottest, upper, lower, temperature, terms);
        double sum = 0;
        for (int i = 0; i < terms.length; i++) {
            sum += coefficients[i] * terms[i];
        }
        return Math.exp(sum);
    }

    /** The rates of all transitions among the levels 0 to {@link #maxJ()} at the given temperatures. */
    CollisionRates table(Partner partner, String source, double[] temperatures) {
        int n = maxJ * (maxJ + 1) / 2;
        int[] upper = new int[n];
        int[] lower = new int[n];
        double[] rates = new double[n * temperatures.length];
        int t = 0;
        for (int u = 1; u <= maxJ; u++) {
            for (int l = 0; l < u; l++) {
                upper[t] = u;
                lower[t] = l;
                for (int i = 0; i < temperatures.length; i++) {
                    rates[i * n + t] = rate(u, l, temperatures[i]);
                }
                t++;
            }
        }
        return new CollisionRates(partner, source, temperatures, upper, lower, rates);
    }

    private static int count(int[] order) {
        int n = 0;
        for (int i = 0; i <= order[0]; i++) {
            for (int j = 0; j <= order[1]; j++) {
                n += last(order, i, j) + 1;
            }
        }
        return n;
    }

    /** Highest order of the temperature that goes with these orders of the levels, -1 if there is none. */
    private static int last(int[] order, int i, int j) {
        double left = TOTAL - (double) i / order[0] - (double) j / order[1];
        return Math.max(-1, Math.min(order[2], (int) Math.floor(left * order[2] + 1e-9)));
    }

    /** Writes the terms of one sum from {@code out[from]} on and returns the index after the last. */
    private static int fill(int[] order, double[][] t, double factor, double[] out, int from) {
        int at = from;
        for (int i = 0; i <= order[0]; i++) {
            for (int j = 0; j <= order[1]; j++) {
                for (int m = 0; m <= last(order, i, j); m++) {
                    out[at++] = factor * t[0][i] * t[1][j] * t[2][m];
                }
            }
        }
        return at;
    }

    private static double[] chebyshev(int order, double x) {
        double[] t = new double[order + 1];
        t[0] = 1;
        t[1] = x;
        for (int i = 2; i <= order; i++) {
            t[i] = 2 * x * t[i - 1] - t[i - 2];
        }
        return t;
    }
}
