package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class ViolinPlotTest {
    private static ViolinPlot.Group group(String name, double shift) {
        RandomSource random = RandomStream.of(1).split(name).generator();
        double[] values = new double[500];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(random.nextGaussian() + shift);
        }
        return new ViolinPlot.Group(name, values);
    }

    @Test
    void isOneWellFormedImageWithAViolinForEachGroup() {
        List<ViolinPlot.Group> groups = List.of(group("CO(1-0)", 0), group("a<b", 1), group("c", 2));
        String svg = ViolinPlot.svg(
                "two panels",
                List.of(new ViolinPlot.Panel("T_R [K]", true, groups), new ViolinPlot.Panel("error", false, groups)));
        Xml.parse(svg);
        assertEquals(6, svg.split("class=\"ub-core\"", -1).length - 1);
        assertTrue(svg.contains("CO(1-0)") && svg.contains("a&lt;b"));
        assertTrue(!svg.contains("NaN") && !svg.contains("Infinity"));
    }

    @Test
    void aGroupOfOneValueIsDrawnAndNoneIsRefused() {
        Xml.parse(ViolinPlot.svg(
                "one", List.of(new ViolinPlot.Panel("x", true, List.of(new ViolinPlot.Group("a", new double[] {3}))))));
        assertThrows(IllegalArgumentException.class, () -> new ViolinPlot.Group("a", new double[0]));
    }
}
