package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.maps.TestMaps;
import org.unblend.io.matrix.FitsImage;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;
import org.unblend.radiative.ReferenceData;

/** Maps from the command line to component maps and back. */
class MapsCommandTest {
    @TempDir
    Path directory;

    private Path out() {
        return directory.resolve("out");
    }

    /** Two parts side by side, seen in three lines; the corner is outside the field. */
    private Path map(String name, double left, double right, double corner) {
        double[][] pixels = {{left, left, right, corner}, {left, 2 * left, 3 * right, right}, {0, left, right, right}};
        return TestMaps.write(directory.resolve(name), pixels, TestMaps.sky());
    }

    private void refused(Cli cli, String reason) {
        assertEquals(2, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertFalse(Files.exists(out()));
    }

    @Test
    void componentsBecomeMaps() throws IOException {
        Path co = map("co.fits", 4, 1, Double.NaN);
        Path hcn = map("hcn.fits.gz", 0, 3, Double.NaN);
        Path cs = map("cs.fits", 2, 5, Double.NaN);
        Cli cli = Cli.run("factorise", co, hcn, cs, "--rank", 2, "--out", out());
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("1 of 12 pixels are missing in all maps"), cli.out());
        Dense h = MatrixReader.read(out().resolve("factors/H.csv"), false)
                .values()
                .dense();
        assertEquals(11, h.columns());
        FitsImage first = FitsImage.read(out().resolve("maps/component1.fits"));
        assertArrayEquals(new int[] {3, 4}, first.axes());
        assertTrue(Double.isNaN(first.pixels()[3]));
        double[] there =
                Arrays.stream(first.pixels()).filter(v -> !Double.isNaN(v)).toArray();
        assertArrayEquals(h.row(0), there);
        assertEquals(202.4696, first.header().getDoubleValue("CRVAL1"));
        assertEquals(
                java.util.List.of("co", "hcn", "cs"),
                MatrixReader.read(out().resolve("factors/W.csv"), false).rows());
        String record = Files.readString(out().resolve("result.json"));
        for (String name : new String[] {"co.fits", "hcn.fits.gz", "cs.fits"}) {
            assertTrue(record.contains("  " + directory.resolve(name)), record);
        }
        assertTrue(Files.readString(out().resolve("maps.svg")).contains("offset [arcsec]"));
        Path again = directory.resolve("again");
        Cli transform = Cli.run("transform", co, hcn, cs, "--factors", out(), "--out", again);
        assertEquals(0, transform.exit(), transform.err());
        assertEquals(
                first.header().getDoubleValue("CRPIX2"),
                FitsImage.read(again.resolve("maps/component2.fits")).header().getDoubleValue("CRPIX2"));
        Cli ranks = Cli.run("ranks", co, hcn, cs, "--to", 2, "--out", directory.resolve("ranks"));
        assertEquals(0, ranks.exit(), ranks.err());
    }

    @Test
    void errorsComeWithTheMaps() throws IOException {
        Path co = map("co.fits", 4, 1, 2);
        Path cs = map("cs.fits", 2, 5, 2);
        Path sd = map("sd.fits", 0.1, 0.2, Double.NaN);
        Cli cli = Cli.run("factorise", co, cs, "--sd", sd, "--sd", sd, "--rank", 1, "--out", out());
        assertEquals(0, cli.exit(), cli.err());
        assertFalse(cli.out().contains("every entry has sd 1"), cli.out());
        assertTrue(cli.out().contains("engine weighted-cd"), cli.out());
        assertTrue(Files.readString(out().resolve("result.json")).contains("\"sd\""));
    }

    @Test
    void optionsThatDoNotBelongTogether() throws IOException {
        Path co = map("co.fits", 4, 1, 2);
        Path cs = map("cs.fits", 2, 5, 2);
        Path table = Files.writeString(directory.resolve("t.csv"), "i,j,a,b,ea\n1,1,2,3,1\n2,1,4,6,1\n1,2,1,2,1\n");
        refused(Cli.run("factorise", co, table, "--rank", 1, "--out", out()), "t.csv is no FITS image");
        refused(Cli.run("factorise", co, cs, "--sd", cs, "--rank", 1, "--out", out()), "1 maps of standard deviations");
        refused(Cli.run("factorise", co, cs, "--weights", cs, "--rank", 1, "--out", out()), "maps have no --weights");
        refused(Cli.run("factorise", table, "--maps", "a,b", "--rank", 1, "--out", out()), "add --pixels X,Y");
        refused(
                Cli.run("factorise", table, "--pixels", "i,j", "--rank", 1, "--out", out()),
                "write --pixels X,Y --maps");
        refused(
                Cli.run("factorise", table, "--sd", table, "--sd", table, "--rank", 1, "--out", out()),
                "given 2 times");
        refused(
                Cli.run(
                        "factorise",
                        table,
                        "--pixels",
                        "i,j",
                        "--maps",
                        "a,b",
                        "--map-sd",
                        "ea",
                        "--rank",
                        1,
                        "--out",
                        out()),
                "1 columns of standard deviations for 2 maps");
        refused(
                Cli.run("factorise", table, "--pixels", "i,j", "--maps", "a,c", "--rank", 1, "--out", out()),
                "no column 'c'");
        Cli fine = Cli.run("factorise", table, "--pixels", "i,j", "--maps", "a,b", "--rank", 1, "--out", out());
        assertEquals(0, fine.exit(), fine.err());
    }

    /** The maps of M 51 where they are there: 1988 pixels of 2070, of which 524 have no integrated line. */
    @Test
    void messier51() throws IOException {
        Path maps = ReferenceData.path("real/m51_co_maps_27as.csv.gz");
        Cli cli = Cli.run(
                "factorise",
                maps,
                "--pixels",
                "i,j",
                "--maps",
                "co10_mom0,co21_mom0",
                "--map-sd",
                "co10_emom0,co21_emom0",
                "--rank",
                1,
                "--starts",
                2,
                "--out",
                out());
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("606 of 2070 pixels"), cli.out());
        Dense w = MatrixReader.read(out().resolve("factors/W.csv"), false)
                .values()
                .dense();
        // Mean ratio of the two lines weighted by their strength; 0.86 is the unweighted mean of bright pixels.
        assertEquals(0.86, w.get(1, 0) / w.get(0, 0), 0.05);
    }
}
