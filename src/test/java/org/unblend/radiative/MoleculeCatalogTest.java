package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoleculeCatalogTest {

    @Test
    void spellingsOfANameAreOneMolecule() throws IOException {
        MoleculeCatalog builtIn = MoleculeCatalog.builtIn();
        for (String name : List.of("HCO+", "hcop", "hco+", "HCOP", " HCO+ ")) {
            assertEquals("HCO+", builtIn.find(name).name());
        }
        assertEquals(List.of("13CO", "C18O", "CO", "CS", "HCN", "HCO+", "HNC", "N2H+", "SiO"), builtIn.names());
    }

    @Test
    void findsFilesOfADirectory(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("xyp.dat"), MiniMolecule.ROTOR);
        Files.writeString(directory.resolve("readme.txt"), "no molecule");
        MoleculeCatalog files = MoleculeCatalog.lamda(directory);
        assertEquals("XY+", files.find("XY+").name());
        assertEquals(List.of("xyp"), files.names());
    }

    @Test
    void isotopologuesTakeTheRatesOfTheMainOne() throws IOException {
        Molecule main = MoleculeCatalog.builtIn().find("CO");
        Molecule rare = MoleculeCatalog.builtIn().find("c18o");
        assertEquals(2, rare.collisions().size());
        assertEquals(
                main.collisions().get(1).at(33, 7), rare.collisions().get(1).at(33, 7));
        assertNotEquals(main.lines().get(0).frequency(), rare.lines().get(0).frequency());
    }

    @Test
    void unknownNamesAreToldWithTheKnownOnes(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("xyp.dat"), MiniMolecule.ROTOR);
        assertTrue(
                message(MoleculeCatalog.builtIn(), "H2O").contains("[CO, 13CO, C18O, CS, HCN, HNC, HCO+, N2H+, SiO]"));
        assertTrue(message(MoleculeCatalog.lamda(directory), "CO").contains("[xyp]"));
        Path inner = Files.createDirectory(directory.resolve("inner"));
        assertTrue(message(MoleculeCatalog.lamda(inner), "../xyp").contains("no molecule"));
        assertTrue(
                message(MoleculeCatalog.lamda(directory.resolve("none")), "CO").contains("is missing"));
        assertTrue(message(MoleculeCatalog.builtIn(), "").contains("no molecule"));
    }

    private static String message(MoleculeCatalog catalog, String name) {
        return assertThrows(IllegalArgumentException.class, () -> catalog.find(name))
                .getMessage();
    }

    @Test
    void fingerprintsFollowTheNumbers() throws IOException {
        String own = MiniMolecule.rotor().fingerprint();
        assertEquals(own, MiniMolecule.rotor().fingerprint());
        String other = MiniMolecule.ROTOR.replace("2.0E-06", "2.1E-06");
        assertNotEquals(own, LamdaReader.read("other", other).fingerprint());
    }

    @Test
    void linesGoByTheLabelsOfTheirLevels() {
        Molecule rotor = MiniMolecule.rotor();
        assertEquals(Optional.of(1), rotor.line("2-1"));
        assertEquals(Optional.of(1), rotor.line("02-01"));
        assertEquals(Optional.empty(), rotor.line("3-1"));
        assertEquals(2, rotor.upperNumber(rotor.lines().get(1)));
        assertEquals("XY+(2-1)", rotor.lineName(rotor.lines().get(1)));
        Molecule pair = MiniMolecule.pair();
        assertEquals(Optional.of(0), pair.line("1_1.5-0_0.5"));
        assertEquals(2, pair.upperNumber(pair.lines().get(0)), "no whole numbers: the level counts from 1");
    }

    @Test
    void moleculesThatCannotBeAreRefused() {
        Molecule m = MiniMolecule.pair();
        RadiativeLine up = new RadiativeLine(0, 1, 1e-4, 300);
        RadiativeLine far = new RadiativeLine(5, 0, 1e-4, 300);
        for (RadiativeLine line : List.of(up, far)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Molecule("Z", 12, m.levels(), List.of(line), m.collisions(), List.of()));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new Molecule("Z", 12, m.levels(), m.lines(), List.of(), List.of()));
        double[] t = {10, 20};
        int[] one = {1};
        int[] zero = {0};
        assertThrows(
                IllegalArgumentException.class,
                () -> new CollisionRates(Partner.H2, "", t, one, zero, new double[] {1e-10, -1}));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CollisionRates(Partner.H2, "", new double[] {20, 10}, one, zero, new double[2]));
        assertThrows(
                IllegalArgumentException.class, () -> new CollisionRates(Partner.H2, "", t, one, one, new double[2]));
        assertThrows(
                IllegalArgumentException.class, () -> new CollisionRates(Partner.H2, "", t, one, zero, new double[3]));
    }
}
