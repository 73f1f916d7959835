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

class LinesCommandTest {
    private static final String HEADER = "molecule,tkin_K,n_h2_cm3,column_cm2,dv_kms,tbg_K\n";

    @TempDir
    Path directory;

    private Cli grid(String table) throws IOException {
        Files.writeString(directory.resolve("in.csv"), table);
        return Cli.run("lines", "--grid", directory.resolve("in.csv"), "--out", directory.resolve("out.csv"));
    }

    private void refused(String table, String code, String place, String reason) throws IOException {
        Cli cli = grid(table);
        assertEquals(2, cli.exit(), cli.out());
        assertTrue(cli.err().contains("error[" + code + "]"), cli.err());
        assertTrue(cli.err().contains(place), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertFalse(Files.exists(directory.resolve("out.csv")));
    }

    @Test
    void onePointIsATableOfTenLines() {
        Cli cli = Cli.run("lines", "--molecule", "co", "--tkin", 20, "--nh2", "1e4", "--column", "1e16", "--dv", 1);
        assertEquals(0, cli.exit(), cli.err());
        List<String> lines = cli.out().lines().toList();
        assertEquals(12, lines.size());
        assertTrue(lines.get(2).contains("115.27"), lines.get(2));
        assertTrue(lines.get(2).endsWith("ok"), lines.get(2));
    }

    private Cli pictures(String column, String option, String file) {
        return Cli.run(
                "lines",
                "--molecule",
                "co",
                "--tkin",
                50,
                "--nh2",
                "1e4",
                "--column",
                column,
                "--dv",
                2,
                option,
                directory.resolve(file));
    }

    @Test
    void drawsExcitationAndSpectra() throws IOException {
        assertEquals(0, pictures("1e18", "--diagram", "d.svg").exit());
        assertTrue(Files.readString(directory.resolve("d.svg")).contains("if the lines were thin"));
        assertEquals(0, pictures("1e18", "--spectrum", "s.svg").exit());
        assertTrue(Files.readString(directory.resolve("s.svg")).contains("CO 3-2, 345.796 GHz"));
        assertEquals(0, pictures("1e18", "--spectrum", "s.csv").exit());
        List<String> table = Files.readAllLines(directory.resolve("s.csv"));
        assertEquals("j_up,freq_GHz,velocity_kms,t_r_K", table.get(0));
        assertEquals(1 + 10 * 201, table.size());
    }

    @Test
    void picturesThatCannotBeDrawnAreRefused() {
        Cli empty = pictures("0", "--diagram", "d.svg");
        assertEquals(2, empty.exit());
        assertTrue(empty.err().contains("error[C002]") && empty.err().contains("column of 0"), empty.err());
        Cli kind = pictures("1e16", "--spectrum", "s.png");
        assertEquals(2, kind.exit());
        assertTrue(kind.err().contains("let its name end in .svg or .csv"), kind.err());
        assertFalse(Files.exists(directory.resolve("s.png")));
    }

    @Test
    void bothSpellingsNameOneMolecule() {
        Object[] rest = {"--tkin", 50, "--nh2", "1e5", "--column", "1e14", "--dv", 2};
        String[] printed = new String[2];
        for (int i = 0; i < 2; i++) {
            Cli cli = Cli.run(
                    "lines",
                    "--molecule",
                    i == 0 ? "HCO+" : "hcop",
                    rest[0],
                    rest[1],
                    rest[2],
                    rest[3],
                    rest[4],
                    rest[5],
                    rest[6],
                    rest[7]);
            printed[i] = cli.out();
        }
        assertEquals(printed[0], printed[1]);
        assertTrue(printed[0].contains("HCO+"), printed[0]);
    }

    @Test
    void aGridKeepsItsColumnsAndOrder() throws IOException {
        Cli cli = grid("id," + HEADER + "a,HCO+,50,1e5,1e14,2,2.73\nb,co,20,1e4,1e16,1,\n");
        assertEquals(0, cli.exit(), cli.err());
        List<String> lines = Files.readAllLines(directory.resolve("out.csv"));
        assertEquals(
                "id,molecule,tkin_K,n_h2_cm3,column_cm2,dv_kms,tbg_K,j_up,freq_GHz,tex_K,tau,t_r_K,flux_Kkms,status",
                lines.get(0));
        assertEquals(21, lines.size());
        assertTrue(lines.get(1).startsWith("a,HCO+,50,1e5,1e14,2,2.73,1,"), lines.get(1));
        assertTrue(lines.get(10).startsWith("a,HCO+,50,1e5,1e14,2,2.73,10,"), lines.get(10));
        assertTrue(lines.get(11).startsWith("b,co,20,1e4,1e16,1,,1,115.27"), lines.get(11));
        // The background of a row that gives none is the cosmic one.
        Cli one = Cli.run("lines", "--molecule", "co", "--tkin", 20, "--nh2", 1e4, "--column", 1e16, "--dv", 1);
        double flux = Double.parseDouble(lines.get(11).split(",")[12]);
        double printed =
                Double.parseDouble(one.out().lines().toList().get(2).strip().split(" +")[5]);
        assertEquals(flux, printed, 1e-4 * flux);
    }

    @Test
    void aGridOfFiles() throws IOException {
        Files.writeString(directory.resolve("two.dat"), """
                !MOLECULE
                two
                !MOLECULAR WEIGHT
                10.0
                !NUMBER OF ENERGY LEVELS
                2
                !LEVEL + ENERGIES(cm^-1) + WEIGHT + J
                1 0.0 1.0 0
                2 4.0 3.0 1
                !NUMBER OF RADIATIVE TRANSITIONS
                1
                !TRANS + UP + LOW + EINSTEINA(s^-1) + FREQ(GHz) + E_u(K)
                1 2 1 1.0e-6 119.916983 5.755
                !NUMBER OF COLL PARTNERS
                1
                !COLLISIONS BETWEEN
                1 two with H2
                !NUMBER OF COLL TRANS
                1
                !NUMBER OF COLL TEMPS
                2
                !COLL TEMPS
                10.0 100.0
                !TRANS + UP + LOW + COLLRATES(cm^3 s^-1)
                1 2 1 1.0e-10 1.0e-10
                """);
        Cli cli = grid("molfile," + HEADER + "two.dat,any,20,1e4,1e13,1,2.73\n");
        assertEquals(0, cli.exit(), cli.err());
        List<String> lines = Files.readAllLines(directory.resolve("out.csv"));
        assertEquals(2, lines.size());
        assertTrue(lines.get(1).contains(",119.916983,"), lines.get(1));
    }

    @Test
    void mistakesHaveTheirPlace() throws IOException {
        refused(HEADER, "D001", "in.csv", "no rows");
        refused("molecule,tkin,n_h2_cm3,column_cm2,dv_kms\nco,1,1,1,1\n", "D002", "in.csv:1", "no column 'tkin_K'");
        refused(HEADER + "co,20,1e4,1e16,1,2.73\nco,-5,1e4,1e16,1,2.73\n", "D006", "in.csv:3", "'-5' is not allowed");
        refused(HEADER + "co,NaN,1e4,1e16,1,2.73\n", "D006", "column tkin_K", "'NaN' is not allowed");
        refused(HEADER + "co,20,,1e16,1,2.73\n", "D006", "column n_h2_cm3", "one of them above 0");
        refused(HEADER + "cx,20,1e4,1e16,1,2.73\n", "D009", "in.csv:2", "no molecule 'cx'");
        refused("geometry," + HEADER + "cube,co,20,1e4,1e16,1,2.73\n", "D006", "column geometry", "no geometry");
        refused("intensity,geometry," + HEADER + "source,slab,co,20,1e4,1e16,1,2.73\n", "D006", "in.csv:2", "sphere");
        refused(
                "excitation," + HEADER + "none,co,20,1e4,1e16,1,2.73\n",
                "D006",
                "column excitation",
                "full, lte, thin");
        refused("n_o2_cm3," + HEADER + "1,co,20,1e4,1e16,1,2.73\n", "D008", "in.csv:1", "no density of a collision");
        refused("molecule,tkin_K,column_cm2,dv_kms\nco,20,1e16,1\n", "D002", "in.csv:1", "there is no default");
        refused(HEADER + "co,20,0,1e16,1,2.73\n", "D006", "column n_h2_cm3", "above 0");
        refused(
                "n_e_cm3," + HEADER + "5,co,20,0,1e16,1,2.73\n",
                "D006",
                "column molecule",
                "rates for collisions with");
        refused("n_ph2_cm3," + HEADER + "5,co,20,,1e16,1,2.73\n", "D006", "column n_h2_cm3", "both p-H2 and o-H2");
        refused("n_ph2_cm3,n_oh2_cm3," + HEADER + "5,5,co,20,11,1e16,1,2.73\n", "D006", "in.csv:2", "add up to 10");
        refused("molfile," + HEADER + "no.dat,co,20,1e4,1e16,1,2.73\n", "F001", "in.csv:2", "cannot be read");
    }

    @Test
    void aGridTellsItsPhysicsByColumns() throws IOException {
        Cli cli = grid("geometry,n_ph2_cm3,n_oh2_cm3,n_e_cm3,excitation,intensity," + HEADER
                + "lvg,2500,7500,0,,,co,50,1e4,1e16,1,2.73\n"
                + ",2500,7500,,,,co,50,,1e16,1,2.73\n"
                + ",,,,lte,,co,50,1e4,1e16,1,2.73\n"
                + ",,,,,source,co,50,1e4,1e16,1,2.73\n");
        assertEquals(0, cli.exit(), cli.err());
        List<String> lines = Files.readAllLines(directory.resolve("out.csv"));
        double[] flux = new double[4];
        for (int i = 0; i < 4; i++) {
            String[] cells = lines.get(1 + 10 * i).split(",");
            flux[i] = Double.parseDouble(cells[cells.length - 2]);
        }
        String[] options = {"--geometry=lvg", "--geometry=sphere", "--excitation=lte", "--intensity=source"};
        for (int i = 0; i < 4; i++) {
            Cli one = i < 2
                    ? Cli.run(
                            "lines",
                            "--molecule=co",
                            "--tkin=50",
                            "--nph2=2500",
                            "--noh2=7500",
                            "--column=1e16",
                            "--dv=1",
                            options[i])
                    : Cli.run(
                            "lines", "--molecule=co", "--tkin=50", "--nh2=1e4", "--column=1e16", "--dv=1", options[i]);
            assertEquals(0, one.exit(), one.err());
            double printed =
                    Double.parseDouble(one.out().lines().toList().get(2).strip().split(" +")[5]);
            assertEquals(flux[i], printed, 1e-4 * flux[i], options[i]);
            for (int j = 0; j < i; j++) {
                assertTrue(Math.abs(flux[i] / flux[j] - 1) > 1e-3, i + " and " + j);
            }
        }
    }

    @Test
    void radiationComesFromOptions() throws IOException {
        Path field = directory.resolve("field.csv");
        Files.writeString(field, "freq_GHz,intensity_cgs\n100,1e-15\n1000,1e-13\n");
        String[] point = {"--molecule=hcn", "--tkin=50", "--nh2=1e4", "--column=1e13", "--dv=1"};
        String plain = Cli.run("lines", point[0], point[1], point[2], point[3], point[4])
                .out();
        for (String option : List.of("--dust=40,2000,1.8,0.5", "--radiation=" + field)) {
            Cli cli = Cli.run("lines", point[0], point[1], point[2], point[3], point[4], option);
            assertEquals(0, cli.exit(), cli.err());
            assertFalse(plain.equals(cli.out()), option);
        }
        for (String wrong : List.of("--dust=40,2000", "--dust=40,-1,2,1", "--dust=40,100,2,2", "--geometry=cube")) {
            Cli cli = Cli.run("lines", point[0], point[1], point[2], point[3], point[4], wrong);
            assertEquals(2, cli.exit(), wrong);
        }
        Files.writeString(field, "freq_GHz,intensity_cgs\n100,1e-15\n90,1e-13\n");
        Cli cli = Cli.run("lines", point[0], point[1], point[2], point[3], point[4], "--radiation=" + field);
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("must ascend"), cli.err());
        Files.writeString(field, "freq_GHz,intensity_cgs\n100,much\n");
        Cli words = Cli.run("lines", point[0], point[1], point[2], point[3], point[4], "--radiation=" + field);
        assertTrue(words.err().contains("field.csv:2"), words.err());
    }

    @Test
    void withoutAnyDensityThereIsNoDefault() {
        Cli none = Cli.run("lines", "--molecule=co", "--tkin=50", "--column=1e16", "--dv=1");
        assertEquals(2, none.exit());
        assertTrue(none.err().contains("one of them above 0"), none.err());
        Cli unknown = Cli.run("lines", "--molecule=co", "--tkin=50", "--ne=10", "--column=1e16", "--dv=1");
        assertEquals(2, unknown.exit());
        assertTrue(unknown.err().contains("rates for collisions with"), unknown.err());
    }

    @Test
    void aMissingGridIsBadInput() {
        Cli cli = Cli.run("lines", "--grid", directory.resolve("none.csv"), "--out", directory.resolve("out.csv"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("F002"), cli.err());
    }

    @Test
    void impossiblePointsAreBadInput() {
        Cli cli = Cli.run("lines", "--molecule", "co", "--tkin", "NaN", "--nh2", 1e4, "--column", 1e16, "--dv", 1);
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("tkin_K"), cli.err());
        Cli words = Cli.run("lines", "--molecule", "co", "--tkin", "warm", "--nh2", 1e4, "--column", 1e16, "--dv", 1);
        assertEquals(2, words.exit());
    }
}
