package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.diagnose.Alignment;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;
import org.unblend.math.RandomStream;
import org.unblend.simulate.GaussianDoublet;
import org.unblend.simulate.NeuralAssemblies;
import org.unblend.simulate.QuasarSpectra;
import org.unblend.simulate.QuasarSurvey;

/**
 * The run files of published experiments: their data are those of the simulators, and the fits show what was published.
 * Seeds are fixed, so that nothing is left to chance.
 */
class PublishedRunsTest {
    private static final Path DATA = Path.of("runs/data");

    @TempDir
    Path directory;

    private static GaussianDoublet doublet;
    private static NeuralAssemblies spikes;
    private static QuasarSpectra quasars;

    @BeforeAll
    static void simulate() {
        doublet = GaussianDoublet.simulate(80, 60, RandomStream.of(1));
        spikes = NeuralAssemblies.simulate(
                new NeuralAssemblies.Recording(80, 400, 5, 0.1, 0.15, 5, 2), RandomStream.of(1));
        QuasarSpectra raw = QuasarSpectra.simulate(QuasarSurvey.STANDARD.size(150, 164), RandomStream.of(1));
        double[] first = new double[164];
        Arrays.setAll(first, i -> raw.truth().get(i, 0));
        quasars = raw.renormalised(first).trimmed(1, 4);
    }

    /** A row per pixel, named by its wavelength; blank, or 0 among weights, where nothing was seen. */
    private static String spectra(Dense x, boolean blank) {
        StringBuilder text = new StringBuilder("wavelength");
        for (int j = 1; j <= x.columns(); j++) {
            text.append(",q").append(j);
        }
        text.append('\n');
        for (int i = 0; i < x.rows(); i++) {
            text.append(String.format(Locale.ROOT, "%.1f A", quasars.wavelength()[i]));
            for (int j = 0; j < x.columns(); j++) {
                boolean seen = quasars.weights().get(i, j) > 0;
                text.append(',').append(seen ? String.format(Locale.ROOT, "%.4g", x.get(i, j)) : blank ? "" : "0");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String csv(Dense x, double step) {
        String names =
                IntStream.rangeClosed(1, x.columns()).mapToObj(j -> "s" + j).collect(Collectors.joining(","));
        return Arrays.stream(x.array())
                .map(row -> Arrays.stream(row)
                        .mapToObj(v -> step == 1
                                ? Long.toString(Math.round(v))
                                : Double.toString(Math.round(v / step) / (1 / step)))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", names + "\n", "\n"));
    }

    private static Dense clipped(Dense x) {
        return Dense.of(Arrays.stream(x.array())
                .map(row -> Arrays.stream(row).map(v -> Math.max(0, v)).toArray())
                .toArray(double[][]::new));
    }

    /** The files are written anew with -Dunblend.write=true. */
    @Test
    void dataAreThoseOfTheSimulators() throws IOException {
        if (Boolean.getBoolean("unblend.write")) {
            Files.writeString(DATA.resolve("doublet.csv"), csv(doublet.flux(), 0.01));
            Files.writeString(DATA.resolve("doublet-clipped.csv"), csv(clipped(doublet.flux()), 0.01));
            Files.writeString(DATA.resolve("doublet-weights.csv"), csv(doublet.weights(), 0.0001));
            Files.writeString(DATA.resolve("assemblies.csv"), csv(spikes.counts(), 1));
            Files.writeString(DATA.resolve("quasars.csv"), spectra(quasars.flux(), true));
            Files.writeString(DATA.resolve("quasars-weights.csv"), spectra(quasars.weights(), false));
        }
        assertEquals(csv(doublet.flux(), 0.01), Files.readString(DATA.resolve("doublet.csv")));
        assertEquals(csv(clipped(doublet.flux()), 0.01), Files.readString(DATA.resolve("doublet-clipped.csv")));
        assertEquals(csv(doublet.weights(), 0.0001), Files.readString(DATA.resolve("doublet-weights.csv")));
        assertEquals(csv(spikes.counts(), 1), Files.readString(DATA.resolve("assemblies.csv")));
        assertEquals(spectra(quasars.flux(), true), Files.readString(DATA.resolve("quasars.csv")));
        assertEquals(spectra(quasars.weights(), false), Files.readString(DATA.resolve("quasars-weights.csv")));
    }

    private Path run(String name) {
        Path out = directory.resolve(name);
        Cli cli = Cli.run("run", "runs/" + name + ".json", "--out", out);
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        assertTrue(Files.exists(out.resolve("factors.svg")));
        return out;
    }

    private static Dense factor(Path out, String name) {
        return MatrixReader.read(out.resolve("factors/" + name + ".csv"), false)
                .values()
                .dense();
    }

    /** Green and Bailey (arXiv:2311.04855), figures 1 and 3: far from the lines only clipped data leave an offset. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"doublet,0,0.4", "doublet-nearly,0,0.4", "doublet-shift,0,0.4", "doublet-clipped,1,1.6"})
    void clippingAloneLeavesAnOffset(String name, double least, double most) {
        Path out = run(name);
        Dense w = factor(out, "W");
        Dense h = factor(out, "H");
        double sum = 0;
        int count = 0;
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; Math.abs(doublet.position()[i]) > 15 && j < h.columns(); j++) {
                sum += w.get(i, 0) * h.get(0, j) + w.get(i, 1) * h.get(1, j);
                count++;
            }
        }
        assertTrue(sum / count >= least && sum / count <= most, name + " leaves " + sum / count);
    }

    /**
     * Five templates fit noisy spectra with gaps to the noise and are nearer to the truth than the data: a fraction of
     * parameters over data, 1,545 / 9,000, of the noise stays, and what five templates miss of the lines.
     */
    @Test
    void templatesOfQuasarsAreNearTheTruth() {
        Path out = run("quasars");
        Dense w = factor(out, "W");
        Dense h = factor(out, "H");
        double chi2 = 0;
        double noise = 0;
        double left = 0;
        int n = 0;
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < h.columns(); j++) {
                double v = quasars.weights().get(i, j);
                double mean = 0;
                for (int k = 0; k < 5; k++) {
                    mean += w.get(i, k) * h.get(k, j);
                }
                double x = quasars.flux().get(i, j);
                double truth = quasars.truth().get(i, j);
                chi2 += v * (x - mean) * (x - mean);
                noise += v * (x - truth) * (x - truth);
                left += v * (mean - truth) * (mean - truth);
                n += v > 0 ? 1 : 0;
            }
        }
        int parameters = 5 * (w.rows() + h.columns() - 5);
        String told = chi2 + " of " + (n - parameters) + ", left " + left / noise;
        assertEquals(1, chi2 / (n - parameters), 0.1, told);
        assertTrue(left / noise < 0.3, told);
    }

    @Test
    void assembliesAreFound() {
        Alignment found = Alignment.of(spikes.w(), factor(run("assemblies"), "W"));
        for (double cosine : found.cosine()) {
            assertTrue(cosine > 0.98, Arrays.toString(found.cosine()));
        }
    }
}
