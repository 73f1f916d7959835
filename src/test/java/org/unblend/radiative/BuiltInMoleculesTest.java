package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInMoleculesTest {
    private static final MoleculeCatalog CATALOG = MoleculeCatalog.builtIn();

    @Test
    void reproducesMeasuredFrequenciesAndEinsteinCoefficients() throws IOException {
        // Rest frequencies [GHz] of well-known lines (Lovas 2004, J. Phys. Chem. Ref. Data 33, 177) and the A of CO
        // 1-0.
        assertFrequency("CO", 1, 115.271202);
        assertFrequency("CO", 3, 345.795990);
        assertFrequency("CS", 2, 97.980953);
        assertFrequency("HCN", 1, 88.631847);
        assertFrequency("HCO+", 1, 89.188526);
        assertFrequency("13CO", 1, 110.201354);
        assertFrequency("C18O", 1, 109.782173);
        assertFrequency("HNC", 1, 90.663564);
        assertFrequency("N2H+", 1, 93.173700);
        assertFrequency("SiO", 2, 86.846995);
        assertEquals(7.203e-8, CATALOG.find("CO").lines().get(0).einsteinA(), 1e-11);
    }

    private static void assertFrequency(String name, int jUp, double ghz) throws IOException {
        assertEquals(1, CATALOG.find(name).lines().get(jUp - 1).frequency() / ghz, 1e-5, name);
    }

    @ParameterizedTest
    @CsvSource({
        "CO, 2, 20",
        "CS, 1, 30",
        "HCN, 1, 20",
        "HCO+, 1, 20",
        "13CO, 2, 20",
        "C18O, 2, 20",
        "HNC, 1, 20",
        "N2H+, 1, 20",
        "SiO, 1, 25"
    })
    void holdsWholeTablesOfReasonableRates(String name, int partners, int maxJ) throws IOException {
        Molecule m = CATALOG.find(name);
        // The file of SiO itself goes down to 1.6e-20 (dJ of 20 and more, extrapolated).
        double least = name.equals("SiO") ? 1e-21 : 1e-18;
        assertEquals(partners, m.collisions().size());
        assertEquals(maxJ + 1, m.levels().size());
        for (CollisionRates r : m.collisions()) {
            assertEquals(maxJ * (maxJ + 1) / 2, r.size());
            assertEquals(10, r.coldest());
            assertEquals(300, r.hottest());
            for (int i = 0; i < r.temperatures(); i++) {
                for (int t = 0; t < r.size(); t++) {
                    assertTrue(r.rate(i, t) > least && r.rate(i, t) < 1e-9, name + " " + r.rate(i, t));
                }
            }
        }
        assertTrue(m.citations().size() >= 4);
    }

    /** Errors against the files that the constants and fits stand for; limits a little above what package fit states. */
    @ParameterizedTest
    @CsvSource({
        "CO, co, 13, 19, 0.002, 0.006",
        "CS, cs, 10, 18, 0.002, 0.010",
        "HCN, hcn, 9, 17, 0.002, 0.010",
        "HCO+, hcop, 8, 15, 0.004, 0.012",
        "13CO, 13co, 12, 18, 0.002, 0.006",
        "C18O, c18o, 11, 17, 0.002, 0.006",
        "HNC, hnc, 9, 17, 0.004, 0.012",
        "N2H+, n2hp, 8, 15, 0.004, 0.012",
        "SiO, sio, 9, 17, 0.004, 0.012"
    })
    void givesTheFluxesOfTheFiles(String name, String file, double low, double high, double median, double p95)
            throws IOException {
        Molecule real = LamdaReader.read(ReferenceData.path("lamda/" + file + ".dat"));
        Molecule builtIn = CATALOG.find(name);
        for (int t = 0; t < builtIn.lines().size(); t++) {
            RadiativeLine a = builtIn.lines().get(t);
            RadiativeLine b = real.lines().get(t);
            assertEquals(1, a.frequency() / b.frequency(), 1e-5, name + " " + t);
            // The file of N2H+ has smaller A at high J than a constant dipole moment gives.
            assertEquals(1, a.einsteinA() / b.einsteinA(), name.equals("N2H+") ? 2e-2 : 1e-3, name + " " + t);
        }
        List<Double> errors = RadiativeFigures.errors(real, builtIn, RadiativeFigures.NARROW, low, high, 1000);
        assertTrue(errors.size() > 3000);
        assertTrue(errors.get(errors.size() / 2) < median, "median " + errors.get(errors.size() / 2));
        assertTrue(errors.get(errors.size() * 95 / 100) < p95, "p95 " + errors.get(errors.size() * 95 / 100));
    }
}
