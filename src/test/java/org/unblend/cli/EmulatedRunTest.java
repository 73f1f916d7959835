package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.chemistry.AbundanceModel;
import org.unblend.chemistry.BuiltInNetwork;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.density.CompiledModel;
import org.unblend.emulator.Emulator;
import org.unblend.infer.Samples;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.RowStatus;
import org.unblend.radiative.BrightnessModel;
import org.unblend.radiative.MoleculeCatalog;

/** Shipped emulators, and model files that name emulators. */
class EmulatedRunTest {
    @TempDir
    Path directory;

    /** A copy of the shipped run whose model may be edited. */
    @BeforeEach
    void copy() throws IOException {
        for (String file : new String[] {
            "models/one-phase-lines-emulated.json", "models/lines-co.json", "models/lines-hcn.json",
            "models/lines-hcop.json", "models/lines-cs.json", "priors/ngc1068.json",
            "runs/ngc1068-lines-emulated.json", "runs/data/ngc1068-east-knot.csv"
        }) {
            Files.createDirectories(directory.resolve(file).getParent());
            Files.copy(Path.of(file), directory.resolve(file));
        }
    }

    private Cli check() {
        return Cli.run("check", directory.resolve("runs/ngc1068-lines-emulated.json"));
    }

    private void refused(String from, String to, String code, String reason) throws IOException {
        Path model = directory.resolve("models/one-phase-lines-emulated.json");
        String before = Files.readString(model);
        assertTrue(before.contains(from), from);
        Files.writeString(model, before.replace(from, to));
        Cli cli = check();
        assertAll(
                () -> assertEquals(2, cli.exit(), cli.out() + cli.err()),
                () -> assertTrue(cli.err().contains("error[" + code + "]"), cli.err()),
                () -> assertTrue(cli.err().contains(reason), cli.err()));
        Files.writeString(model, before);
    }

    @Test
    void theShippedRunIsSound() {
        Cli cli = check();
        assertEquals(0, cli.exit(), cli.err());
    }

    /** The emulator of abundances knows 1e4 to 1e6 hydrogen nuclei per cm3: one end of it, and the middle of all intervals. */
    @Test
    void edgesOfEmulatorsAreSeenInDraws() {
        CompiledModel model =
                RunLoader.load(Path.of("runs/ngc1068.json"), Optional.empty()).model();
        double[] middle = {10, 1e5, 30, 30, 50, 0.7, 40, 0.5};
        int d = model.dimension();
        double[] theta = Arrays.copyOf(middle, 4 * d);
        for (int r = 1; r < 4; r++) {
            System.arraycopy(middle, 0, theta, r * d, d);
        }
        theta[d + 1] = 0.99e6;
        theta[2 * d + 4] = 10.1;
        theta[3 * d + 1] = 0.9e6;
        assertArrayEquals(new boolean[] {false, true, true, false}, model.nearEdge(theta, 4));
        Samples draws = new Samples(
                model.names(),
                theta,
                new double[4],
                new double[] {Math.log(2), 0, 0, Double.NEGATIVE_INFINITY},
                Optional.empty());
        assertTrue(EdgeCheck.of(model, draws, Parallel.SERIAL)
                .orElseThrow()
                .message()
                .startsWith("50 % of the posterior"));
        assertEquals(
                Optional.empty(),
                EdgeCheck.of(
                        model,
                        new Samples(model.names(), middle, new double[1], new double[1], Optional.empty()),
                        Parallel.SERIAL));
    }

    @Test
    void mistakesAreNamed() throws IOException {
        refused("line-emulator", "line-imitator", "M055", "'line-imitator'");
        String second = "\"error\": \"E_source\"";
        refused(second, "\"give\": \"errors\"", "E030", "did you mean 'error'?");
        refused(second, second + ", \"give\": \"error\"", "E030", "cannot be given beside an error");
        refused(second, "\"error\": \"I_source\"", "M040", "two nodes are called 'I_source'");
        refused(second, "\"error\": \"\"", "E030", "the node of the errors has no name");
        refused(second, "\"error\": 3", "J005", "a text is expected");
        refused("\"lines-hcop.json\", ", "", "E031", "no emulator for HCO+");
        refused("lines-hcop.json", "lines-hco.json", "F002", "no such file");
        refused("\"CO(6-5)\"", "\"CO(16-15)\"", "E031", "no output 'CO(16-15)'");
        refused(
                "[\"lines-co.json\", \"lines-hcn.json\", \"lines-hcop.json\", \"lines-cs.json\"]",
                "[]",
                "E032",
                "no emulator is named");
        refused("\"model\": \"line-emulator\"", "\"model\": \"gas-lines\"", "J008", "'chemistry' is missing");
        refused(
                "\"model\": \"line-emulator\"",
                "\"model\": \"gas-lines\", \"chemistry\": \"lines-co.json\", \"lines\": \"direct\"",
                "E034",
                "has no output 'CO'");
        refused(
                "\"model\": \"line-emulator\"",
                "\"model\": \"gas-lines\", \"chemistry\": { \"network\": \"none.csv\" }, \"lines\": \"direct\"",
                "F002",
                "none.csv cannot be read");
        refused(
                "\"model\": \"line-emulator\"",
                "\"model\": \"gas-lines\", \"h2_density\": \"half\", \"chemistry\": \"lines-co.json\"",
                "E033",
                "no way to count H2");
    }

    /** Two nodes of one evaluation say what a node each says. */
    @Test
    void errorsMayHaveANodeOfTheirOwn() throws IOException {
        Path run = directory.resolve("runs/ngc1068-lines-emulated.json");
        CompiledModel together = RunLoader.load(run, Optional.empty()).model();
        Path model = directory.resolve("models/one-phase-lines-emulated.json");
        String before = Files.readString(model);
        int from = before.indexOf("    { \"forward\"");
        int to = before.indexOf("    { \"scale\"");
        String node = before.substring(from, to);
        String apart = node.replace("\"error\": \"E_source\", ", "")
                + node.replace("I_source", "E_source").replace("\"error\": \"E_source\"", "\"give\": \"error\"");
        Files.writeString(model, before.substring(0, from) + apart + before.substring(to));
        CompiledModel each = RunLoader.load(run, Optional.empty()).model();
        assertFalse(together.fingerprint().equals(each.fingerprint()));
        double[] theta = together.priorDraws(50, RandomStream.of(3).generator());
        for (String name : new String[] {"I_source", "E_source", "sd"}) {
            assertArrayEquals(each.values(name, theta, 50), together.values(name, theta, 50), name);
        }
        assertTrue(together.values("E_source", theta, 1)[0] > 0);
    }

    @Test
    void aDamagedEmulatorIsNoticed() throws IOException {
        Path file = directory.resolve("models/lines-co.json");
        String text = Files.readString(file);
        int at = text.indexOf("\"float32_le\" : \"") + 2000;
        Files.writeString(file, text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1));
        Cli cli = check();
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("error[E003]") && cli.err().contains("checksum"), cli.err());
        assertFalse(cli.err().contains("internal"), cli.err());
    }

    @Test
    void theShippedRunsWithChemistryAreSound() {
        for (String run : new String[] {"ngc1068", "ngc1068-without-hcop"}) {
            Cli cli = Cli.run("check", Path.of("runs", run + ".json"));
            assertEquals(0, cli.exit(), cli.err());
        }
    }

    /** On 60 points; the 95th percentile of 60 may be that of the 98th per cent. */
    @Test
    void shippedAbundancesAreThoseOfTheChemistry() {
        Emulator e = EmulatorFile.read(Path.of("models", "abundances.json"));
        AbundanceModel direct = new AbundanceModel(
                new ChemistryModel(
                        BuiltInNetwork.network(), ChemistrySettings.STANDARD.with(ChemistrySettings.Phases.STATIC)),
                e.output().labels());
        assertEquals(direct.fingerprint(), e.card().fingerprint());
        RandomSource random = RandomStream.of(78).generator();
        double[] in = new double[6 * 60];
        for (int i = 0; i < in.length; i++) {
            in[i] = e.domain().get(i % 6).at(random.nextOpen());
        }
        double[] truth = new double[9 * 60];
        double[] given = new double[9 * 60];
        direct.evaluate(in, truth, new RowStatus[60], 60);
        e.evaluate(in, given, new RowStatus[60], 60);
        for (int k = 0; k < 4; k++) {
            int column = k;
            double[] errors = IntStream.range(0, 60)
                    .mapToDouble(r ->
                            Math.abs(Math.log10(given[9 * r + column] / Math.max(1e-14, truth[9 * r + column]))))
                    .sorted()
                    .toArray();
            double limit = k == 0 ? 0.05 : 0.1;
            assertTrue(errors[30] < limit / 2, e.output().labels().get(k) + Arrays.toString(errors));
            assertTrue(errors[56] < 2 * limit, e.output().labels().get(k) + Arrays.toString(errors));
        }
    }

    /** The claim of the shipped files, on fewer points: median within 1 %, 95th percentile within 5 %. */
    @Test
    void shippedEmulatorsSayWhatTheRadiativeTransferSays() throws IOException {
        for (String molecule : new String[] {"CO", "CS", "HCN", "HCO+"}) {
            Path file = Path.of("models", "lines-" + MoleculeCatalog.key(molecule) + ".json");
            assertTrue(Files.size(file) < 2_000_000);
            Emulator e = EmulatorFile.read(file);
            BrightnessModel direct =
                    new BrightnessModel(MoleculeCatalog.builtIn().find(molecule), 10, 2.73);
            RandomSource random = RandomStream.of(77).split(molecule).generator();
            double[] in = new double[3 * 400];
            for (int i = 0; i < in.length; i++) {
                in[i] = e.domain().get(i % 3).at(random.nextOpen());
            }
            double[] truth = new double[4000];
            double[] given = new double[4000];
            direct.evaluate(in, truth, new RowStatus[400], 400);
            e.evaluate(in, given, new RowStatus[400], 400);
            double[] errors = IntStream.range(0, 4000)
                    .filter(i -> truth[i] > 0.1)
                    .mapToDouble(i -> Math.abs(given[i] / truth[i] - 1))
                    .sorted()
                    .toArray();
            assertTrue(errors.length > 1000, molecule + ": " + errors.length);
            assertTrue(errors[errors.length / 2] < 0.01, molecule + Arrays.toString(errors));
            assertTrue(errors[errors.length * 95 / 100] < 0.05, molecule + Arrays.toString(errors));
        }
    }
}
