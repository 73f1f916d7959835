package org.unblend.simulate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.unblend.math.Dense;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Quasar-like spectra in the rest frame: broad emission lines and a bump of blended iron lines on a power law, whose
 * slope, line strengths and line widths vary from quasar to quasar. A spectrum is seen in the window of one spectrograph,
 * shifted to the rest frame by whole pixels, with photon noise and with Gaussian sky noise of its own level.
 *
 * @param wavelength {@code [pixels]}, rest frame, Angstrom, centres of pixels
 * @param flux {@code [pixels x quasars]}, in units of an average continuum at 3000 Angstrom; 0 where missing
 * @param weights {@code [pixels x quasars]}, inverse variances; 0 where missing
 * @param truth {@code [pixels x quasars]}, flux without noise, also where missing
 * @param redshift {@code [quasars]}
 */
public record QuasarSpectra(double[] wavelength, Dense flux, Dense weights, Dense truth, double[] redshift) {

    /** Rest wavelength in Angstrom, strength over the continuum there, and width as a fraction of the wavelength. */
    private static final double[][] LINES = {
        {1033, 0.3, 0.012}, // O VI
        {1216, 2.4, 0.016}, // Lyman alpha
        {1240, 0.7, 0.014}, // N V
        {1400, 0.4, 0.018}, // Si IV, O IV]
        {1549, 1.2, 0.014}, // C IV
        {1909, 0.8, 0.020}, // C III]
        {2500, 0.3, 0.080}, // blended iron
        {2798, 0.7, 0.012}, // Mg II
        {4340, 0.3, 0.012}, // H gamma
        {4861, 0.8, 0.013}, // H beta
        {5007, 0.7, 0.003}, // [O III]
        {6563, 2.5, 0.012}, // H alpha
    };

    private static final double REFERENCE = 3000;
    private static final double SLOPE = 1.2;

    /** Simulates a survey. Equal streams give equal spectra. */
    public static QuasarSpectra simulate(QuasarSurvey survey, RandomStream random) {
        int d = survey.pixels();
        int n = survey.quasars();
        double[] wavelength = new double[d];
        Arrays.setAll(
                wavelength, i -> survey.shortest() / (1 + survey.redshift()) * Math.exp((i + 0.5) * survey.step()));
        // By quasar first: every quasar has a random stream of its own.
        double[][] flux = new double[n][d];
        double[][] weights = new double[n][d];
        double[][] truth = new double[n][];
        double[] redshift = new double[n];
        for (int j = 0; j < n; j++) {
            RandomSource source = random.split(j).generator();
            redshift[j] = survey.redshift() * source.nextOpen();
            truth[j] = spectrum(wavelength, source);
            observe(survey, survey.first(redshift[j]), truth[j], flux[j], weights[j], source);
        }
        return new QuasarSpectra(
                wavelength,
                Dense.of(flux).transpose(),
                Dense.of(weights).transpose(),
                Dense.of(truth).transpose(),
                redshift);
    }

    /** One spectrum without noise. */
    private static double[] spectrum(double[] wavelength, RandomSource source) {
        double slope = SLOPE + 0.3 * source.nextGaussian();
        double amplitude = Math.exp(0.3 * source.nextGaussian());
        // Line strengths share a factor, as luminous quasars have weaker lines (Baldwin 1977).
        double common = 0.3 * source.nextGaussian();
        double broadening = Math.exp(0.15 * source.nextGaussian());
        double[] out = new double[wavelength.length];
        Arrays.setAll(out, i -> amplitude * Math.pow(wavelength[i] / REFERENCE, -slope));
        for (double[] line : LINES) {
            double strength = line[1] * Math.exp(common + 0.25 * source.nextGaussian());
            double width = line[2] * broadening;
            double peak = amplitude * strength * Math.pow(line[0] / REFERENCE, -slope);
            for (int i = 0; i < out.length; i++) {
                double z = (wavelength[i] / line[0] - 1) / width;
                out[i] += peak * Math.exp(-0.5 * z * z);
            }
        }
        return out;
    }

    private static void observe(
            QuasarSurvey survey, int first, double[] truth, double[] flux, double[] weights, RandomSource source) {
        int window = survey.window();
        double mean = Arrays.stream(truth, first, first + window).sum() / window;
        // The mean of a log-normal is 1 with this shift.
        double spread = survey.unevenness();
        double ratio = survey.snr() * Math.exp(spread * source.nextGaussian() - 0.5 * spread * spread);
        double sky = mean / ratio;
        double gain = survey.photons() / mean;
        for (int i = first; i < first + window; i++) {
            flux[i] = PoissonDraw.next(source, gain * truth[i]) / gain + sky * source.nextGaussian();
            weights[i] = 1 / (truth[i] / gain + sky * sky);
        }
    }

    /**
     * The same spectra, each scaled so that the median of its observed flux equals that of the reference over the same
     * pixels; variances follow, and so do the true spectra. Spectra whose median is not positive keep their scale.
     *
     * @param reference {@code [pixels]}, positive
     */
    public QuasarSpectra renormalised(double[] reference) {
        Dense newFlux = flux.copy();
        Dense newWeights = weights.copy();
        Dense newTruth = truth.copy();
        for (int q = 0; q < redshift.length; q++) {
            int j = q;
            int[] seen = IntStream.range(0, wavelength.length)
                    .filter(i -> weights.get(i, j) > 0)
                    .toArray();
            double own =
                    median(Arrays.stream(seen).mapToDouble(i -> flux.get(i, j)).toArray());
            double wanted =
                    median(Arrays.stream(seen).mapToDouble(i -> reference[i]).toArray());
            double scale = own > 0 ? wanted / own : 1;
            for (int i = 0; i < wavelength.length; i++) {
                newFlux.row(i)[j] *= scale;
                newWeights.row(i)[j] /= scale * scale;
                newTruth.row(i)[j] *= scale;
            }
        }
        return new QuasarSpectra(wavelength, newFlux, newWeights, newTruth, redshift);
    }

    /** The same spectra without the first and last pixels of the grid, which few of them cover. */
    public QuasarSpectra trimmed(int low, int high) {
        int end = wavelength.length - high;
        if (low < 0 || high < 0 || low >= end) {
            throw new IllegalArgumentException("trimming " + low + " and " + high + " of " + wavelength.length
                    + " pixels leaves none; trim fewer");
        }
        return new QuasarSpectra(
                Arrays.copyOfRange(wavelength, low, end),
                rows(flux, low, end),
                rows(weights, low, end),
                rows(truth, low, end),
                redshift);
    }

    private static Dense rows(Dense x, int from, int to) {
        return Dense.of(Dense.copy(Arrays.copyOfRange(x.array(), from, to)));
    }

    private static double median(double[] x) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? Double.NaN : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    }
}
