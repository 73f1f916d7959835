package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;

class FactorPlotTest {

    private static Factors factors(int features, int samples) {
        Dense w = Dense.zeros(features, 2);
        Dense h = Dense.zeros(2, samples);
        for (int i = 0; i < features; i++) {
            w.row(i)[0] = i;
        }
        for (int j = 0; j < samples; j++) {
            h.row(0)[j] = 1e6 * j;
        }
        return new Factors(w, h);
    }

    private static List<String> names(String prefix, int n) {
        return IntStream.range(0, n).mapToObj(i -> prefix + i).toList();
    }

    private static int count(String svg, String piece) {
        return svg.split(piece, -1).length - 1;
    }

    @Test
    void fewEntriesAreBarsWithTheirNames() {
        String svg = FactorPlot.svg(factors(3, 4), List.of("CO", "H<CN", "CS"), names("p", 4));
        Xml.parse(svg);
        assertEquals(2 * (3 + 4), count(svg, "<rect class=\"ub-shade4\""));
        assertTrue(svg.contains(">H&lt;CN<"), svg);
        assertTrue(svg.contains(">component 2<"), svg);
        // Numbers of a million have a common power of ten.
        assertTrue(svg.contains("× 10⁶"), svg);
    }

    @Test
    void manyEntriesAreAnOutline() {
        String svg = FactorPlot.svg(factors(3, 100_000), names("f", 3), names("p", 100_000));
        Xml.parse(svg);
        assertEquals(2, count(svg, "<path class=\"ub-curve\""));
        assertTrue(svg.length() < 60_000, svg.length() + " characters");
        assertTrue(svg.contains(">p99999<"));
        assertFalse(svg.contains(">p1<"));
    }

    @Test
    void aComponentOfZerosAndSingleEntriesAreDrawn() {
        Xml.parse(FactorPlot.svg(factors(1, 1), names("f", 1), names("p", 1)));
        assertFalse(FactorPlot.svg(factors(1, 1), names("f", 1), names("p", 1)).contains("NaN"));
    }

    @Test
    void mutationTypesComeInTheOrderOfTheirField() {
        MutationTypes types = MutationTypes.of(List.of("T[T>G]A", "A[C>T]G", "C[C>A]A", "A[C>A]T"))
                .orElseThrow();
        assertEquals(List.of("C>A", "C>A", "C>T", "T>G"), types.classes());
        assertEquals("[3.0, 2.0, 1.0, 0.0]", java.util.Arrays.toString(types.arranged(new double[] {0, 1, 2, 3})));
        assertEquals("[0, 2, 3]", java.util.Arrays.toString(types.beginnings()));
        assertTrue(MutationTypes.of(List.of("A[C>T]G", "CO")).isEmpty());
        String svg = FactorPlot.svg(factors(4, 3), List.of("T[T>G]A", "A[C>T]G", "C[C>A]A", "A[C>A]T"), names("p", 3));
        assertTrue(Xml.texts(Xml.parse(svg)).containsAll(List.of("C>A", "C>T", "T>G")), svg);
    }
}
