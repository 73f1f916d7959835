package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.unblend.diagnose.Alignment;
import org.unblend.io.AtomicFile;
import org.unblend.math.Dense;
import org.unblend.math.Digamma;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Hals;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Multiplicative;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.ScoringDescent;
import org.unblend.nmf.Solver;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.start.ManyStarts;
import org.unblend.nmf.start.RandomStart;
import org.unblend.plot.LinePlot;
import org.unblend.simulate.PowerSpectra;

/**
 * Factorises power spectra as they are and with every row multiplied by its own power of two from 1/1024 to 1024. Profiles
 * are compared after that factor is undone, every row in units of the true power of all parts, so that each frequency
 * counts alike. Keys: {@code mu scaled} and {@code mu objective}, the least cosine similarity of a profile of the scaled fit
 * to one of the plain fit less 1, and the relative difference of the objectives, under Gamma noise after equal numbers of
 * multiplicative updates from one start; {@code gamma scaled}, {@code gamma objective} and {@code normal scaled}, cosine
 * and difference of the best plain fit and a scaled fit that starts from it; {@code gamma truth} and {@code normal
 * truth}, cosine of the plain fit to the truth; {@code deviance}, that of the Gamma fit over what its degrees of freedom
 * let expect.
 *
 * <p>Draws {@code profiles.svg}.
 */
record ItakuraSaitoCheck(int bins, int windows, int starts) implements Check {
    private static final int SEGMENTS = 8;
    private static final int PARTS = 3;
    private static final int OCTAVES = 10;
    private static final int UPDATES = 300;
    private static final String[] NAMES = {"background", "theta", "gamma rhythm"};

    static final ItakuraSaitoCheck STANDARD = new ItakuraSaitoCheck(80, 400, 5);

    /** The best fit to plain or to scaled data, its profiles in comparable units. */
    private record Fitted(PointFit fit, Dense profiles) {
        double differenceTo(Fitted other) {
            return Math.abs(other.fit.objective() / fit.objective() - 1);
        }
    }

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        PowerSpectra spectra = PowerSpectra.simulate(bins, windows, SEGMENTS, RandomStream.of(1));
        double[] unit = new double[bins];
        Arrays.fill(unit, 1);
        double[] factors = factors();
        Dense truth = profiles(spectra, spectra.w(), unit);
        Map<String, Measured> ours = new LinkedHashMap<>();
        List<LinePlot.Panel> panels = new ArrayList<>();
        Loss gamma = Loss.gamma(spectra.shape());
        StopRule updates = StopRule.iterations(UPDATES);
        List<Factors> random = starts(spectra);
        Fitted few = fit(spectra, unit, gamma, new Multiplicative(), random.subList(0, 1), updates, parallel);
        Fitted fewScaled = fit(spectra, factors, gamma, new Multiplicative(), random.subList(0, 1), updates, parallel);
        ours.put("mu scaled", Measured.exact(least(few.profiles, fewScaled.profiles) - 1));
        ours.put("mu objective", Measured.exact(few.differenceTo(fewScaled)));
        for (String noise : List.of("gamma", "normal")) {
            Loss loss = noise.equals("gamma") ? gamma : Loss.NORMAL;
            Solver solver = noise.equals("gamma") ? new ScoringDescent() : new Hals();
            Fitted plain = fit(spectra, unit, loss, solver, random, StopRule.STANDARD, parallel);
            List<Factors> again = List.of(plain.fit.factors());
            Fitted scaled = fit(spectra, factors, loss, solver, again, StopRule.STANDARD, parallel);
            ours.put(noise + " scaled", Measured.exact(least(plain.profiles, scaled.profiles)));
            ours.put(noise + " truth", Measured.exact(least(truth, plain.profiles)));
            if (noise.equals("gamma")) {
                ours.put("gamma objective", Measured.exact(plain.differenceTo(scaled)));
                ours.put("deviance", Measured.exact(plain.fit.objective() / expected(spectra)));
            }
            panels.addAll(panels(noise, spectra.frequency(), truth, plain.profiles, scaled.profiles));
        }
        AtomicFile.write(
                folder.resolve("profiles.svg"),
                LinePlot.svg("Power spectra: parts found with and without scaled rows", "frequency [Hz]", panels));
        return ours;
    }

    /** Powers of two, which scale without rounding. */
    private double[] factors() {
        RandomSource source = RandomStream.of(4).generator();
        double[] factors = new double[bins];
        Arrays.setAll(factors, i -> Math.scalb(1.0, (int) Math.rint(OCTAVES * (2 * source.nextOpen() - 1))));
        return factors;
    }

    private List<Factors> starts(PowerSpectra spectra) {
        FactorProblem problem = FactorProblem.of(spectra.power(), Loss.NORMAL, PARTS, Penalty.NONE, Penalty.NONE);
        RandomStream random = RandomStream.of(2);
        return IntStream.range(0, starts)
                .mapToObj(t -> RandomStart.of(problem, random.split(t)))
                .toList();
    }

    /** The best fit to scaled rows from starts in the scale of the plain ones. */
    private static Fitted fit(
            PowerSpectra spectra,
            double[] factors,
            Loss loss,
            Solver solver,
            List<Factors> starts,
            StopRule stop,
            Parallel parallel) {
        FactorProblem problem =
                FactorProblem.of(scaled(spectra.power(), factors), loss, PARTS, Penalty.NONE, Penalty.NONE);
        PointFit fit = ManyStarts.fit(
                        problem,
                        solver,
                        starts.size(),
                        t -> new Factors(
                                scaled(starts.get(t).w(), factors),
                                starts.get(t).h()),
                        stop,
                        parallel)
                .bestFit();
        return new Fitted(fit, profiles(spectra, fit.factors().w(), factors));
    }

    private static Dense scaled(Dense x, double[] factors) {
        Dense y = x.copy();
        for (int i = 0; i < y.rows(); i++) {
            double[] row = y.row(i);
            double factor = factors[i];
            Arrays.setAll(row, j -> row[j] * factor);
        }
        return y;
    }

    /** W with the factors of the rows undone, each row in units of the true power of all parts. */
    private static Dense profiles(PowerSpectra spectra, Dense w, double[] factors) {
        Dense profiles = w.copy();
        for (int i = 0; i < w.rows(); i++) {
            double power = Arrays.stream(spectra.w().row(i)).sum();
            for (int k = 0; k < w.columns(); k++) {
                profiles.row(i)[k] /= factors[i] * power;
            }
        }
        return profiles;
    }

    private static double least(Dense reference, Dense candidate) {
        return Arrays.stream(Alignment.of(reference, candidate).cosine()).min().orElseThrow();
    }

    /**
     * What the objective of a right fit is on average: each free entry of a Gamma variable g of shape c and mean 1 adds
     * {@code c E[g - ln g - 1] = c (ln c - psi(c))}. The same parameters that fit the noise are taken off.
     */
    private double expected(PowerSpectra spectra) {
        double c = spectra.shape();
        double free = (double) bins * windows - PARTS * (bins + windows - PARTS);
        return free * c * (Math.log(c) - Digamma.of(c));
    }

    /** A panel per part; every curve has mean 1. */
    private static List<LinePlot.Panel> panels(
            String noise, double[] frequency, Dense truth, Dense plain, Dense scaled) {
        int[] ofPlain = Alignment.of(truth, plain).match();
        int[] ofScaled = Alignment.of(truth, scaled).match();
        List<LinePlot.Panel> panels = new ArrayList<>();
        for (int k = 0; k < NAMES.length; k++) {
            List<LinePlot.Series> series = new ArrayList<>();
            series.add(curve(NAMES[k] + ", truth", LinePlot.Style.BLACK, frequency, truth, k));
            for (int l = 0; l < ofPlain.length; l++) {
                if (ofPlain[l] == k) {
                    series.add(curve(noise + " noise", LinePlot.Style.BLUE, frequency, plain, l));
                }
            }
            for (int l = 0; l < ofScaled.length; l++) {
                if (ofScaled[l] == k) {
                    series.add(curve(noise + " noise, scaled rows", LinePlot.Style.RED, frequency, scaled, l));
                }
            }
            panels.add(new LinePlot.Panel("share of power", series));
        }
        return panels;
    }

    private static LinePlot.Series curve(String name, LinePlot.Style style, double[] x, Dense profiles, int k) {
        double[] y = profiles.transpose().row(k).clone();
        double mean = Arrays.stream(y).average().orElseThrow();
        Arrays.setAll(y, i -> mean > 0 ? y[i] / mean : 0);
        return new LinePlot.Series(name, style, x, y);
    }
}
