package org.unblend.model;

/**
 * The interval on which a density is positive.
 *
 * @param low lower end, or negative infinity
 * @param high upper end, or positive infinity; above {@code low}
 */
public record Support(double low, double high) {

    /** All real numbers. */
    public static final Support REAL = new Support(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** The numbers above 0. */
    public static final Support POSITIVE = new Support(0, Double.POSITIVE_INFINITY);

    /** True for low <= x <= high. */
    public boolean contains(double x) {
        return x >= low && x <= high;
    }

    /** True if all of {@code other} lies within this. */
    public boolean contains(Support other) {
        return other.low >= low && other.high <= high;
    }

    /** True if both ends are finite. */
    public boolean bounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    @Override
    public String toString() {
        return "[" + low + ", " + high + "]";
    }
}
