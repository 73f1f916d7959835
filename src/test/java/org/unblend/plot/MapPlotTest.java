package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.io.maps.PixelGrid;
import org.unblend.io.maps.SkyFrame;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;
import org.w3c.dom.Element;

class MapPlotTest {
    private static final SkyFrame SKY = new SkyFrame(List.of(
            new SkyFrame.Card("CTYPE1", "RA---TAN", true, ""),
            new SkyFrame.Card("CDELT1", "-0.01", false, ""),
            new SkyFrame.Card("CTYPE2", "DEC--TAN", true, ""),
            new SkyFrame.Card("CDELT2", "0.01", false, "")));

    private static PixelGrid grid(int width, int height, SkyFrame frame) {
        return new PixelGrid(
                width, height, 1, 1, IntStream.range(0, width * height).toArray(), frame);
    }

    private static Factors factors(int lines, int r, int pixels) {
        Dense w = Dense.zeros(lines, r);
        Dense h = Dense.zeros(r, pixels);
        for (int k = 0; k < r; k++) {
            for (int i = 0; i < lines; i++) {
                w.row(i)[k] = 1 + i + k;
            }
            for (int j = 0; j < pixels; j++) {
                h.row(k)[j] = (j * 7919L + k) % 101;
            }
        }
        return new Factors(w, h);
    }

    private static List<String> names(int n) {
        return IntStream.range(0, n).mapToObj(i -> "line" + i).toList();
    }

    @Test
    void everyComponentHasAnImageAndItsShares() {
        String svg = MapPlot.svg(factors(3, 2, 12), names(3), grid(4, 3, SKY));
        Element root = Xml.parse(svg);
        List<String> texts = Xml.texts(root);
        assertTrue(texts.contains("component 2") && texts.contains("offset [arcsec]"), texts.toString());
        assertEquals(6, Xml.styled(root, "rect", "ub-shade4").size());
        assertFalse(svg.contains("NaN"), svg);
        // Right ascension grows to the left: numbers fall along the axis.
        List<String> offsets =
                new ArrayList<>(texts.subList(texts.indexOf("component 1") + 1, texts.indexOf("offset [arcsec]")));
        assertEquals("50", offsets.get(0), offsets.toString());
        assertEquals("−50", offsets.get(offsets.size() - 1), offsets.toString());
    }

    @Test
    void largeMapsStaySmallFigures() {
        String svg = MapPlot.svg(factors(2, 1, 1000 * 900), names(2), grid(1000, 900, new SkyFrame(List.of())));
        Xml.parse(svg);
        assertTrue(svg.length() < 1_000_000, svg.length() + " characters");
        assertTrue(svg.contains(">pixel<"));
    }

    @Test
    void strangeShapes() {
        for (int[] shape : new int[][] {{1, 1}, {1, 60}, {60, 1}}) {
            PixelGrid grid = grid(shape[0], shape[1], new SkyFrame(List.of()));
            String svg = MapPlot.svg(factors(40, 6, shape[0] * shape[1]), names(40), grid);
            Xml.parse(svg);
            assertFalse(svg.contains("NaN"));
        }
        Factors nothing = new Factors(Dense.zeros(2, 1), Dense.zeros(1, 4));
        assertFalse(MapPlot.svg(nothing, names(2), grid(2, 2, SKY)).contains("NaN"));
    }

    @Test
    void coloursDarkenEvenly() {
        double before = 2;
        for (int level = 0; level < ColourScale.LEVELS; level++) {
            String c = ColourScale.colour(level);
            double bright = 0.30 * Integer.parseInt(c.substring(1, 3), 16) / 255
                    + 0.59 * Integer.parseInt(c.substring(3, 5), 16) / 255
                    + 0.11 * Integer.parseInt(c.substring(5, 7), 16) / 255;
            assertTrue(bright < before, "level " + level);
            before = bright;
        }
        assertEquals(0, ColourScale.level(-3));
        assertEquals(ColourScale.LEVELS - 1, ColourScale.level(1));
    }
}
