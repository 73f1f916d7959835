package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.infer.Quantity;
import org.unblend.io.Marginal;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Support;
import org.w3c.dom.Element;

class CornerPlotTest {
    private static final int N = 3000;

    /** Correlated, curved, bimodal, cut and logarithmic columns. */
    private static List<Marginal> marginals(int count) {
        RandomSource random = RandomStream.of(31).generator();
        double[][] x = new double[count][N];
        for (int i = 0; i < N; i++) {
            double common = random.nextGaussian();
            for (int k = 0; k < count; k++) {
                x[k][i] = switch (k % 4) {
                    case 0 -> 100 + 10 * common + 3 * random.nextGaussian();
                    case 1 -> Math.pow(10, 5 + 0.5 * common + 0.1 * random.nextGaussian());
                    case 2 -> Math.abs(0.1 * random.nextGaussian());
                    default -> (random.nextDouble() < 0.3 ? -4 : 4) + random.nextGaussian();
                };
            }
        }
        List<Marginal> marginals = new ArrayList<>();
        Support[] ranges = {new Support(0, 400), new Support(1e2, 1e8), new Support(0, 1), Support.REAL};
        for (int k = 0; k < count; k++) {
            double[] prior = new double[200];
            for (int i = 0; i < prior.length; i++) {
                double u = (i + 0.5) / prior.length;
                prior[i] = k % 4 == 1 ? Math.pow(10, 2 + 6 * u) : k % 4 == 3 ? 20 * u - 10 : u * ranges[k % 4].high();
            }
            marginals.add(new Marginal(
                    new Quantity("q" + k, k % 4 == 1 ? "cm-3" : "K", "", ranges[k % 4], k % 4 == 1), x[k], prior));
        }
        return marginals;
    }

    private static double[] equal(int n) {
        double[] w = new double[n];
        Arrays.fill(w, 1.0 / n);
        return w;
    }

    private static void assertInside(Element root) {
        double width = Double.parseDouble(root.getAttribute("width"));
        double height = Double.parseDouble(root.getAttribute("height"));
        for (Element text : Xml.all(root, "text")) {
            double x = Double.parseDouble(text.getAttribute("x"));
            double y = Double.parseDouble(text.getAttribute("y"));
            assertTrue(x >= 0 && x <= width && y >= 5 && y <= height, text.getTextContent() + " at " + x + ", " + y);
        }
    }

    @Test
    void onePanelPerQuantityAndPair() {
        for (int n : new int[] {1, 2, 3, 8, 12}) {
            String svg = CornerPlot.svg(marginals(n), equal(N));
            Element root = Xml.parse(svg);
            assertEquals("svg", root.getTagName());
            assertEquals(n * (n + 1) / 2, Xml.all(root, "svg").size(), n + " quantities");
            assertEquals(
                    n,
                    Xml.styled(root, "path", "ub-prior").stream()
                            .filter(e -> ((Element) e.getParentNode()) != root)
                            .count());
            // Two lines and five shades per pair.
            assertEquals(n * (n - 1), Xml.styled(root, "path", "ub-line").size());
            assertEquals(
                    n * (n - 1) / 2, Xml.styled(root, "path", Theme.SHADES[4]).size());
            assertInside(root);
            int bytes = svg.getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes < (n <= 8 ? 200_000 : 300_000), n + " quantities take " + bytes + " bytes");
        }
    }

    @Test
    void numbersOfNeighboursDoNotTouch() {
        Element root = Xml.parse(CornerPlot.svg(marginals(9), equal(N)));
        List<double[]> spans = Xml.styled(root, "text", "ub-num").stream()
                .map(e -> {
                    double x = Double.parseDouble(e.getAttribute("x"));
                    double half = Theme.width(e.getTextContent(), 10) / 2;
                    return new double[] {x - half, x + half};
                })
                .sorted((a, b) -> Double.compare(a[0], b[0]))
                .toList();
        assertTrue(spans.size() > 18);
        for (int k = 1; k < spans.size(); k++) {
            assertTrue(spans.get(k)[0] > spans.get(k - 1)[1], "numbers overlap at " + spans.get(k)[0]);
        }
    }

    @Test
    void titlesTellMedianAndInterval() {
        List<Marginal> one = List.of(marginals(1).get(0));
        String title = Xml.styled(Xml.parse(CornerPlot.svg(one, equal(N))), "text", "ub-title")
                .get(0)
                .getTextContent();
        // sd sqrt(109) = 10.4: two digits, since the first is a 1.
        assertTrue(title.matches("q0 = (99|100|101)(\\.[0-9])? \\+(9|1[01])\\.?[0-9]? −(9|1[01])\\.?[0-9]? K"), title);
    }

    @Test
    void theSameDrawsGiveTheSameText() {
        assertEquals(CornerPlot.svg(marginals(3), equal(N)), CornerPlot.svg(marginals(3), equal(N)));
    }

    @Test
    void curvesEnclosePriorAndPosteriorMass() {
        // Equal posterior and prior: both curves of the panel agree but for smoothing.
        RandomSource random = RandomStream.of(32).generator();
        double[] x = random.doubles(N).toArray();
        double[] prior = random.doubles(N).toArray();
        Marginal flat = new Marginal(new Quantity("u", "1", "", new Support(0, 1), false), x, prior);
        Element root = Xml.parse(CornerPlot.svg(List.of(flat), equal(N)));
        for (String style : List.of("ub-prior", "ub-curve")) {
            Element curve = Xml.styled(root, "path", style).get(0);
            double[] steps = Xml.numbers(curve.getAttribute("d"));
            double size = 260;
            double y = steps[1];
            for (int k = 3; k < steps.length; k += 2) {
                y += steps[k];
                // Density 1 reaches at most to the top's 1/1.12; reflection keeps it up at both bounds.
                assertTrue(size - y > 0.65 * size && size - y < 0.99 * size, style + " at " + (size - y));
            }
        }
    }

    @Test
    void textIsEscaped() {
        Marginal m = marginals(1).get(0);
        for (String name : List.of("a<b>&\"c\" 'd'", "]]>", "µ\u0000σ\u0007", "★\uD83D\uDE80", "\uD800x")) {
            Marginal odd =
                    new Marginal(new Quantity(name, "<K & \"m\">", "", Support.REAL, false), m.values(), m.prior());
            List<String> texts = Xml.texts(Xml.parse(CornerPlot.svg(List.of(odd), equal(N))));
            String shown = name.replaceAll("[\u0000\u0007]|\uD800(?![\uDC00-\uDFFF])", "\uFFFD");
            assertTrue(texts.stream().anyMatch(t -> t.contains(shown + " = ")), texts.toString());
            assertTrue(texts.stream().anyMatch(t -> t.contains("<K & \"m\">")), texts.toString());
        }
    }

    @Test
    void drawsThatAreNotFiniteAreLeftOutAndTold() {
        List<Marginal> two = marginals(2);
        two.get(0).values()[5] = Double.NaN;
        two.get(1).values()[6] = Double.POSITIVE_INFINITY;
        String svg = CornerPlot.svg(two, equal(N));
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"));
        assertTrue(Xml.texts(Xml.parse(svg)).contains("2 draws not finite, left out"));
        Arrays.fill(two.get(0).values(), Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> CornerPlot.svg(two, equal(N)));
        assertThrows(IllegalArgumentException.class, () -> CornerPlot.svg(List.of(), equal(N)));
    }

    @Test
    void constantSingleAndExtremeColumns() {
        List<Marginal> odd = new ArrayList<>();
        RandomSource random = RandomStream.of(33).generator();
        double[] scales = {0, 3.5, 1e300, 1e-300, -1e12};
        for (int k = 0; k < scales.length; k++) {
            double scale = scales[k];
            double[] constant = new double[N];
            Arrays.fill(constant, scale);
            double[] wide = random.doubles(N).map(u -> scale * (1 + u)).toArray();
            for (boolean logarithmic : new boolean[] {false, true}) {
                odd.add(new Marginal(
                        new Quantity("c" + odd.size(), "1", "", Support.REAL, logarithmic), constant, new double[0]));
                odd.add(new Marginal(
                        new Quantity("w" + odd.size(), "", "", Support.REAL, logarithmic), wide, new double[] {scale}));
            }
        }
        double[] single = new double[N];
        single[17] = 1;
        for (double[] w : new double[][] {equal(N), single}) {
            for (int k = 0; k + 4 <= odd.size(); k += 4) {
                String svg = CornerPlot.svg(odd.subList(k, k + 4), w);
                assertInside(Xml.parse(svg));
                assertFalse(svg.contains("NaN") || svg.contains("Infinity"));
                assertEquals(10, Xml.all(Xml.parse(svg), "svg").size());
                for (Element path : Xml.all(Xml.parse(svg), "path")) {
                    for (double v : Xml.numbers(path.getAttribute("d"))) {
                        assertTrue(Math.abs(v) < 5000, "coordinate " + v);
                    }
                }
            }
        }
    }
}
