package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from populations and lines: excitation diagram, profiles, critical densities. */
class ExcitationDiagramTest {
    @TempDir
    Path directory;

    private static LineTable.Point co(double n, double column, double tbg) throws IOException {
        return new LineTable.Point(MoleculeCatalog.builtIn().find("co"), 40, n, column, 2, tbg);
    }

    @Test
    void thinLinesWithoutBackgroundShowThePopulations() throws IOException {
        ExcitationDiagram d = ExcitationDiagram.of(co(1e4, 1e8, 0), 10);
        assertEquals(11, d.energy().length);
        for (int l = 0; l < d.lineEnergy().length; l++) {
            assertEquals(d.energy()[l + 1], d.lineEnergy()[l], 1e-9);
            assertEquals(d.populations()[l + 1], d.fromLines()[l], 1e-5, "line " + (l + 1));
        }
    }

    @Test
    void denseGasIsInEquilibriumAndThickLinesHideIt() throws IOException {
        ExcitationDiagram d = ExcitationDiagram.of(co(1e9, 1e8, 2.73), 10);
        for (int i = 0; i < d.energy().length; i++) {
            assertEquals(d.thermal()[i], d.populations()[i], 2e-3);
        }
        ExcitationDiagram thick = ExcitationDiagram.of(co(1e5, 1e19, 2.73), 10);
        assertTrue(thick.fromLines()[2] < thick.populations()[3] - 2);
        assertThrows(IllegalArgumentException.class, () -> ExcitationDiagram.of(co(1e4, 0, 2.73), 10));
    }

    @Test
    void profilesKeepTheAreaOfThinLinesAndSaturate() {
        double area = 0;
        double step = 0.01;
        for (double v = -20; v < 20; v += step) {
            area += step * LineProfile.at(3, 1e-6, 2, v);
        }
        // Peak times width times sqrt(pi) / (2 sqrt(ln 2)).
        assertEquals(3 * 2 * 1.0644670194312262, area, 1e-5);
        assertEquals(3, LineProfile.at(3, 1e-15, 2, 0));
        assertEquals(1.5, LineProfile.at(3, 0, 2, 1), 1e-12);
        assertEquals(3, LineProfile.at(3, 100, 2, 1), 1e-12);
        assertEquals(-0.2, LineProfile.at(-0.2, 5, 2, 0));
    }

    @Test
    void criticalDensityIsDecayOverCollisionsDownwards() throws IOException {
        Files.writeString(directory.resolve("xy+.dat"), MiniMolecule.ROTOR);
        Files.writeString(directory.resolve("xyp.dat"), MiniMolecule.ROTOR);
        Molecule xy = MoleculeCatalog.lamda(directory).find("XY+");
        double ortho = Densities.orthoToPara(50) / (1 + Densities.orthoToPara(50));
        // Line 2-1 at 50 K: ortho rates 3 -> 1 and 3 -> 2 between their temperatures, para 3 -> 2 alone.
        double x = (50.0 - 10) / 90;
        double down =
                ortho * ((1 - x) * 1.0e-10 + x * 1.5e-10 + (1 - x) * 3.0e-10 + x * 4.0e-10) + (1 - ortho) * 2.0e-10;
        assertEquals(4.0e-4 / down, CriticalDensity.of(xy, xy.lines().get(1), 50), 1e-9 * 4.0e-4 / down);
        assertThrows(
                IllegalArgumentException.class,
                () -> CriticalDensity.of(xy, xy.lines().get(0), Double.NaN));
    }
}
