package org.unblend.emulator;

import org.unblend.model.Support;

/**
 * One input of an emulator and the interval on which it was trained. The network sees -1 at the lower end and 1 at the upper
 * end, linearly or in the logarithm.
 *
 * @param name name of the port
 * @param unit unit of its values
 * @param low lower end; above 0 if logarithmic
 * @param high upper end, above {@code low}
 * @param logarithmic whether training points are spread evenly in the logarithm
 * @param trusted where the emulated model itself stands on data; values outside are extrapolations of that model
 */
public record EmulatorInput(String name, String unit, double low, double high, boolean logarithmic, Support trusted) {
    /** This near to an end, in units of the interval, the training points lie on one side only. */
    private static final double EDGE = 0.01;

    public EmulatorInput {
        if (!Double.isFinite(low) || !Double.isFinite(high) || !(low < high) || logarithmic && !(low > 0)) {
            throw new IllegalArgumentException("the interval of '" + name + "' is [" + low + ", " + high + "]"
                    + (logarithmic ? " in the logarithm" : "") + "; give a low end"
                    + (logarithmic ? " above 0" : "") + " below a high end");
        }
    }

    /** Without a narrower interval to trust. */
    public EmulatorInput(String name, String unit, double low, double high, boolean logarithmic) {
        this(name, unit, low, high, logarithmic, Support.REAL);
    }

    /** True if the emulator may be asked for this value. */
    public boolean contains(double x) {
        return x >= low && x <= high;
    }

    /** True within a hundredth of the interval of its ends. */
    public boolean nearEdge(double x) {
        return Math.abs(scaled(x)) > 1 - 2 * EDGE;
    }

    /** The value that the network sees, in [-1, 1]. */
    public double scaled(double x) {
        return logarithmic ? 2 * Math.log(x / low) / Math.log(high / low) - 1 : 2 * (x - low) / (high - low) - 1;
    }

    /** Derivative of {@link #scaled}. */
    double slope(double x) {
        return logarithmic ? 2 / (x * Math.log(high / low)) : 2 / (high - low);
    }

    /** The value at a place in [0, 1] of the interval; never outside it. */
    public double at(double u) {
        double x = logarithmic ? low * Math.exp(u * Math.log(high / low)) : low + u * (high - low);
        return Math.max(low, Math.min(high, x));
    }
}
