package org.unblend.simulate;

/**
 * A survey of quasars by one spectrograph.
 *
 * @param quasars number of quasars
 * @param pixels pixels of the common rest-frame grid, equal steps in log wavelength
 * @param shortest shortest observed wavelength, Angstrom
 * @param longest longest observed wavelength, Angstrom
 * @param redshift largest redshift; they are uniform from 0
 * @param photons mean number of photons in a pixel
 * @param snr mean over the quasars of mean flux by sky noise
 * @param unevenness standard deviation of the natural logarithm of that ratio between quasars
 */
public record QuasarSurvey(
        int quasars,
        int pixels,
        double shortest,
        double longest,
        double redshift,
        double photons,
        double snr,
        double unevenness) {

    /**
     * 1,100 quasars on 2,000 pixels, redshift 0 to 4, 3600 to 10000 Angstrom, a signal-to-noise ratio of 1.5 in the
     * mean: 61 % of the entries are missing and 11 % of the others negative, as in the simulation of Green and Bailey
     * (2023, arXiv:2311.04855, section III.B).
     */
    public static final QuasarSurvey STANDARD = new QuasarSurvey(1100, 2000, 3600, 10000, 4, 40, 1.5, 0.2);

    public QuasarSurvey {
        boolean valid = quasars >= 1
                && pixels >= 20
                && shortest > 0
                && longest > shortest
                && redshift >= 0
                && photons > 0
                && snr > 0
                && unevenness >= 0
                && Double.isFinite(longest * (1 + redshift) * photons * snr * unevenness);
        if (!valid) {
            throw new IllegalArgumentException(
                    "a survey needs a quasar, 20 pixels, rising wavelengths above 0 and finite"
                            + " positive noise settings, got " + quasars + " quasars, " + pixels + " pixels, "
                            + shortest + " to "
                            + longest + " Angstrom, redshift " + redshift + ", " + photons
                            + " photons, signal-to-noise ratio "
                            + snr + ", unevenness " + unevenness);
        }
    }

    /** The same survey of another size. */
    public QuasarSurvey size(int newQuasars, int newPixels) {
        return new QuasarSurvey(newQuasars, newPixels, shortest, longest, redshift, photons, snr, unevenness);
    }

    /** Step of the grid in natural log wavelength. */
    double step() {
        return Math.log(longest / shortest * (1 + redshift)) / pixels;
    }

    /** Pixels that one spectrum covers. */
    int window() {
        return Math.max(1, (int) Math.round(Math.log(longest / shortest) / step()));
    }

    /** First pixel of a spectrum of redshift z. */
    int first(double z) {
        return Math.min(pixels - window(), (int) Math.round(Math.log((1 + redshift) / (1 + z)) / step()));
    }
}
