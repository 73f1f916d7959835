package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class PredictionPlotTest {
    private static final int DRAWS = 1000;

    /** Predictions of entry k are spread evenly over 0 to 10^k. */
    private static PredictionPlot.Data data(int entries, double[] observed, double[] error, boolean logarithmic) {
        double[] predictive = new double[DRAWS * entries];
        double[] w = new double[DRAWS];
        Arrays.fill(w, 1);
        for (int i = 0; i < DRAWS; i++) {
            for (int k = 0; k < entries; k++) {
                predictive[i * entries + k] = (i + 0.5) / DRAWS * Math.pow(10, k % 5);
            }
        }
        List<String> labels =
                IntStream.range(0, entries).mapToObj(k -> "L<" + k + ">").toList();
        return new PredictionPlot.Data("I & J", "K km s-1", labels, observed, error, predictive, w, logarithmic);
    }

    @Test
    void intervalsAreThe89PerCentOnes() {
        PredictionPlot.Data data = data(2, new double[2], new double[2], false);
        assertArrayEquals(new double[] {0.55, 5, 9.45}, data.interval(1), 1e-9);
    }

    @Test
    void everyEntryIsDrawn() {
        for (boolean logarithmic : new boolean[] {false, true}) {
            String svg = PredictionPlot.svg(
                    data(3, new double[] {0.5, Double.NaN, 40}, new double[] {0.6, 1, Double.NaN}, logarithmic));
            Element root = Xml.parse(svg);
            // One of each is in the legend; the missing entry has no dot, the one of unknown error no bar.
            assertEquals(4, Xml.styled(root, "rect", "ub-core").size());
            assertEquals(3, Xml.all(root, "circle").size());
            assertEquals(2, Xml.styled(root, "path", "ub-data").size());
            assertTrue(Xml.texts(root).containsAll(List.of("L<0>", "L<1>", "L<2>", "I & J [K km s⁻¹]")), svg);
            assertFalse(svg.contains("NaN") || svg.contains("Infinity"));
        }
    }

    @Test
    void barsStandWhereTheAxisSays() {
        Element root = Xml.parse(PredictionPlot.svg(data(1, new double[] {0.5}, new double[] {0.1}, false)));
        Element bar = Xml.styled(root, "rect", "ub-core").get(0);
        double top = Double.parseDouble(bar.getAttribute("y"));
        double height = Double.parseDouble(bar.getAttribute("height"));
        // The axis reaches from 0.055 to 0.945 with 6 % of room at both ends.
        assertEquals(300 * 0.06 / 1.12, top, 0.02);
        assertEquals(300 / 1.12, height, 0.02);
        double dot = Double.parseDouble(Xml.all(root, "circle").get(0).getAttribute("cy"));
        assertEquals(150, dot, 0.02);
    }

    @Test
    void manyEntriesExtremesAndNothing() {
        double[] observed = new double[60];
        Arrays.fill(observed, 2);
        Element root = Xml.parse(PredictionPlot.svg(data(60, observed, new double[60], true)));
        assertEquals(60, Xml.styled(root, "text", "ub-turned").size());
        for (double scale : new double[] {1e300, 1e-300, 0}) {
            String svg = PredictionPlot.svg(new PredictionPlot.Data(
                    "x", "", List.of("a"), new double[] {scale}, new double[] {0}, new double[0], new double[0], true));
            Xml.parse(svg);
            assertFalse(svg.contains("NaN") || svg.contains("Infinity"));
        }
        double[] nan = {Double.NaN};
        assertThrows(
                IllegalArgumentException.class,
                () -> PredictionPlot.svg(
                        new PredictionPlot.Data("x", "", List.of("a"), nan, nan, nan, new double[] {1}, false)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PredictionPlot.Data("x", "", List.of("a"), nan, nan, nan, new double[2], false));
    }
}
