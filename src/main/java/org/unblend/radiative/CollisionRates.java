package org.unblend.radiative;

import java.util.HashSet;
import java.util.Set;

/** Immutable table of downward collision rate coefficients of one molecule with one partner. */
public final class CollisionRates {
    private final Partner partner;
    private final String source;
    private final double[] temperatures;
    private final int[] upper;
    private final int[] lower;
    private final double[] rates;

    /**
     * @param partner the collision partner
     * @param source where the rates come from, for citation
     * @param temperatures kinetic temperatures [K], ascending, at least one
     * @param upper upper level of each transition, from 0
     * @param lower lower level of each transition, from 0; differs from {@code upper}
     * @param rates rate coefficients [cm^3 s^-1], {@code [temperatures x transitions]}, row-major, finite, at least 0
     * @throws IllegalArgumentException if the arrays do not fit together or hold values out of range
     */
    public CollisionRates(
            Partner partner, String source, double[] temperatures, int[] upper, int[] lower, double[] rates) {
        this.partner = partner;
        this.source = source.strip();
        this.temperatures = temperatures.clone();
        this.upper = upper.clone();
        this.lower = lower.clone();
        this.rates = rates.clone();
        check();
    }

    private void check() {
        int n = upper.length;
        if (temperatures.length == 0 || lower.length != n || rates.length != temperatures.length * n) {
            throw new IllegalArgumentException(
                    "rates with " + partner + ": " + temperatures.length + " temperatures, " + n + " upper and "
                            + lower.length + " lower levels, " + rates.length + " rates do not fit together");
        }
        for (int i = 0; i < temperatures.length; i++) {
            double before = i == 0 ? 0 : temperatures[i - 1];
            if (!(temperatures[i] > before) || !Double.isFinite(temperatures[i])) {
                throw new IllegalArgumentException("rates with " + partner
                        + ": temperatures must be above 0 and ascend, got " + temperatures[i] + " after " + before);
            }
        }
        for (double q : rates) {
            if (!(q >= 0) || !Double.isFinite(q)) {
                throw new IllegalArgumentException("rates with " + partner + " must be at least 0, got " + q);
            }
        }
        Set<Long> pairs = new HashSet<>();
        for (int t = 0; t < n; t++) {
            if (upper[t] == lower[t]
                    || !pairs.add(((long) Math.max(upper[t], lower[t]) << 32) + Math.min(upper[t], lower[t]))) {
                throw new IllegalArgumentException("rates with " + partner + ": transition " + (upper[t] + 1) + "-"
                        + (lower[t] + 1) + " is given twice or joins a level with itself");
            }
        }
    }

    public Partner partner() {
        return partner;
    }

    /** Where the rates come from. */
    public String source() {
        return source;
    }

    /** Number of transitions. */
    public int size() {
        return upper.length;
    }

    /** Number of temperatures. */
    public int temperatures() {
        return temperatures.length;
    }

    /** One temperature of the table [K]. */
    public double temperature(int i) {
        return temperatures[i];
    }

    /** Upper level of a transition, from 0. */
    public int upper(int transition) {
        return upper[transition];
    }

    /** Lower level of a transition, from 0. */
    public int lower(int transition) {
        return lower[transition];
    }

    /** Rate coefficient [cm^3 s^-1] of a transition at the i-th temperature. */
    public double rate(int i, int transition) {
        return rates[i * upper.length + transition];
    }

    /** Lowest temperature of the table [K]; below it the rates are held constant. */
    public double coldest() {
        return temperatures[0];
    }

    /** Highest temperature of the table [K]; above it the rates are held constant. */
    public double hottest() {
        return temperatures[temperatures.length - 1];
    }

    /** Rate coefficient [cm^3 s^-1] of a transition at any temperature [K], as the solver takes it. */
    public double at(double tkin, int transition) {
        int i = below(tkin);
        double f = fraction(tkin, i);
        return (1 - f) * rate(i, transition) + f * rate(above(i), transition);
    }

    /**
     * Adds {@code density * q(T)} to {@code c[lower * levels + upper]} for every transition: linear interpolation in
     * temperature, constant outside the table.
     *
     * @param tkin kinetic temperature [K]
     * @param density density of the partner [cm^-3]
     * @param c {@code [levels x levels]}, added to
     */
    void addDownward(double tkin, double density, double[] c, int levels) {
        int i = below(tkin);
        double f = fraction(tkin, i);
        double w0 = density * (1 - f);
        double w1 = density * f;
        int row0 = i * upper.length;
        int row1 = above(i) * upper.length;
        for (int t = 0; t < upper.length; t++) {
            c[lower[t] * levels + upper[t]] += w0 * rates[row0 + t] + w1 * rates[row1 + t];
        }
    }

    /** Derivative of {@link #at} with respect to the temperature [cm^3 s^-1 K^-1]; 0 outside the table. */
    double slope(double tkin, int transition) {
        int i = below(tkin);
        double span = temperatures[above(i)] - temperatures[i];
        boolean inside = span > 0 && tkin >= coldest() && tkin <= hottest();
        return inside ? (rate(above(i), transition) - rate(i, transition)) / span : 0;
    }

    private int below(double tkin) {
        int i = 0;
        while (i < temperatures.length - 2 && temperatures[i + 1] < tkin) {
            i++;
        }
        return i;
    }

    private int above(int i) {
        return Math.min(i + 1, temperatures.length - 1);
    }

    private double fraction(double tkin, int i) {
        double span = temperatures[above(i)] - temperatures[i];
        return span > 0 ? Math.min(1, Math.max(0, (tkin - temperatures[i]) / span)) : 0;
    }
}
