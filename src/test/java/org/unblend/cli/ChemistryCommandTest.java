package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChemistryCommandTest {
    private static final String HEADER = "name,av_mag,n_h_cm3,zeta_1p3e-17,chi_habing,tkin_K,mz\n";

    @TempDir
    Path directory;

    private Cli grid(String table, Object... more) throws IOException {
        Files.writeString(directory.resolve("in.csv"), table);
        Object[] all = new Object[5 + more.length];
        all[0] = "chemistry";
        all[1] = "--grid";
        all[2] = directory.resolve("in.csv");
        all[3] = "--out";
        all[4] = directory.resolve("out.csv");
        System.arraycopy(more, 0, all, 5, more.length);
        return Cli.run(all);
    }

    private void refused(Cli cli, String... words) {
        assertEquals(2, cli.exit(), cli.out() + cli.err());
        for (String word : words) {
            assertTrue(cli.err().contains(word), word + " in " + cli.err());
        }
        assertFalse(Files.exists(directory.resolve("out.csv")));
    }

    @Test
    void tablesAreAnsweredRowByRow() throws IOException {
        Cli cli = grid(HEADER + "a,10,1e5,1,1,30,1\nb,10,1e5,1,1,3,1\n", "--phases", "static", "--species", "CO,E-");
        assertEquals(1, cli.exit(), cli.err());
        List<String> lines = Files.readAllLines(directory.resolve("out.csv"));
        assertEquals(HEADER.strip() + ",log10x_CO,log10x_e-,status", lines.get(0));
        assertTrue(lines.get(1).startsWith("a,10,1e5,1,1,30,1,-3."), lines.get(1));
        assertTrue(lines.get(1).endsWith(",ok"));
        assertEquals("b,10,1e5,1,1,3,1,,,out_of_domain", lines.get(2));
        assertTrue(cli.out().contains("1 out_of_domain"), cli.out());
    }

    @Test
    void drainesFieldIsSeventeenTenthsOfHabings() throws IOException {
        String draine = HEADER.replace("chi_habing", "chi_draine");
        assertEquals(
                0, grid(draine + "a,2,1e4,1,10,50,1\n", "--phases", "static").exit());
        String one = Files.readAllLines(directory.resolve("out.csv")).get(1);
        assertEquals(
                0, grid(HEADER + "a,2,1e4,1,17,50,1\n", "--phases", "static").exit());
        String other = Files.readAllLines(directory.resolve("out.csv")).get(1);
        assertEquals(one.substring(one.indexOf(",50,")), other.substring(other.indexOf(",50,")));
    }

    @Test
    void mistakesAreToldAndNothingIsWritten() throws IOException {
        refused(grid(HEADER), "D001", "no rows");
        refused(grid(HEADER.replace("mz", "z") + "a,1,1,1,1,1,1\n"), "D002", "mz");
        refused(grid(HEADER.replace("name", "chi_draine") + "1,1,1e4,1,1,30,1\n"), "D009", "both");
        refused(grid(HEADER + "a,1,1e4,one,1,30,1\nb,1,1e4,1,1,NaN,1\n"), "'one'", "'NaN'", ":3");
        refused(grid(HEADER + "a,10,1e5,1,1,30,1\nb,10,1e5,1,1,30\n"), "X010", "in.csv", "Record 3");
        String row = HEADER + "a,10,1e5,1,1,30,1\n";
        refused(grid(row, "--species", "CO,Qq"), "no species 'Qq'");
        refused(grid(row, "--years", "-1"), "duration is -1");
        refused(grid(row, "--element", "C=2"), "abundance of C");
        refused(grid(row, "--element", "Xx=1e-5"), "'Xx' is no element");
        refused(grid(row, "--element", "H=0.1"), "'H' is no element");
        refused(grid(row, "--phases", "three"), "three");
        refused(grid(row, "--network", directory.resolve("none.csv")), "none.csv");
        Path bad = Files.writeString(
                directory.resolve("bad.csv"), "1:NN:C:OH:CO:H:::1:1E-10:0:0:10:41000:L:C:::\n2:NN:C:OH:CO:::\n");
        refused(grid(row, "--network", bad), "bad.csv:2");
    }

    @Test
    void onePointShowsAbundancesBudgetAndCourse() throws IOException {
        Path figure = directory.resolve("course.svg");
        Cli cli = Cli.run(
                "chemistry",
                "--av",
                10,
                "--nh",
                "1e5",
                "--zeta",
                1,
                "--chi-draine",
                1,
                "--tkin",
                30,
                "--budget",
                "HCO+",
                "--plot",
                figure);
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("H3+ + CO -> HCO+ + H2"), cli.out());
        assertTrue(cli.out().contains("HCO+ + e- -> CO + H"), cli.out());
        assertTrue(cli.out().contains("elements and charge are kept"), cli.out());
        assertTrue(Files.readString(figure).contains("HCO+"));
        Cli outside = Cli.run("chemistry", "--av", 10, "--nh", 1, "--zeta", 1, "--chi-habing", 1, "--tkin", 30);
        assertEquals(2, outside.exit());
        assertTrue(outside.err().contains("density is 1.0"), outside.err());
    }
}
