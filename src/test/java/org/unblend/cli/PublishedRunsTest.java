package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    @BeforeAll
    static void simulate() {
        doublet = GaussianDoublet.simulate(80, 60, RandomStream.of(1));
        spikes = NeuralAssemblies.simulate(
                new NeuralAssemblies.Recording(80, 400, 5, 0.1, 0.15, 5, 2), RandomStream.of(1));
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
        }
        assertEquals(csv(doublet.flux(), 0.01), Files.readString(DATA.resolve("doublet.csv")));
        assertEquals(csv(clipped(doublet.flux()), 0.01), Files.readString(DATA.resolve("doublet-clipped.csv")));
        assertEquals(csv(doublet.weights(), 0.0001), Files.readString(DATA.resolve("doublet-weights.csv")));
        assertEquals(csv(spikes.counts(), 1), Files.readString(DATA.resolve("assemblies.csv")));
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

    @Test
    void assembliesAreFound() {
        Alignment found = Alignment.of(spikes.w(), factor(run("assemblies"), "W"));
        for (double cosine : found.cosine()) {
            assertTrue(cosine > 0.98, Arrays.toString(found.cosine()));
        }
    }
}
