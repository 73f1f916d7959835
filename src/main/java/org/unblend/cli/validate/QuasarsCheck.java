package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.unblend.io.AtomicFile;
import org.unblend.math.BlockPivoting;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.Watcher;
import org.unblend.nmf.WeightedDescent;
import org.unblend.nmf.start.Growth;
import org.unblend.plot.LinePlot;
import org.unblend.simulate.QuasarSpectra;
import org.unblend.simulate.QuasarSurvey;

/**
 * Templates of quasars from noisy and from noise-free spectra with the same weights, each fitted by non-negative least
 * squares to noisy spectra that neither saw. Keys: {@code negative}, fraction of the observed training data that is
 * negative; {@code missing}, fraction that is not observed; {@code difference}, median over the new spectra of chi2 with
 * noisy templates minus chi2 with noise-free ones, in units of the median chi2; {@code ratio}, the same median over {@code
 * r sum_i 1/n_i} with n_i training spectra in each pixel i of a spectrum, what the noise of the templates costs.
 *
 * <p>Draws {@code chi2.svg}, the histogram, and {@code reconstructions.svg} of three spectra.
 */
record QuasarsCheck(QuasarSurvey training, int validation) implements Check {
    private static final int RANK = 5;
    private static final int BINS = 60;
    private static final int SHOWN = 3;
    private static final StopRule STOP = new StopRule(500, 1e-7, 1e-3, 10);

    static final QuasarsCheck STANDARD = new QuasarsCheck(QuasarSurvey.STANDARD, 5000);

    /** Strengths and chi2 of spectra fitted with fixed templates. */
    private record Projected(double[][] strength, double[] chi2) {}

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        QuasarSpectra seen = QuasarSpectra.simulate(training, RandomStream.of(1));
        QuasarSpectra fresh = QuasarSpectra.simulate(training.size(validation, training.pixels()), RandomStream.of(2));
        told.accept("  templates from noisy spectra ...");
        Dense noisy = templates(seen.flux(), seen.weights(), parallel);
        told.accept("  templates from noise-free spectra ...");
        Dense clean = templates(seen.truth(), seen.weights(), parallel);
        Projected withNoisy = project(noisy, fresh, parallel);
        Projected withClean = project(clean, fresh, parallel);
        double[] difference = new double[validation];
        Arrays.setAll(difference, j -> withNoisy.chi2[j] - withClean.chi2[j]);
        double[] expected = expected(seen.weights(), fresh.weights());
        Map<String, Measured> ours = new LinkedHashMap<>();
        observed(seen, ours);
        double median = quantile(difference, 0.5);
        ours.put("difference", Measured.exact(median / quantile(withClean.chi2, 0.5)));
        ours.put("ratio", Measured.exact(median / quantile(expected, 0.5)));
        AtomicFile.write(folder.resolve("chi2.svg"), histogram(difference));
        AtomicFile.write(
                folder.resolve("reconstructions.svg"), reconstructions(fresh, noisy, withNoisy, clean, withClean));
        return ours;
    }

    private static Dense templates(Dense flux, Dense weights, Parallel parallel) {
        FactorProblem problem = FactorProblem.of(flux, Loss.NORMAL, RANK, Penalty.NONE, Penalty.NONE)
                .weighted(weights);
        WeightedDescent solver = new WeightedDescent();
        Factors start = Growth.of(problem, solver, Growth.BRIEF, RandomStream.of(3), parallel);
        return solver.solve(problem, start, STOP, parallel, Watcher.NONE)
                .factors()
                .w();
    }

    /** Exact non-negative least squares of every spectrum. */
    private static Projected project(Dense w, QuasarSpectra spectra, Parallel parallel) {
        double[][] flux = spectra.flux().transpose().array();
        double[][] weights = spectra.weights().transpose().array();
        int n = flux.length;
        Projected projected = new Projected(new double[n][w.columns()], new double[n]);
        parallel.forRanges(n, 64, (from, to) -> {
            for (int j = from; j < to; j++) {
                projected.chi2[j] = project(w, flux[j], weights[j], projected.strength[j]);
            }
        });
        return projected;
    }

    private static double project(Dense w, double[] flux, double[] weights, double[] strength) {
        int r = strength.length;
        double[][] gram = new double[r][r];
        double[] pull = new double[r];
        for (int i = 0; i < flux.length; i++) {
            double[] t = w.row(i);
            for (int k = 0; weights[i] > 0 && k < r; k++) {
                pull[k] += weights[i] * t[k] * flux[i];
                for (int l = 0; l < r; l++) {
                    gram[k][l] += weights[i] * t[k] * t[l];
                }
            }
        }
        new BlockPivoting(gram).solve(pull, strength);
        double chi2 = 0;
        for (int i = 0; i < flux.length; i++) {
            double off = flux[i] - mean(w.row(i), strength);
            chi2 += weights[i] * off * off;
        }
        return chi2;
    }

    private static double mean(double[] template, double[] strength) {
        double mean = 0;
        for (int k = 0; k < strength.length; k++) {
            mean += template[k] * strength[k];
        }
        return mean;
    }

    /** The rise of chi2 of each new spectrum by the noise of templates, r parameters per pixel from n spectra. */
    private static double[] expected(Dense seen, Dense fresh) {
        double[] expected = new double[fresh.columns()];
        for (int i = 0; i < seen.rows(); i++) {
            long n = Arrays.stream(seen.row(i)).filter(v -> v > 0).count();
            for (int j = 0; j < expected.length; j++) {
                expected[j] += n > 0 && fresh.get(i, j) > 0 ? (double) RANK / n : 0;
            }
        }
        return expected;
    }

    private static void observed(QuasarSpectra spectra, Map<String, Measured> ours) {
        double observed = 0;
        double negative = 0;
        for (int i = 0; i < spectra.flux().rows(); i++) {
            for (int j = 0; j < spectra.flux().columns(); j++) {
                observed += spectra.weights().get(i, j) > 0 ? 1 : 0;
                negative += spectra.flux().get(i, j) < 0 ? 1 : 0;
            }
        }
        double all = (double) spectra.flux().rows() * spectra.flux().columns();
        ours.put("missing", Measured.exact(1 - observed / all));
        ours.put("negative", Measured.exact(negative / observed));
    }

    private static double quantile(double[] x, double p) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        return sorted[(int) (p * (sorted.length - 1))];
    }

    /** Spectra per bin, as steps; the outermost percent on either side is left out. */
    private static String histogram(double[] difference) {
        double low = quantile(difference, 0.01);
        double width = (quantile(difference, 0.99) - low) / BINS;
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
        double median = quantile(difference, 0.5);
        double top = Arrays.stream(count).max().orElseThrow();
        return LinePlot.svg(
                "Quasars: noisy against noise-free templates",
                "chi2 with noisy templates − chi2 with noise-free templates",
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

    private static String reconstructions(
            QuasarSpectra spectra, Dense noisy, Projected withNoisy, Dense clean, Projected withClean) {
        List<LinePlot.Panel> panels = new ArrayList<>();
        for (int q = 0; q < SHOWN; q++) {
            int j = q;
            IntToDoubleFunction byNoisy = i -> mean(noisy.row(i), withNoisy.strength[j]);
            IntToDoubleFunction byClean = i -> mean(clean.row(i), withClean.strength[j]);
            panels.add(new LinePlot.Panel(
                    String.format(Locale.ROOT, "flux at z = %.2f", spectra.redshift()[j]),
                    List.of(
                            series(
                                    "data",
                                    LinePlot.Style.POINTS,
                                    spectra,
                                    j,
                                    i -> spectra.flux().get(i, j)),
                            series("noisy templates", LinePlot.Style.RED, spectra, j, byNoisy),
                            series("noise-free templates", LinePlot.Style.BLUE, spectra, j, byClean),
                            series(
                                    "truth",
                                    LinePlot.Style.BLACK,
                                    spectra,
                                    j,
                                    i -> spectra.truth().get(i, j)))));
        }
        return LinePlot.svg("Quasars: reconstructions of new spectra", "observed wavelength [Angstrom]", panels);
    }

    /** Where the spectrum was observed, in the observer's frame. */
    private static LinePlot.Series series(
            String name, LinePlot.Style style, QuasarSpectra spectra, int j, IntToDoubleFunction value) {
        int[] seen = IntStream.range(0, spectra.wavelength().length)
                .filter(i -> spectra.weights().get(i, j) > 0)
                .toArray();
        double stretch = 1 + spectra.redshift()[j];
        return new LinePlot.Series(
                name,
                style,
                Arrays.stream(seen)
                        .mapToDouble(i -> stretch * spectra.wavelength()[i])
                        .toArray(),
                Arrays.stream(seen).mapToDouble(value).toArray());
    }
}
