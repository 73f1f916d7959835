package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
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
import org.unblend.simulate.QuasarSpectra;
import org.unblend.simulate.QuasarSurvey;

/**
 * Templates of quasars from noisy and from noise-free spectra with the same weights, each fitted by non-negative least
 * squares to noisy spectra that neither saw. Keys: {@code negative}, fraction of the observed training data that is
 * negative; {@code missing}, fraction that is not observed; {@code difference}, median over the new spectra of chi2 with
 * noisy templates minus chi2 with noise-free ones, in units of the median chi2; {@code ratio}, the same median over {@code
 * r sum_i 1/n_i} with n_i training spectra in each pixel i of a spectrum, what the noise of the templates costs.
 *
 * <p>Before the fit every spectrum is scaled to the median of one reference quasar over the pixels that it covers, and the
 * ends of the grid, which few spectra cover, are trimmed, as in the paper.
 *
 * <p>Draws what the paper shows in figures 4 to 7: {@code spectra.svg}, {@code templates.svg}, {@code chi2.svg}, {@code
 * reconstructions.svg}.
 */
record QuasarsCheck(QuasarSurvey training, int validation) implements Check {
    private static final int RANK = 5;
    /** Shares of the grid that are trimmed: 50 and 300 of 11,400 pixels in the paper. */
    private static final double TRIMMED_LOW = 50 / 11_400.0;

    private static final double TRIMMED_HIGH = 300 / 11_400.0;
    private static final StopRule STOP = new StopRule(500, 1e-7, 1e-3, 10);

    static final QuasarsCheck STANDARD = new QuasarsCheck(QuasarSurvey.STANDARD, 5000);

    /** Strengths and chi2 of spectra fitted with fixed templates. */
    private record Projected(double[][] strength, double[] chi2) {}

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        QuasarSpectra raw = QuasarSpectra.simulate(training, RandomStream.of(1));
        QuasarSpectra seen = trimmed(raw.renormalised(reference(raw)));
        QuasarSpectra fresh =
                trimmed(QuasarSpectra.simulate(training.size(validation, training.pixels()), RandomStream.of(2)));
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
        // Before trimming: of 11,400 pixels a spectrum covers 4,437, which is what the paper counts.
        observed(raw, ours);
        double median = quantile(difference, 0.5);
        ours.put("difference", Measured.exact(median / quantile(withClean.chi2, 0.5)));
        ours.put("ratio", Measured.exact(median / quantile(expected, 0.5)));
        AtomicFile.write(folder.resolve("spectra.svg"), QuasarFigures.spectra(raw));
        AtomicFile.write(folder.resolve("templates.svg"), QuasarFigures.templates(seen, noisy, clean));
        AtomicFile.write(folder.resolve("chi2.svg"), QuasarFigures.histogram(difference));
        AtomicFile.write(
                folder.resolve("reconstructions.svg"),
                QuasarFigures.reconstructions(fresh, noisy, withNoisy.strength, clean, withClean.strength));
        return ours;
    }

    /** The spectrum of the first quasar, without noise and where it was not observed too. */
    private static double[] reference(QuasarSpectra spectra) {
        double[] reference = new double[spectra.wavelength().length];
        Arrays.setAll(reference, i -> spectra.truth().get(i, 0));
        return reference;
    }

    private static QuasarSpectra trimmed(QuasarSpectra spectra) {
        int pixels = spectra.wavelength().length;
        return spectra.trimmed((int) Math.round(TRIMMED_LOW * pixels), (int) Math.round(TRIMMED_HIGH * pixels));
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

    static double mean(double[] template, double[] strength) {
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

    static double quantile(double[] x, double p) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        return sorted[(int) (p * (sorted.length - 1))];
    }
}
