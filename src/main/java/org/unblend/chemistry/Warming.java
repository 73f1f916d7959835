package org.unblend.chemistry;

import java.util.Arrays;

/**
 * How gas around a young star warms: T = 10 K + A (t/yr)^B, and the temperatures of the events in which ices leave the
 * grains (Viti et al. 2004, MNRAS 354, 1141; Awad et al. 2010, MNRAS 407, 2511).
 *
 * @param mass of the star [Msun]
 * @param a coefficient A [K]
 * @param b power B
 * @param solid temperature of the first event [K]
 * @param volcano temperature at which water ice crystallises [K]
 * @param everything temperature at which the rest leaves [K]
 */
record Warming(int mass, double a, double b, double solid, double volcano, double everything) {
    /** Where the warming starts [K]. */
    static final double START = 10;

    private static final Warming[] ALL = {
        new Warming(1, 0.1927, 0.5339, 20.0, 84.0, 95.0),
        new Warming(5, 0.04856, 0.6255, 19.6, 86.3, 97.5),
        new Warming(10, 7.847e-3, 0.8395, 19.45, 88.2, 99.4),
        new Warming(15, 9.6966e-4, 1.085, 19.3, 89.5, 100.8),
        new Warming(25, 1.706e-4, 1.289, 19.5, 90.4, 101.6),
        new Warming(60, 4.74e-7, 1.98, 20.35, 92.2, 103.4)
    };

    /** @throws IllegalArgumentException unless the mass is 1, 5, 10, 15, 25 or 60 */
    static Warming of(int mass) {
        return Arrays.stream(ALL)
                .filter(w -> w.mass == mass)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no warming by a star of " + mass + " Msun; give 1, 5, 10, 15, 25 or 60"));
    }

    /** Temperature [K] after some years. */
    double temperature(double years) {
        return START + a * Math.pow(Math.max(0, years), b);
    }

    /** Years until a temperature [K] is reached. */
    double years(double temperature) {
        return temperature <= START ? 0 : Math.pow((temperature - START) / a, 1 / b);
    }

    /**
     * The temperature at which an ice's own evaporation reaches a rate of about 1/s [K]: nu exp(-E/T) = 0.99/s with the
     * vibration nu of Hasegawa et al. (1992); nu is 100 times too small as in UCLCHEM, whose density of sites is per cm2 where the rest
     * is in SI units.
     *
     * @param binding energy [K]
     * @param mass [u]
     */
    static double mono(double binding, int mass) {
        double nu = Math.sqrt(2 * 1.5e15 * binding * 1.380649e-23 / (Math.PI * Math.PI * mass * 1.66053907e-27));
        return binding / Math.log(nu / 0.99);
    }
}
