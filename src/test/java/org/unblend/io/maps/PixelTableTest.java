package org.unblend.io.maps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.json.BadInput;
import org.unblend.io.matrix.FitsImage;
import org.unblend.math.Dense;

class PixelTableTest {
    private static final double NAN = Double.NaN;

    @TempDir
    private Path folder;

    private MapStack read(String text, List<String> maps, List<String> errors) throws IOException {
        return PixelTable.read(Files.writeString(folder.resolve("t.csv"), text), "i", "j", maps, errors);
    }

    private String refused(String text, String... maps) {
        BadInput e = assertThrows(BadInput.class, () -> read(text, List.of(maps), List.of()));
        return e.mistakes().get(0).code();
    }

    @Test
    void rowsBecomePixels() throws IOException {
        MapStack stack = read(
                "i,j,co,hcn,eco,ehcn\n4,8,1,2,.1,.2\n3,7,3,4,.3,.4\n5,7,5,6,.5,0\n4,7,9,9,0,NaN\n",
                List.of("hcn", "co"),
                List.of("ehcn", "eco"));
        assertEquals(List.of("x3_y7", "x5_y7", "x4_y8"), stack.x().columns());
        assertEquals(
                Dense.of(new double[][] {{4, NAN, 2}, {3, 5, 1}}), stack.x().values());
        assertEquals(
                Dense.of(new double[][] {{.4, 1, .2}, {.3, .5, .1}}), stack.sd().orElseThrow());
        assertEquals(List.of("hcn", "co"), stack.x().rows());
        MapFiles.write(folder, Dense.of(new double[][] {{1, 2, 3}}), stack.grid());
        FitsImage image = FitsImage.read(folder.resolve("maps/component1.fits"));
        assertArrayEquals(new double[] {1, NAN, 2, NAN, 3, NAN}, image.pixels());
        assertEquals("i", image.header().getStringValue("CTYPE1"));
        assertEquals(3, image.header().getDoubleValue("CRVAL1"));
        assertEquals(7, image.header().getDoubleValue("CRVAL2"));
    }

    @Test
    void mistakes() {
        assertEquals("X047", refused("i,j,co\n1,1,2\n", "hcn"));
        assertEquals("X047", refused("x,j,co\n1,1,2\n", "co"));
        assertEquals("X046", refused("i,j,co\n1,1,2\n1,1,3\n", "co"));
        assertEquals("X046", refused("i,j,co\n1.5,1,2\n", "co"));
        assertEquals("X046", refused("i,j,co\nNaN,1,2\n", "co"));
        assertEquals("X046", refused("i,j,co\n0,0,2\n999999,999999,3\n", "co"));
        assertEquals("X046", refused("1,1,2\n", "co"));
        assertEquals("X045", refused("i,j,co,hcn\n1,1,2,\n1,2,2,NaN\n", "co", "hcn"));
        BadInput both = assertThrows(BadInput.class, () -> read("i,j,co\n1,1,2\n", List.of("a", "b"), List.of("c")));
        assertEquals(3, both.mistakes().size());
        assertTrue(both.toString().contains("no column"), both.toString());
    }
}
