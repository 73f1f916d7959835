package org.unblend.radiative;

/**
 * A radiative transition.
 *
 * @param upper index of the upper level, from 0
 * @param lower index of the lower level, from 0
 * @param einsteinA spontaneous emission [s^-1], finite, at least 0
 * @param frequency rest frequency [GHz], as catalogued; the computation takes photon energies from the levels
 */
public record RadiativeLine(int upper, int lower, double einsteinA, double frequency) {

    public RadiativeLine {
        if (!(einsteinA >= 0) || !Double.isFinite(einsteinA)) {
            throw new IllegalArgumentException("Einstein A must be at least 0, got " + einsteinA);
        }
        if (!(frequency > 0) || !Double.isFinite(frequency)) {
            throw new IllegalArgumentException("frequency must be above 0, got " + frequency);
        }
    }
}
