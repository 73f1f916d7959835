package org.unblend.radiative;

/** CODATA 2018 constants in cgs units, and what follows from them. */
final class Constants {

    /** Speed of light [cm/s]. */
    static final double C = 2.99792458e10;

    /** Planck constant [erg s]. */
    static final double H = 6.62607015e-27;

    /** Second radiation constant hc/k [cm K]: a wavenumber times this is a temperature. */
    static final double HC_K = 1.438776877;

    /** One km/s in cm/s. */
    static final double KM = 1e5;

    /** Area of a Gaussian line over (peak times full width at half maximum): sqrt(pi) / (2 sqrt(ln 2)) = 1.064467. */
    static final double GAUSS = Math.sqrt(Math.PI) / (2 * Math.sqrt(Math.log(2)));

    private Constants() {}
}
