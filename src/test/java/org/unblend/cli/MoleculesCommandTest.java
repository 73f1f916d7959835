package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoleculesCommandTest {
    /** Two levels, one line; invented. */
    private static final String TWO_LEVELS = """
            !MOLECULE
            AB
            !MOLECULAR WEIGHT
            20.0
            !NUMBER OF ENERGY LEVELS
            2
            !LEVEL + ENERGIES(cm^-1) + WEIGHT + J
            1 0.0 1.0 0
            2 10.0 3.0 1
            !NUMBER OF RADIATIVE TRANSITIONS
            1
            !TRANS + UP + LOW + EINSTEINA(s^-1) + FREQ(GHz) + E_u(K)
            1 2 1 1.0E-05 299.79 14.39
            !NUMBER OF COLL PARTNERS
            1
            !COLLISIONS BETWEEN
            4 AB - e
            !NUMBER OF COLL TRANS
            1
            !NUMBER OF COLL TEMPS
            2
            !COLL TEMPS
            10.5 400
            !TRANS + UP + LOW + COLLRATES(cm^3 s^-1)
            1 2 1 1.0E-06 2.0E-06
            """;

    @TempDir
    Path directory;

    @Test
    void listsTheBuiltInOnes() {
        Cli cli = Cli.run("molecules");
        assertEquals(0, cli.exit(), cli.err());
        assertEquals(10, cli.out().lines().count());
        assertTrue(cli.out().lines().anyMatch(l -> l.matches("CO +CO +21 +20 +p-H2 10-300, o-H2 10-300")), cli.out());
    }

    @Test
    void tellsLinesRangesAndSourcesOfOne() {
        Cli cli = Cli.run("molecules", "hcop");
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().startsWith("HCO+  29.0 u, 21 levels"), cli.out());
        // E_u = h 89.1885 GHz / k = 4.28 K for 1-0.
        assertTrue(
                cli.out()
                        .lines()
                        .anyMatch(
                                l -> l.matches("HCO\\+\\(1-0\\) +89\\.18\\d+ +4\\.\\d+e-05 +4\\.28 +\\d\\.\\d+e\\+05")),
                cli.out());
        assertTrue(cli.out().contains("Flower 1999"), cli.out());
    }

    @Test
    void listsTheFilesOfADirectory() throws IOException {
        Files.writeString(directory.resolve("ab.dat"), TWO_LEVELS);
        Cli cli = Cli.run("molecules", "--lamda", directory);
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().lines().anyMatch(l -> l.matches("ab +AB +2 +1 +e 10.5-400")), cli.out());
        assertTrue(Cli.run("molecules", "AB", "--lamda", directory).out().contains("14.39"));
    }

    @Test
    void malformedFilesAreToldAfterTheGoodOnes() throws IOException {
        Files.writeString(directory.resolve("ab.dat"), TWO_LEVELS);
        Files.writeString(directory.resolve("bad.dat"), TWO_LEVELS.replace("2 10.0 3.0 1", "2 ten 3.0 1"));
        Cli all = Cli.run("molecules", "--lamda", directory);
        assertEquals(ExitCode.BAD_INPUT, all.exit());
        assertTrue(all.out().contains("AB"), all.out());
        assertTrue(all.err().contains("bad.dat:9:3"), all.err());
        Cli one = Cli.run("molecules", "bad", "--lamda", directory);
        assertEquals(ExitCode.BAD_INPUT, one.exit());
        assertTrue(one.err().contains("L001") && one.err().contains("bad.dat:9:3"), one.err());
    }

    @Test
    void mistakesAreTold() {
        Cli unknown = Cli.run("molecules", "HCM");
        assertEquals(ExitCode.BAD_INPUT, unknown.exit());
        assertTrue(unknown.err().contains("did you mean 'HCN'"), unknown.err());
        Cli empty = Cli.run("molecules", "--lamda", directory);
        assertEquals(ExitCode.BAD_INPUT, empty.exit());
        assertTrue(empty.err().contains("F005"), empty.err());
        Cli missing = Cli.run("molecules", "CO", "--lamda", directory.resolve("none"));
        assertEquals(ExitCode.BAD_INPUT, missing.exit());
        assertTrue(missing.err().contains("no such directory"), missing.err());
    }
}
