package org.unblend.io.maps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Pixels that names of columns tell. */
class PixelNamesTest {
    @Test
    void namesTellPixelsInAnyOrderAndSpelling() {
        PixelGrid grid =
                PixelGrid.ofNames(List.of("y5x12", "y5x13", "x12_y6", "x14y6")).orElseThrow();
        assertEquals(3, grid.width());
        assertEquals(2, grid.height());
        assertArrayEquals(new double[] {1, 2, Double.NaN}, grid.map(new double[] {1, 2, 3, 4})[0]);
        assertArrayEquals(new double[] {3, Double.NaN, 4}, grid.map(new double[] {1, 2, 3, 4})[1]);
        assertEquals(List.of("x12_y5", "x13_y5", "x12_y6", "x14_y6"), grid.names());
    }

    @Test
    void otherNamesTellNone() {
        assertTrue(PixelGrid.ofNames(List.of("s1", "s2")).isEmpty());
        assertTrue(PixelGrid.ofNames(List.of("x1_y1", "x1_y1")).isEmpty());
        // Two pixels at the ends of a field of a million are no map.
        assertTrue(PixelGrid.ofNames(List.of("x0_y0", "x999_y999")).isEmpty());
    }
}
