package org.unblend.radiative;

import java.util.Arrays;
import java.util.Locale;

/** What the integrated intensity of a line is. Line profiles are Gaussian. */
public enum Intensity {
    /** That of RADEX: T_R at line centre times the area of a Gaussian, through the centre of the zone. */
    CENTRE {
        @Override
        double emission(double tau) {
            return -Math.expm1(-tau);
        }

        @Override
        double overCentre(double tau) {
            return Constants.GAUSS;
        }
    },
    /** Through the centre of the zone, with the profile that saturates: the integral of 1 - exp(-tau phi(v)). */
    INTEGRATED {
        @Override
        double emission(double tau) {
            return -Math.expm1(-tau);
        }
    },
    /**
     * Mean over the disc of an unresolved sphere, with the profile that saturates. Chords of the length fraction u have the
     * density 2u, so 1 - exp(-tau) becomes 1 - 2 [1 - (1 + tau) e^-tau] / tau^2 = tau beta(tau) / 1.5; optically thin, that
     * is 2/3 of the line of sight through the centre.
     */
    SOURCE {
        @Override
        double emission(double tau) {
            return tau * Geometry.SPHERE.beta(tau) / 1.5;
        }
    };

    private static final int STEPS = 400;
    private static final double TINY = 1e-9;

    /** Share of the source function that is seen at the optical depth tau. */
    abstract double emission(double tau);

    /**
     * Integrated intensity over (T_R at the centre of the line and of the zone times the full width at half maximum), by the
     * trapezoidal rule, which is exact to rounding for such profiles.
     */
    double overCentre(double tau) {
        double t = Math.abs(tau) < TINY ? TINY : tau;
        double end = Math.sqrt(Math.log(Math.max(1, Math.abs(t))) + 40);
        double step = end / STEPS;
        double sum = emission(t) / 2;
        for (int i = 1; i <= STEPS; i++) {
            double y = i * step;
            double depth = t * Math.exp(-y * y);
            sum += depth == 0 ? 0 : emission(depth);
        }
        return 2 * sum * step / (2 * Math.sqrt(Math.log(2))) / -Math.expm1(-t);
    }

    /**
     * The one with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Intensity named(String name) {
        return Arrays.stream(values())
                .filter(i -> i.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is no intensity; choose among " + Arrays.toString(values())));
    }

    /** Name in files and on the command line, such as {@code centre}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
