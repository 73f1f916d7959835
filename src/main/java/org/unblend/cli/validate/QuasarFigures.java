package org.unblend.cli.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.unblend.diagnose.Alignment;
import org.unblend.math.Dense;
import org.unblend.plot.LinePlot;
import org.unblend.simulate.QuasarSpectra;

/** The figures of {@link QuasarsCheck}, as Green and Bailey (arXiv:2311.04855) number them. */
final class QuasarFigures {
    private static final int BINS = 60;
    private static final int SHOWN = 3;
    /** Noisy templates are not drawn beyond this, where noise-free ones reach 1. */
    private static final double HIGHEST = 1.5;

    private static final LinePlot.Style[] STYLES = {LinePlot.Style.BLUE, LinePlot.Style.RED, LinePlot.Style.BLACK};

    private QuasarFigures() {}

    /** Figure 4: the same spectra as observed and at rest, shifted upwards from each other. */
    static String spectra(QuasarSpectra spectra) {
        int[] shown = spread(spectra.redshift());
        double step = 0;
        for (int j : shown) {
            double[] flux = IntStream.range(0, spectra.wavelength().length)
                    .filter(i -> spectra.weights().get(i, j) > 0)
                    .mapToDouble(i -> spectra.flux().get(i, j))
                    .toArray();
            step = Math.max(step, QuasarsCheck.quantile(flux, 0.99) - QuasarsCheck.quantile(flux, 0.02));
        }
        return LinePlot.svg(
                "Quasars as observed and at rest",
                "wavelength [Angstrom]",
                List.of(
                        new LinePlot.Panel("flux as observed", shifted(spectra, shown, step, true)),
                        new LinePlot.Panel("flux at rest", shifted(spectra, shown, step, false))));
    }

    /** Quasars whose redshifts lie nearest to a tenth, a half and nine tenths of the largest. */
    private static int[] spread(double[] redshift) {
        double most = Arrays.stream(redshift).max().orElseThrow();
        return Arrays.stream(new double[] {0.9, 0.5, 0.1})
                .mapToInt(share -> IntStream.range(0, redshift.length)
                        .reduce((a, b) ->
                                Math.abs(redshift[b] - share * most) < Math.abs(redshift[a] - share * most) ? b : a)
                        .orElseThrow())
                .toArray();
    }

    private static List<LinePlot.Series> shifted(QuasarSpectra spectra, int[] shown, double step, boolean observed) {
        List<LinePlot.Series> noise = new ArrayList<>();
        List<LinePlot.Series> truth = new ArrayList<>();
        for (int s = 0; s < shown.length; s++) {
            int j = shown[s];
            double up = s * step;
            double stretch = observed ? 1 + spectra.redshift()[j] : 1;
            noise.add(series(
                    "",
                    LinePlot.Style.GREY,
                    spectra,
                    j,
                    stretch,
                    i -> up + spectra.flux().get(i, j)));
            String name = String.format(
                    Locale.ROOT,
                    "z = %.2f%s",
                    spectra.redshift()[j],
                    s == 0 ? "" : String.format(Locale.ROOT, ", + %.1f", up));
            truth.add(series(
                    name,
                    STYLES[s],
                    spectra,
                    j,
                    stretch,
                    i -> up + spectra.truth().get(i, j)));
        }
        noise.addAll(truth);
        return noise;
    }

    /**
     * Figure 5: the summed weight of each pixel, then every noise-free template over the noisy one that is most like it,
     * the first one scaled to a largest value of 1 and the second one to the first by least squares.
     */
    static String templates(QuasarSpectra seen, Dense noisy, Dense clean) {
        double[] wavelength = seen.wavelength();
        double[] weight = Arrays.stream(seen.weights().array())
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        List<LinePlot.Panel> panels = new ArrayList<>();
        panels.add(new LinePlot.Panel(
                "summed weight", List.of(new LinePlot.Series("", LinePlot.Style.BLUE, wavelength, weight))));
        Dense ours = noisy.transpose();
        Dense truth = clean.transpose();
        int[] match = Alignment.of(noisy, clean).match();
        for (int k = 0; k < truth.rows(); k++) {
            double[] t = truth.row(k).clone();
            double[] o = ours.row(match[k]).clone();
            double largest = Arrays.stream(t).max().orElseThrow();
            double scale = dot(t, o) / dot(o, o);
            // Single noisy pixels at the thin end would hide all others.
            Arrays.setAll(o, i -> o[i] * scale / largest > HIGHEST ? Double.NaN : o[i] * scale / largest);
            Arrays.setAll(t, i -> t[i] / largest);
            panels.add(new LinePlot.Panel(
                    "template " + (k + 1),
                    List.of(
                            new LinePlot.Series(k == 0 ? "from noisy spectra" : "", LinePlot.Style.GREY, wavelength, o),
                            new LinePlot.Series(
                                    k == 0 ? "from noise-free spectra" : "", LinePlot.Style.RED, wavelength, t))));
        }
        return LinePlot.svg("Quasars: templates", "rest wavelength [Angstrom]", panels);
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    /** Spectra per bin, as steps; the outermost percent on either side is left out. */
    static String histogram(double[] difference) {
        double low = QuasarsCheck.quantile(difference, 0.01);
        double width = (QuasarsCheck.quantile(difference, 0.99) - low) / BINS;
        double[] count = new double[BINS];
        for (double d : difference) {
            int bin = (int) Math.floor((d - low) / width);
            if (bin >= 0 && bin < BINS) {
                count[bin]++;
            }
        }
        double[] x = new double[2 * BINS];
        double[] y = new double[2 * BINS];
        Arrays.setAll(x, i -> low + width * ((i + 1) / 2));
        Arrays.setAll(y, i -> count[i / 2]);
        double median = QuasarsCheck.quantile(difference, 0.5);
        double top = Arrays.stream(count).max().orElseThrow();
        return LinePlot.svg(
                "Quasars: noisy against noise-free templates",
                "χ² with noisy templates − χ² with noise-free templates",
                List.of(new LinePlot.Panel(
                        "spectra per bin",
                        List.of(
                                new LinePlot.Series("new spectra", LinePlot.Style.BLUE, x, y),
                                new LinePlot.Series(
                                        "median",
                                        LinePlot.Style.GREY_DASHED,
                                        new double[] {median, median},
                                        new double[] {0, top})))));
    }

    static String reconstructions(
            QuasarSpectra spectra, Dense noisy, double[][] byNoisyOnes, Dense clean, double[][] byCleanOnes) {
        List<LinePlot.Panel> panels = new ArrayList<>();
        for (int q = 0; q < SHOWN; q++) {
            int j = q;
            IntToDoubleFunction byNoisy = i -> QuasarsCheck.mean(noisy.row(i), byNoisyOnes[j]);
            IntToDoubleFunction byClean = i -> QuasarsCheck.mean(clean.row(i), byCleanOnes[j]);
            panels.add(new LinePlot.Panel(
                    String.format(Locale.ROOT, "flux at z = %.2f", spectra.redshift()[j]),
                    List.of(
                            series(
                                    "data",
                                    LinePlot.Style.POINTS,
                                    spectra,
                                    j,
                                    1 + spectra.redshift()[j],
                                    i -> spectra.flux().get(i, j)),
                            series(
                                    "noisy templates",
                                    LinePlot.Style.RED,
                                    spectra,
                                    j,
                                    1 + spectra.redshift()[j],
                                    byNoisy),
                            series(
                                    "noise-free templates",
                                    LinePlot.Style.BLUE,
                                    spectra,
                                    j,
                                    1 + spectra.redshift()[j],
                                    byClean),
                            series(
                                    "truth",
                                    LinePlot.Style.BLACK,
                                    spectra,
                                    j,
                                    1 + spectra.redshift()[j],
                                    i -> spectra.truth().get(i, j)))));
        }
        return LinePlot.svg("Quasars: reconstructions of new spectra", "observed wavelength [Angstrom]", panels);
    }

    /** Where the spectrum was observed; wavelengths are those at rest times the stretch. */
    private static LinePlot.Series series(
            String name,
            LinePlot.Style style,
            QuasarSpectra spectra,
            int j,
            double stretch,
            IntToDoubleFunction value) {
        int[] seen = IntStream.range(0, spectra.wavelength().length)
                .filter(i -> spectra.weights().get(i, j) > 0)
                .toArray();
        return new LinePlot.Series(
                name,
                style,
                Arrays.stream(seen)
                        .mapToDouble(i -> stretch * spectra.wavelength()[i])
                        .toArray(),
                Arrays.stream(seen).mapToDouble(value).toArray());
    }
}
