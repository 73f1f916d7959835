package org.unblend.emulator;

import java.util.Locale;

/**
 * One output of an emulator. The network gives (s(y) - mean) / sd, where s is y, log10(y), or asinh(y / floor).
 *
 * @param name name of the output
 * @param unit unit of y
 * @param scale which s
 * @param floor for ASINH, where s turns from linear to logarithmic, in units of y; for LOG10, values below count as this
 * @param mean of s(y) over the training points
 * @param sd what s(y) is divided by, above 0
 */
public record EmulatorOutput(String name, String unit, Scale scale, double floor, double mean, double sd) {

    /** In which form an output is learnt. */
    public enum Scale {
        LINEAR,
        LOG10,
        ASINH;

        /** Name in files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public EmulatorOutput {
        if (!(sd > 0) || !Double.isFinite(sd) || !Double.isFinite(mean)) {
            throw new IllegalArgumentException("the scaling of '" + name + "' has mean " + mean + " and sd " + sd
                    + "; an output that is the same everywhere cannot be learnt");
        }
        if (scale != Scale.LINEAR && !(floor > 0)) {
            throw new IllegalArgumentException("the floor of '" + name + "' is " + floor + "; give it above 0");
        }
    }

    /** s(y). */
    public double transform(double y) {
        return switch (scale) {
            case LINEAR -> y;
            case LOG10 -> Math.log10(Math.max(y, floor));
            case ASINH -> asinh(y / floor);
        };
    }

    private static double asinh(double q) {
        double size = Math.abs(q);
        return Math.signum(q) * Math.log(size + Math.sqrt(size * size + 1));
    }

    /** y of s. */
    public double inverse(double s) {
        return switch (scale) {
            case LINEAR -> s;
            case LOG10 -> Math.exp(s * Math.log(10));
            case ASINH -> 0.5 * floor * (Math.exp(s) - Math.exp(-s));
        };
    }

    /** dy / ds at y. */
    public double slope(double y) {
        return switch (scale) {
            case LINEAR -> 1;
            case LOG10 -> y * Math.log(10);
            case ASINH -> Math.sqrt(y * y + floor * floor);
        };
    }

    /** What the network should give for y. */
    public double scaled(double y) {
        return (transform(y) - mean) / sd;
    }

    /** y of what the network gives. */
    public double natural(double z) {
        return inverse(z * sd + mean);
    }
}
