package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.ForwardModelContract;
import org.unblend.model.InvalidModel;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

class OneZoneModelTest extends ForwardModelContract {
    private static final List<String> LINES = List.of("CO(3-2)", "HCO+ 4-3", "CO(6-5)");

    @Override
    protected ForwardModel model() {
        return model(LINES);
    }

    private static OneZoneModel model(List<String> lines) {
        try {
            return OneZoneModel.of(MoleculeCatalog.builtIn(), new Axis("line", lines), 2.73);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected double[] point(RandomSource random) {
        return new double[] {
            10 + 290 * random.nextOpen(),
            Math.pow(10, 1 + 9 * random.nextOpen()),
            1 + 99 * random.nextOpen(),
            Math.pow(10, 5 + 16 * random.nextOpen()),
            Math.pow(10, 5 + 16 * random.nextOpen())
        };
    }

    @Test
    void hasOnePortForEachMolecule() {
        assertEquals(
                List.of("tkin", "n_h2", "dv", "N_CO/dv", "N_HCO+/dv"),
                model().inputs().stream().map(Port::name).toList());
        assertEquals(new Support(10, 300), model().inputs().get(0).domain());
        assertTrue(model().inputs().get(1).domain().contains(new Support(1e2, 1e7)));
        assertEquals(LINES, model().output().labels());
        assertEquals("line", model().output().name());
        assertTrue(model().citations().stream().anyMatch(c -> c.contains("van der Tak et al. 2007")));
        assertTrue(model().citations().stream().anyMatch(c -> c.contains("Flower 1999")));
    }

    @Test
    void isTheSolverForEachMolecule() throws IOException {
        double[] in = {40, 1e5, 30, 1e17, 1e13};
        double[] out = new double[3];
        RowStatus[] status = new RowStatus[1];
        model().evaluate(in, out, status, 1);
        OneZone co = new OneZone(MoleculeCatalog.builtIn().find("CO"), Geometry.SPHERE);
        ZoneState s = co.newState();
        co.solve(40, Densities.h2(1e5), 1e17, 2.73, s);
        assertEquals(s.flux(2, 30), out[0]);
        assertEquals(s.flux(5, 30), out[2]);
    }

    @Test
    void intensitiesGrowWithTheWidthAtFixedColumnOverWidth() {
        double[] in = {40, 1e5, 1, 1e17, 1e13, 40, 1e5, 100, 1e17, 1e13};
        double[] out = new double[6];
        model().evaluate(in, out, new RowStatus[2], 2);
        for (int i = 0; i < 3; i++) {
            assertEquals(100 * out[i], out[3 + i], 1e-12 * out[3 + i]);
        }
    }

    @Test
    void convergesAllOverItsDomain() {
        // 3,000 points of a range that the solver was not tuned on, corners of the domain among them.
        OneZoneModel m = model(List.of("CO(3-2)", "CS(7-6)", "HCN(4-3)", "HCO+(4-3)"));
        int rows = 3000;
        int inputs = m.inputs().size();
        double[] in = new double[rows * inputs];
        RandomSource random = RandomStream.of(23).generator();
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < inputs; i++) {
                Support d = m.inputs().get(i).domain();
                double u = Math.min(1, Math.max(0, 1.1 * random.nextOpen() - 0.05));
                in[r * inputs + i] = Math.min(d.high(), Math.max(d.low(), d.low() * Math.pow(d.high() / d.low(), u)));
            }
        }
        RowStatus[] status = new RowStatus[rows];
        m.evaluate(in, new double[rows * 4], status, rows);
        assertEquals(rows, Arrays.stream(status).filter(s -> s == RowStatus.OK).count());
    }

    @Test
    void takesFilesAndTheirTemperatures(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("xyp.dat"), MiniMolecule.ROTOR);
        Files.writeString(directory.resolve("z.dat"), MiniMolecule.PAIR);
        MoleculeCatalog files = MoleculeCatalog.lamda(directory);
        OneZoneModel z = OneZoneModel.of(files, Axis.of("line", "Z(1_1.5-0_0.5)"), 2.73);
        assertEquals(new Support(10, 1000), z.inputs().get(0).domain());
        // Rates with para-H2 at one temperature only leave no range of temperatures.
        assertThrows(InvalidModel.class, () -> OneZoneModel.of(files, Axis.of("line", "XY+(1-0)"), 2.73));
        Files.writeString(directory.resolve("he.dat"), MiniMolecule.PAIR.replace("1 Z with H2", "6 Z with He"));
        InvalidModel e = assertThrows(
                InvalidModel.class,
                () -> OneZoneModel.of(files, Axis.of("line", "Z(1_1.5-0_0.5)", "He(1_1.5-0_0.5)"), 2.73));
        assertTrue(e.getMessage().contains("no rates with H2"), e::getMessage);
    }

    @Test
    void tellsEveryFlaw() {
        InvalidModel e = assertThrows(
                InvalidModel.class, () -> model(List.of("CO(3-2)", "co 3-2", "XY(1-0)", "HCN(40-39)", "nonsense")));
        assertEquals(4, e.flaws().size(), e::getMessage);
        assertTrue(e.getMessage().contains("listed twice"), e::getMessage);
        assertTrue(e.getMessage().contains("[CO, 13CO, C18O, CS, HCN, HNC, HCO+, N2H+, SiO]"), e::getMessage);
        assertTrue(e.getMessage().contains("HCN has no line 40-39"), e::getMessage);
        assertThrows(InvalidModel.class, () -> model(List.of()));
        for (double tbg : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    InvalidModel.class, () -> OneZoneModel.of(MoleculeCatalog.builtIn(), new Axis("line", LINES), tbg));
        }
    }
}
