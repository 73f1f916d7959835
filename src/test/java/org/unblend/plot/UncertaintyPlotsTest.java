package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.io.maps.PixelGrid;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;
import org.w3c.dom.Element;

/** Figures of a point fit beside a posterior. */
class UncertaintyPlotsTest {
    @Test
    void thePointStandsApartFromTheDraws() {
        double[] draws = new double[200];
        double[] weights = new double[200];
        for (int i = 0; i < 200; i++) {
            draws[i] = -100 + i % 20;
            weights[i] = 1.0 / 200;
        }
        draws[0] = Double.NEGATIVE_INFINITY;
        String svg = LikelihoodPlot.svg(draws, weights, -50, new double[] {-50, -52, -1e9});
        Element root = Xml.parse(svg);
        assertEquals(40 + 1, Xml.styled(root, "rect", "ub-shade3").size());
        // Three starts and the legend's one.
        assertEquals(4, Xml.styled(root, "path", "ub-third").size());
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
        assertThrows(
                IllegalArgumentException.class,
                () -> LikelihoodPlot.svg(new double[] {Double.NaN}, new double[] {1}, 0, new double[0]));
    }

    @Test
    void mapsOfOneComponentShareTheirColoursButNotThoseOfSpread() {
        PixelGrid grid =
                PixelGrid.ofNames(List.of("x0_y0", "x1_y0", "x0_y1", "x1_y1")).orElseThrow();
        Dense point = Dense.of(new double[][] {{0, 1, 2, 4}});
        Dense mean = Dense.of(new double[][] {{0, 1, 2, 2}});
        Dense sd = Dense.of(new double[][] {{0, 0.1, 0.2, 0.4}});
        String svg = UncertainMaps.svg(
                List.of("gas"),
                List.of(
                        new UncertainMaps.Column("point", point, false),
                        new UncertainMaps.Column("mean", mean, false),
                        new UncertainMaps.Column("sd", sd, true)),
                grid);
        List<String> texts = Xml.texts(Xml.parse(svg));
        assertTrue(
                texts.containsAll(List.of("largest 4.00", "largest 2.00", "largest 0.400", "gas")), texts.toString());
        // The darkest colour is at the largest value of point and mean together, and again at that of the sd.
        String darkest = ColourScale.colour(ColourScale.LEVELS - 1);
        assertEquals(2, svg.split("fill=\"" + darkest + "\"", -1).length - 1);
    }

    @Test
    void marksStandBesideBars() {
        Factors point = new Factors(Dense.of(new double[][] {{1}, {2}}), Dense.of(new double[][] {{3, 0, 1}}));
        Factors mean = new Factors(Dense.of(new double[][] {{1}, {1.5}}), Dense.of(new double[][] {{9, 1, 1}}));
        String svg = FactorPlot.svg(
                point,
                Optional.of(new FactorPlot.Intervals(point, mean)),
                Optional.of(new FactorPlot.Marks(mean, "blue & orange")),
                List.of("a", "b"),
                List.of("p", "q", "r"));
        Element root = Xml.parse(svg);
        assertEquals(5, Xml.styled(root, "circle", "ub-dot").size());
        assertTrue(Xml.texts(root).contains("blue & orange"));
    }
}
