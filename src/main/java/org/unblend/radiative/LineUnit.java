package org.unblend.radiative;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Units in which integrated intensities of lines are published, and what they are as brightness temperature over velocity
 * in the rest frame of the source [K km/s], the unit of the models:
 *
 * <pre>
 *   T [K km/s] = (1 + z) c^2 / (2 k nu^2 Omega) S,   nu = nu_0 / (1 + z),   Omega = pi a b / (4 ln 2)
 *   S [1e-26 W m^-2 Hz^-1 km/s] = flux [Jy km/s] = 1e26 c / nu F [W/m2], with c in km/s
 * </pre>
 *
 * nu_0 is the rest frequency, a and b the full widths at half maximum of the beam. The factor 1 + z is the loss of
 * brightness temperature on the way (intensity over nu^3 is conserved). Fluxes are taken as those within one beam. (Rohlfs
 * and Wilson, Tools of Radio Astronomy, chapters 1 and 8.)
 */
public enum LineUnit {
    /** Rayleigh-Jeans brightness temperature, observed frame. */
    KELVIN("K km/s", false),
    /** Intensity per beam. */
    JANSKY_PER_BEAM("Jy/beam km/s", true),
    /** Flux within the beam. */
    JANSKY("Jy km/s", true),
    /** Flux within the beam, integrated over frequency. */
    WATT("W/m2", true);

    private static final double BOLTZMANN = 1.380649e-23;
    private static final double LIGHT = 299792458;
    private static final double ARCSECOND = Math.PI / (180 * 3600);
    private static final double JANSKY_SI = 1e-26;

    private final String symbol;
    private final boolean needsBeam;

    LineUnit(String symbol, boolean needsBeam) {
        this.symbol = symbol;
        this.needsBeam = needsBeam;
    }

    /** The unit with this symbol. */
    public static Optional<LineUnit> of(String symbol) {
        return Arrays.stream(values()).filter(u -> u.symbol.equals(symbol)).findFirst();
    }

    /** All symbols. */
    public static List<String> symbols() {
        return Arrays.stream(values()).map(u -> u.symbol).toList();
    }

    /** True if a beam must be known. */
    public boolean needsBeam() {
        return needsBeam;
    }

    /**
     * A value in K km/s in the rest frame of the source.
     *
     * @param value in this unit
     * @param frequency rest frequency [GHz], above 0
     * @param major full width at half maximum of the beam [arcsec], above 0; any where no beam is needed
     * @param minor that along the other axis
     * @param redshift above -1
     * @throws IllegalArgumentException if an argument is out of range
     */
    public double toKelvin(double value, double frequency, double major, double minor, double redshift) {
        if (!(frequency > 0) || !(redshift > -1) || (needsBeam && !(major > 0 && minor > 0))) {
            throw new IllegalArgumentException("frequency, beam and 1 + redshift must be above 0, got " + frequency
                    + " GHz, " + major + " x " + minor + " arcsec, z = " + redshift);
        }
        if (this == KELVIN) {
            return value * (1 + redshift);
        }
        // Rest frequency is what is known; the telescope sees it redshifted.
        double nu = frequency * 1e9 / (1 + redshift);
        double jansky = this == WATT ? value / JANSKY_SI * (LIGHT / 1e3) / nu : value;
        double solidAngle = Math.PI * major * minor * ARCSECOND * ARCSECOND / (4 * Math.log(2));
        double perJansky = LIGHT * LIGHT / (2 * BOLTZMANN * nu * nu * solidAngle) * JANSKY_SI;
        return (1 + redshift) * perJansky * jansky;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
