package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.infer.Evidence;
import org.unblend.infer.NestedPath;
import org.unblend.infer.Samples;
import org.unblend.io.ToyRun;
import org.w3c.dom.Element;

class RunPlotTest {

    @Test
    void fourPanelsAndTheEvidence() {
        for (double wall : new double[] {5, 4}) {
            ToyRun run = ToyRun.of(100, 51, wall);
            String svg = RunPlot.svg(run.draws().samples(), run.evidence());
            Element root = Xml.parse(svg);
            assertEquals(4, Xml.all(root, "svg").size());
            assertEquals(4, Xml.styled(root, "path", "ub-curve").size());
            assertTrue(
                    Xml.texts(root).containsAll(List.of("live points", "ln L", "posterior weight", "ln Z", "−ln X")));
            assertTrue(Xml.texts(root).stream()
                    .anyMatch(t -> t.matches("ln Z = −4\\.[0-9]+ ± 0\\.[0-9]+ by nested sampling")));
            assertTrue(svg.length() < 60_000);
            assertFalse(svg.contains("NaN") || svg.contains("Infinity"));
        }
    }

    @Test
    void theEvidenceCurveEndsAtItsValue() {
        ToyRun run = ToyRun.of(100, 52, 5);
        Element root = Xml.parse(RunPlot.svg(run.draws().samples(), run.evidence()));
        double[] curve = Xml.numbers(Xml.styled(root, "path", "ub-curve").get(3).getAttribute("d"));
        double[] band = Xml.numbers(Xml.styled(root, "path", "ub-area").get(1).getAttribute("d"));
        double x = curve[0];
        double y = curve[1];
        for (int k = 2; k < curve.length; k += 2) {
            x += curve[k];
            y += curve[k + 1];
        }
        assertEquals(band[2], x, 0.02);
        // The band reaches from +1 to -1 standard errors: down from its start by its third step.
        assertEquals(band[1] + band[5] / 2, y, 0.02);
    }

    @Test
    void shortRunsAndZeroLikelihoods() {
        NestedPath path =
                new NestedPath(new double[] {Double.NEGATIVE_INFINITY}, new int[] {1}, new double[] {-0.7}, 1);
        for (double logL : new double[] {-3, -1e300, Double.NEGATIVE_INFINITY}) {
            Samples one = new Samples(
                    List.of("a"), new double[] {1}, new double[] {logL}, new double[] {0}, Optional.of(path));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> RunPlot.svg(one, new Evidence(Double.NEGATIVE_INFINITY, 0, 0, "")));
            String svg = RunPlot.svg(one, new Evidence(-3.7, Double.NaN, 0, "one point"));
            assertEquals(4, Xml.all(Xml.parse(svg), "svg").size());
            assertFalse(svg.contains("NaN") || svg.contains("Infinity"));
        }
        Samples none = new Samples(List.of("a"), new double[] {1}, new double[1], new double[1], Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> RunPlot.svg(none, new Evidence(0, 1, 1, "")));
    }
}
