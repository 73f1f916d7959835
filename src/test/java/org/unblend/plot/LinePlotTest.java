package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.plot.LinePlot.Panel;
import org.unblend.plot.LinePlot.Series;
import org.unblend.plot.LinePlot.Style;

class LinePlotTest {
    private static final double[] X = {1, 2, 3, 4};

    private static String svg(Panel... panels) {
        return LinePlot.svg("test", "place", List.of(panels));
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @Test
    void aGapInterruptsACurve() {
        String whole = svg(new Panel("y", List.of(new Series("", Style.BLUE, X, new double[] {1, 2, 3, 4}))));
        String broken = svg(new Panel("y", List.of(new Series("", Style.BLUE, X, new double[] {1, 2, Double.NaN, 4}))));
        assertEquals(1, count(curve(whole), "M"));
        assertEquals(2, count(curve(broken), "M"));
    }

    private static String curve(String svg) {
        String from = svg.substring(svg.indexOf("<path class=\"ub-curve\""));
        return from.substring(0, from.indexOf("/>"));
    }

    @Test
    void everyNamedSeriesIsInTheLegendAndEveryPointIsDrawn() {
        String svg = svg(
                new Panel("a < b", List.of(new Series("points", Style.POINTS, X, X))),
                new Panel("y", List.of(new Series("line & bars", Style.RED, X, X, new double[] {1, 1, 1, 1}))));
        assertEquals(1 + X.length, count(svg, "<circle"));
        assertTrue(svg.contains("line &amp; bars") && svg.contains("a &lt; b"));
        // The curve, its bars and its mark in the legend.
        assertEquals(3, count(svg, "<path class=\"ub-data\""));
    }

    @Test
    void anAxisIsLogarithmicOnlyIfAllValuesArePositive() {
        Panel positive = new Panel("y", true, List.of(new Series("", Style.BLUE, X, new double[] {1, 10, 100, 1000})));
        Panel zero = new Panel("y", true, List.of(new Series("", Style.BLUE, X, new double[] {0, 10, 100, 1000})));
        assertFalse(svg(positive).contains(">500<"));
        assertTrue(svg(zero).contains(">500<"));
    }

    @Test
    void unequalLengthsAndEmptyPanelsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Series("", Style.BLUE, X, new double[3]));
        assertThrows(IllegalArgumentException.class, () -> new Series("", Style.BLUE, X, X, new double[3]));
        Panel empty = new Panel("y", List.of(new Series("", Style.BLUE, new double[1], new double[] {Double.NaN})));
        assertThrows(IllegalArgumentException.class, () -> svg(empty));
    }
}
