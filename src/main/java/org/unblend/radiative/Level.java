package org.unblend.radiative;

/**
 * An energy level.
 *
 * @param energy energy above the ground state [cm^-1], finite, at least 0
 * @param weight statistical weight, above 0
 * @param label quantum numbers without blanks, such as {@code 3} or {@code 1_0.5}
 */
public record Level(double energy, double weight, String label) {

    public Level {
        if (!(energy >= 0) || !Double.isFinite(energy)) {
            throw new IllegalArgumentException("level " + label + ": energy must be at least 0, got " + energy);
        }
        if (!(weight > 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException("level " + label + ": weight must be above 0, got " + weight);
        }
    }

    /** The energy as a temperature, E/k [K]. */
    public double kelvin() {
        return Constants.HC_K * energy;
    }
}
