package org.unblend.chemistry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NetworkReaderTest {
    private static final String KIDA = "!    Reactants                    Products\n"
            + kida("H2         CR", "H2+        e-", "9.300e-01  0.000e+00  0.000e+00", 1, 1, 7)
            + kida("OH         CRP", "O          H", "5.100e+02  0.000e+00  0.000e+00", 2, 1, 8)
            + kida("OH         Photon", "O          H", "3.900e-10  0.000e+00  2.240e+00", 3, 2, 9)
            + kida("CO         H3+", "HCO+       H2", "9.450e-01  1.990e-09  2.510e-01", 4, 4, 10)
            + kida("C+         GRAIN-", "C          GRAIN0", "1.000e+00  0.000e+00  0.000e+00", 0, 0, 11)
            + kida("H2         H2+", "H3+        H", "2.100e-09  0.000e+00  0.000e+00", 4, 3, 12);

    private static String kida(String in, String out, String abc, int type, int formula, int id) {
        return String.format(
                "%-34s%-56s %s 2.00e+00 0.00e+00 logn  %d     10    280 %2d %5d 1  1%n",
                in, out, abc, type, formula, id);
    }

    private static Reaction only(String line) throws NetworkFormatException {
        return NetworkReader.read("f", line, "").reactions().get(0);
    }

    private static NetworkFormatException refused(String text) {
        return assertThrows(NetworkFormatException.class, () -> NetworkReader.read("f", text, ""));
    }

    @Test
    void umistLinesAreRead() throws NetworkFormatException {
        Network n = SmallNetwork.network();
        assertEquals(28, n.reactions().size());
        assertTrue(n.names().containsAll(List.of("He+", "e-", "HCO+", "H2O+")));
        assertEquals(1.36e-17, n.zetaReference());
        Reaction r = n.reactions().get(0);
        assertEquals("H2 + cosmic ray -> H2+ + e-", r.equation());
        assertEquals("made up", r.source());
        Reaction two = n.reactions().get(21);
        assertEquals(5e-11, two.fit(20).alpha());
        assertEquals(2e-11, two.fit(500).alpha());
        assertEquals(5e-11, two.fit(5).alpha(), "below all ranges the lowest is extrapolated");
        assertEquals(2e-11, two.fit(1e6).alpha());
    }

    @Test
    void colonsWithinReferencesAreText() throws NetworkFormatException {
        Reaction r =
                only("7669:NN:OH:H2CO:HCO:H2O:::2:7.73e-12:-1.03:0.00:22:300:L:A:\"10.3847/1538-4357/aa93d9:\":\"O\":"
                        + "7.76e-12:0.82:-30.6:300:3000:L:A:\"10.1051\":\"R, M (2011) fit\":    ");
        assertEquals(7.76e-12, r.fit(1000).alpha());
        assertEquals(300, r.fit(1000).low());
    }

    @Test
    void kidaLinesAreRead() throws NetworkFormatException {
        Network n = NetworkReader.read("k", KIDA, "");
        assertEquals(5, n.reactions().size());
        assertEquals(1, n.skipped().size());
        assertEquals(
                List.of(
                        Reaction.Kind.COSMIC_RAY,
                        Reaction.Kind.COSMIC_RAY,
                        Reaction.Kind.PHOTON,
                        Reaction.Kind.ION_POLAR_1,
                        Reaction.Kind.TWO_BODY),
                n.reactions().stream().map(Reaction::kind).toList());
        assertEquals(0.93 * 1.3e-17, n.reactions().get(0).fits().get(0).alpha(), 1e-25);
    }

    @Test
    void mistakesAreToldWithLineAndColumn() {
        String good = "1:NN:C:OH:CO:H:::1:1E-10:0:0:10:41000:L:C:::\n";
        NetworkFormatException e = refused(good + "2:NN:C:OH:CO:H:::1:1E-10:0:zero:10:41000:L:C:::\n");
        assertEquals(2, e.line());
        assertEquals(28, e.column());
        assertTrue(e.getMessage().contains("gamma is 'zero'"), e.getMessage());
        assertTrue(
                refused("1:XX:C:OH:CO:H:::1:1E-10:0:0:10:41000:L:C:::").reason().contains("type 'XX'"));
        assertTrue(
                refused("1:NN:C:Qq:CO:H:::1:1E-10:0:0:10:41000:L:C:::").reason().contains("'Qq'"));
        assertTrue(refused("1:NN:C:OH:CO2:H:::1:1E-10:0:0:10:41000:L:C:::")
                .reason()
                .contains("not balanced"));
        assertTrue(
                refused("1:NN:C:OH:CO:H:::2:1E-10:0:0:10:41000:L:C:::").reason().contains("missing"));
        assertTrue(
                refused("1:NN:C:OH:CO:H:::0:1E-10:0:0:10:41000:L:C:::").reason().contains("ranges"));
        assertTrue(
                refused("1:NN:C:OH:CO:H:::1:NaN:0:0:10:41000:L:C:::").reason().contains("alpha"));
        assertTrue(refused("1:NN:::CO:H:::1:1E-10:0:0:10:41000:L:C:::").reason().contains("missing"));
        assertTrue(refused("1:NN:C").reason().contains("fields"));
        assertTrue(refused("").reason().contains("no reaction"));
        assertTrue(refused(KIDA.replace("1.990e-09", "1.990x-09")).reason().contains("1.990x-09"));
        assertTrue(refused("C          OH").reason().contains("characters"));
    }

    @Test
    void wholeFilesAreRead() throws IOException {
        Path data =
                Path.of(System.getProperty("unblend.data", "../shared/data")).resolve("chemistry");
        Assumptions.assumeTrue(Files.isDirectory(data), "no reference data at " + data);
        Network rate12 = NetworkReader.read(data.resolve("umist12.csv"));
        assertEquals(6173, rate12.reactions().size());
        assertEquals(
                20, rate12.reactions().stream().filter(r -> r.fits().size() > 1).count());
        // With the electron, as the files' description counts them.
        assertEquals(467, rate12.species().size(), 1);
        Network rate22 = NetworkReader.read(data.resolve("umist22.csv"));
        assertEquals(8766, rate22.reactions().size());
        assertEquals(
                67, rate22.reactions().stream().filter(r -> r.fits().size() > 1).count());
        for (String name : List.of("kida_uva_2014.dat", "kida_uva_2024.in")) {
            Network kida = NetworkReader.read(data.resolve(name));
            assertTrue(
                    kida.reactions().size() > 7000,
                    name + ": " + kida.reactions().size());
            assertTrue(kida.skipped().size() < 60, name + ": " + kida.skipped());
        }
    }

    /** Each network takes gas through both phases, keeps what it must, and gives CO within a factor of 2 of RATE12's. */
    @Test
    @Tag("slow")
    void everyNetworkRuns() throws IOException {
        Path data =
                Path.of(System.getProperty("unblend.data", "../shared/data")).resolve("chemistry");
        Assumptions.assumeTrue(Files.isDirectory(data), "no reference data at " + data);
        Conditions c = new Conditions(20, 1e5, 10, 10, 120, 1);
        double first = Double.NaN;
        for (String name : List.of("umist12.csv", "umist22.csv", "kida_uva_2014.dat", "kida_uva_2024.in")) {
            ChemistryResult r = new ChemistryModel(NetworkReader.read(data.resolve(name)), ChemistrySettings.STANDARD)
                    .run()
                    .solve(c);
            assertEquals(ChemistryResult.Status.OK, r.status(), r.message());
            r.drift().forEach((what, drift) -> assertEquals(0, drift, 1e-6, name + " " + what));
            first = Double.isNaN(first) ? r.log10("CO") : first;
            assertEquals(first, r.log10("CO"), 0.3, name);
        }
    }
}
