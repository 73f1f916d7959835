package org.unblend.radiative;

import java.util.Objects;
import java.util.Optional;

/**
 * Isotropic radiation that falls on the zone: a black body (the cosmic microwave background at any temperature), and
 * optionally dust and a table, which add to it.
 *
 * @param cmb temperature of the black body [K], at least 0
 * @param dust greybody of warm dust
 * @param table measured or computed field
 */
public record Background(double cmb, Optional<Dust> dust, Optional<Table> table) {

    public Background {
        OneZone.check("background temperature", cmb, 0);
        Objects.requireNonNull(dust);
        Objects.requireNonNull(table);
    }

    /**
     * Greybody f (1 - exp(-(nu/nu_0)^beta)) B_nu(T).
     *
     * @param temperature T [K], above 0
     * @param opaque frequency nu_0 at which the dust has the optical depth 1 [GHz], above 0
     * @param beta slope of its opacity, at least 0
     * @param filling share f of the sky that it fills, 0 to 1
     */
    public record Dust(double temperature, double opaque, double beta, double filling) {
        public Dust {
            OneZone.check("dust temperature", temperature, Double.MIN_NORMAL);
            OneZone.check("frequency at which the dust is opaque", opaque, Double.MIN_NORMAL);
            OneZone.check("slope of the dust opacity", beta, 0);
            OneZone.check("filling factor of the dust", filling, 0);
            if (filling > 1) {
                throw new IllegalArgumentException("filling factor of the dust must be at most 1, got " + filling);
            }
        }

        private double photons(double gigahertz, double photon) {
            return filling * -Math.expm1(-Math.pow(gigahertz / opaque, beta)) / Math.expm1(photon / temperature);
        }
    }

    /** Intensity at given frequencies, joined by power laws; nothing outside them. Immutable. */
    public static final class Table {
        private final double[] logFrequency;
        private final double[] logIntensity;

        /**
         * @param frequency [GHz], above 0, ascending, at least two
         * @param intensity I_nu [erg s^-1 cm^-2 Hz^-1 sr^-1] at each, above 0
         * @throws IllegalArgumentException if they are not
         */
        public Table(double[] frequency, double[] intensity) {
            if (frequency.length < 2 || intensity.length != frequency.length) {
                throw new IllegalArgumentException("a background table needs two frequencies or more and one intensity"
                        + " for each, got " + frequency.length + " and " + intensity.length);
            }
            logFrequency = new double[frequency.length];
            logIntensity = new double[frequency.length];
            for (int i = 0; i < frequency.length; i++) {
                OneZone.check("frequency " + (i + 1) + " of the background", frequency[i], Double.MIN_NORMAL);
                OneZone.check("intensity " + (i + 1) + " of the background", intensity[i], Double.MIN_NORMAL);
                if (i > 0 && !(frequency[i] > frequency[i - 1])) {
                    throw new IllegalArgumentException("frequencies of the background must ascend, got " + frequency[i]
                            + " after " + frequency[i - 1]);
                }
                logFrequency[i] = Math.log(frequency[i]);
                logIntensity[i] = Math.log(intensity[i]);
            }
        }

        private double photons(double gigahertz) {
            double f = Math.log(gigahertz);
            int last = logFrequency.length - 1;
            if (f < logFrequency[0] || f > logFrequency[last]) {
                return 0;
            }
            int i = 0;
            while (i < last - 1 && f > logFrequency[i + 1]) {
                i++;
            }
            double s = (f - logFrequency[i]) / (logFrequency[i + 1] - logFrequency[i]);
            double intensity = Math.exp((1 - s) * logIntensity[i] + s * logIntensity[i + 1]);
            double hertz = gigahertz * 1e9;
            return intensity * Constants.C * Constants.C / (2 * Constants.H * hertz * hertz * hertz);
        }
    }

    /** A black body alone. */
    public static Background cmb(double temperature) {
        return new Background(temperature, Optional.empty(), Optional.empty());
    }

    /**
     * Mean number of photons per mode, I_nu c^2 / (2 h nu^3).
     *
     * @param photon energy of the photon as a temperature h nu / k [K], above 0
     */
    public double photons(double photon) {
        double b = 1 / Math.expm1(photon / cmb);
        if (dust.isPresent() || table.isPresent()) {
            double gigahertz = photon / Constants.HC_K * Constants.C * 1e-9;
            b += dust.map(d -> d.photons(gigahertz, photon)).orElse(0.0);
            b += table.map(t -> t.photons(gigahertz)).orElse(0.0);
        }
        return b;
    }

    /** Derivative of {@link #photons} with respect to the temperature {@link #cmb} [K^-1]. */
    double slope(double photon) {
        double b = 1 / Math.expm1(photon / cmb);
        return b == 0 ? 0 : b * (1 + b) * photon / (cmb * cmb);
    }
}
