package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LamdaReaderTest {

    @Test
    void readsEveryPartOfAFile() {
        Molecule m = MiniMolecule.rotor();
        assertEquals("XY+", m.name());
        assertEquals(30, m.weight());
        assertEquals(new Level(9, 5, "2"), m.levels().get(2));
        assertEquals(new RadiativeLine(1, 0, 4e-5, 89.94), m.lines().get(0), "exponent with D");
        assertEquals(4e-4, m.lines().get(1).einsteinA(), "exponent of three digits");
        assertEquals(1.4e-3, m.lines().get(2).einsteinA(), "exponent without a letter");
        assertEquals(
                List.of(Partner.ORTHO_H2, Partner.PARA_H2, Partner.ELECTRON),
                m.collisions().stream().map(CollisionRates::partner).toList());
        CollisionRates ortho = m.collisions().get(0);
        assertEquals(0, ortho.rate(0, 3), "a rate may be zero");
        assertEquals(1.2e-10, ortho.rate(1, 4));
        assertTrue(m.citations().contains("XY+ - o-H2  ! invented"), m.citations()::toString);
        assertEquals(1, m.collisions().get(1).temperatures(), "a table may have one temperature");
        assertEquals(1, m.collisions().get(2).size(), "a table may lack pairs of levels");
    }

    @Test
    void readsLabelsWithQuotesAndBlanks() {
        assertEquals("0_0.5", MiniMolecule.pair().levels().get(0).label());
        assertEquals("1_1.5", MiniMolecule.pair().levels().get(1).label());
    }

    @Test
    void interpolatesInTemperatureAndHoldsTheEnds() {
        CollisionRates r = MiniMolecule.rotor().collisions().get(0);
        assertEquals(2.5e-10, r.at(55, 0), 1e-24);
        assertEquals(2e-10, r.at(10, 0));
        assertEquals(2e-10, r.at(1, 0));
        assertEquals(3e-10, r.at(1e4, 0), 1e-24);
        assertEquals(1e-10, MiniMolecule.rotor().collisions().get(1).at(7, 0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "cut short                | 12.0           | 12.0^          | 4 | 1  | ends",
                "no header                | !WEIGHT        | WEIGHT         | 3 | 1  | header",
                "weight is no number      | 12.0           | heavy          | 4 | 1  | heavy",
                "weight of zero           | 12.0           | 0.0            | 4 | 1  | below",
                "weight is not finite     | 12.0           | NaN            | 4 | 1  | finite",
                "one level only           | !LEVELS@2      | !LEVELS@1      | 6 | 1  | outside",
                "more levels than counted | 1   0.0        | 1 0 1 0@1 0.0  | 9 | 1  | outside",
                "fewer levels             | 2  10.0   3.0  | !              | 9 | 1  | header",
                "a count of millions      | !LEVELS@2      | !LEVELS@2000000000 | 6 | 1  | outside",
                "negative energy          | 2  10.0        | 2 -10.0        | 9 | 3  | below",
                "no weight on a level     | 10.0   3.0  \"1  1.5 \" | 10.0   | 9 | 8  | missing",
                "line names no level      | 1 2 1  1.0E-4  | 1 3 1  1.0E-4  | 13 | 3 | outside",
                "line leads upwards       | 1 2 1  1.0E-4  | 1 1 2  1.0E-4  | 13 | 5 | higher",
                "Einstein A in words      | 1.0E-4         | fast           | 13 | 8 | fast",
                "frequency is a comment   | 299.792458     | ! 299          | 13 | 16 | missing",
                "no such partner          | 1 Z with H2    | 8 Z with H2    | 17 | 1 | outside",
                "no partner number        | 1 Z with H2    | Z with H2      | 17 | 1 | expected",
                "temperatures descend     | 10.0 1000.0    | 10.0 5.0       | 23 | 6 | ascend",
                "one temperature missing  | 10.0 1000.0    | 10.0           | 23 | 5 | missing",
                "rate names no level      | 1 2 1  1.0E-10 | 1 2 7  1.0E-10 | 25 | 5 | outside",
                "rate joins a level to itself | 1 2 1  1.0E-10 | 1 2 2  1.0E-10 | 25 | 5 | itself",
                "negative rate            | 1.0E-10  1.0E-10 | 1.0E-10 -1.0E-10 | 25 | 16 | below",
                "one rate missing         | 1.0E-10  1.0E-10 | 1.0E-10        | 25 | 15 | missing",
                "one rate too many        | 1.0E-10  1.0E-10 | 1.0E-10 1 1    | 25 | 18 | more",
            })
    void tellsWhereAFileIsWrong(String what, String part, String by, int line, int column, String reason) {
        String target = part.replace('@', '\n');
        assertTrue(MiniMolecule.PAIR.contains(target), what);
        String text = MiniMolecule.PAIR.replace(target, by.replace('@', '\n'));
        int cut = text.indexOf('^');
        String content = cut < 0 ? text : text.substring(0, cut);
        LamdaFormatException e =
                assertThrows(LamdaFormatException.class, () -> LamdaReader.read("bad.dat", content), what);
        assertTrue(e.getMessage().startsWith("bad.dat:" + line + ":"), e::getMessage);
        assertTrue(e.getMessage().contains(reason), e::getMessage);
        assertEquals(column, e.column(), e::getMessage);
    }

    @Test
    void readsMoreTemperaturesThanThereAreLinesLeft() throws IOException {
        StringBuilder temperatures = new StringBuilder();
        StringBuilder rates = new StringBuilder("1 2 1 ");
        for (int i = 1; i <= 40; i++) {
            temperatures.append(' ').append(10 * i);
            rates.append(" 1.0E-10");
        }
        String text = MiniMolecule.PAIR
                .replace("2\n!\n10.0 1000.0", "40\n!\n" + temperatures)
                .replace("1 2 1  1.0E-10  1.0E-10", rates);
        assertEquals(400, LamdaReader.read("wide.dat", text).collisions().get(0).hottest());
    }

    @Test
    void tellsOfRepeatedPartnersAndPairs() {
        String twice = MiniMolecule.ROTOR.replace("2 XY+ - p-H2", "3 XY+ - p-H2");
        assertTrue(fault(twice).contains("mini.dat:36:"), fault(twice));
        String pair = MiniMolecule.ROTOR.replace("2     3     1   1.0E-10", "2     1     2   1.0E-10");
        assertTrue(fault(pair).contains("mini.dat:30:"), fault(pair));
        assertTrue(fault("").contains("mini.dat:1:1"), fault(""));
    }

    private static String fault(String text) {
        return assertThrows(LamdaFormatException.class, () -> LamdaReader.read("mini.dat", text))
                .getMessage();
    }

    @Test
    void readsEveryReferenceFile() throws IOException {
        Path folder = ReferenceData.path("lamda");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(f -> f.toString().endsWith(".dat")).toList();
            assertEquals(27, all.size());
            for (Path file : all) {
                Molecule m = LamdaReader.read(file);
                // The frequency column and the level energies are two sources; the README of the files states 2e-5.
                for (RadiativeLine l : m.lines()) {
                    double ghz = (m.levels().get(l.upper()).energy()
                                    - m.levels().get(l.lower()).energy())
                            * Constants.C
                            / 1e9;
                    assertEquals(ghz, l.frequency(), Math.max(1e-3 * ghz, 5e-4 * Constants.C / 1e9), file::toString);
                }
            }
        }
        Molecule carbon = LamdaReader.read(folder.resolve("c.dat"));
        assertEquals(6, carbon.collisions().size());
        assertEquals(
                "0_1.5",
                LamdaReader.read(folder.resolve("hcl.dat")).levels().get(0).label());
        assertEquals(
                "3_P_2",
                LamdaReader.read(folder.resolve("o.dat")).levels().get(0).label());
        assertEquals(
                3.977e-11,
                LamdaReader.read(folder.resolve("cs_denis-alpizar2018.dat"))
                        .collisions()
                        .get(1)
                        .rate(0, 431));
    }
}
