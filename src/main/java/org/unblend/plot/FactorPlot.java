package org.unblend.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;

/**
 * The factors of a factorisation, a row per component: its profile over the features (column of W) to the left, its
 * strength in the samples (row of H) to the right. Few entries are bars, many are an outline of the largest value per
 * pixel. Types of point mutations are in the order of their field, and its classes named.
 */
public final class FactorPlot {
    private static final double PANEL_WIDTH = 420;
    private static final double PANEL_HEIGHT = 96;
    private static final double GAP = 16;
    private static final double LEFT = 76;
    private static final double BETWEEN = 66;
    private static final double TOP = 40;
    private static final double RIGHT = 20;
    /** Room for the line that tells what is what. */
    private static final double LEGEND = 18;
    /** Most entries that get a bar each. */
    private static final int BARS = 100;
    /** Narrowest bar whose label can be read. */
    private static final double LABELLED = 13;

    private FactorPlot() {}

    /**
     * Draws the figure.
     *
     * @param features {@code [features]}
     * @param samples {@code [samples]}
     * @return the text of an SVG image
     */
    public static String svg(Factors factors, List<String> features, List<String> samples) {
        return svg(factors, Optional.empty(), Optional.empty(), features, samples);
    }

    /**
     * Draws the figure with intervals: lines over bars, an area behind an outline.
     *
     * @param intervals lower and upper ends, shaped like the factors, if there are any
     */
    public static String svg(
            Factors factors, Optional<Intervals> intervals, List<String> features, List<String> samples) {
        return svg(factors, intervals, Optional.empty(), features, samples);
    }

    /**
     * Draws the figure with a second pair of factors: dots over bars, a line beside an outline.
     *
     * @param marks the second pair, if there is one
     */
    public static String svg(
            Factors factors,
            Optional<Intervals> intervals,
            Optional<Marks> marks,
            List<String> features,
            List<String> samples) {
        Dense w = factors.w().transpose();
        Dense h = factors.h();
        int r = h.rows();
        double below = Math.max(below(features), below(samples));
        Optional<MutationTypes> types = MutationTypes.of(features);
        double top = TOP + (marks.isPresent() ? LEGEND : 0);
        double height = top + r * PANEL_HEIGHT + (r - 1) * GAP + below;
        Svg svg = new Svg(LEFT + 2 * PANEL_WIDTH + BETWEEN + RIGHT, height, "factors of " + r + " components");
        marks.ifPresent(m -> svg.text(LEFT, TOP - 18, "ub-note", m.legend()));
        svg.text(LEFT, top - 14, "ub-title", "W: profiles over " + features.size() + " features");
        double second = LEFT + PANEL_WIDTH + BETWEEN;
        svg.text(second, top - 14, "ub-title", "H: strengths in " + samples.size() + " samples");
        for (int k = 0; k < r; k++) {
            double y = top + k * (PANEL_HEIGHT + GAP);
            double[] profile = types.isPresent() ? types.get().arranged(w.row(k)) : w.row(k);
            types.ifPresent(t -> classes(svg, y, t));
            int component = k;
            Optional<Band> ofW =
                    intervals.map(i -> Band.of(i.low().w(), i.high().w(), component, types));
            Optional<Band> ofH = intervals.map(
                    i -> new Band(i.low().h().row(component), i.high().h().row(component)));
            Optional<double[]> dotsW = marks.map(
                            m -> m.factors().w().transpose().row(component))
                    .map(row -> types.map(t -> t.arranged(row)).orElse(row));
            Optional<double[]> dotsH = marks.map(m -> m.factors().h().row(component));
            panel(svg, LEFT, y, profile, ofW, dotsW).leftLabel("component " + (k + 1), 50);
            panel(svg, second, y, h.row(k), ofH, dotsH);
        }
        double bottom = top + r * (PANEL_HEIGHT + GAP) - GAP;
        if (types.isPresent()) {
            classNames(svg, bottom, types.get());
        } else {
            labels(svg, LEFT, bottom, features);
        }
        labels(svg, second, bottom, samples);
        return svg.finish();
    }

    /** Every other class on a ground of its own. */
    private static void classes(Svg svg, double y, MutationTypes types) {
        int[] from = types.beginnings();
        double step = PANEL_WIDTH / types.order().length;
        for (int b = 0; b < from.length; b += 2) {
            int to = b + 1 < from.length ? from[b + 1] : types.order().length;
            svg.rect(LEFT + from[b] * step, y, (to - from[b]) * step, PANEL_HEIGHT, "ub-absent");
        }
    }

    private static void classNames(Svg svg, double y, MutationTypes types) {
        int[] from = types.beginnings();
        double step = PANEL_WIDTH / types.order().length;
        for (int b = 0; b < from.length; b++) {
            int to = b + 1 < from.length ? from[b + 1] : types.order().length;
            svg.text(
                    LEFT + 0.5 * (from[b] + to) * step,
                    y + 15,
                    "ub-label",
                    types.classes().get(from[b]),
                    0,
                    11);
        }
    }

    /** Ends of intervals of both factors. */
    public record Intervals(Factors low, Factors high) {}

    /** A second pair of factors, and what tells the reader what is what. */
    public record Marks(Factors factors, String legend) {}

    /** Ends of the intervals of one panel. */
    private record Band(double[] low, double[] high) {
        static Band of(Dense low, Dense high, int column, Optional<MutationTypes> types) {
            double[] from = low.transpose().row(column);
            double[] to = high.transpose().row(column);
            return types.map(t -> new Band(t.arranged(from), t.arranged(to))).orElse(new Band(from, to));
        }
    }

    private static Axes panel(
            Svg svg, double x, double y, double[] values, Optional<Band> band, Optional<double[]> dots) {
        double largest = Stream.of(Optional.of(values), band.map(Band::high), dots)
                .flatMap(Optional::stream)
                .flatMapToDouble(Arrays::stream)
                .max()
                .orElse(0);
        Scale up = new Scale(0, largest > 0 ? 1.06 * largest : 1, false);
        svg.open(x, y, PANEL_WIDTH, PANEL_HEIGHT);
        double step = PANEL_WIDTH / values.length;
        if (values.length <= BARS) {
            for (int j = 0; j < values.length; j++) {
                double top = PANEL_HEIGHT * (1 - up.place(values[j]));
                svg.rect((j + 0.1) * step, top, 0.8 * step, PANEL_HEIGHT - top, "ub-shade4");
                if (band.isPresent()) {
                    double from = PANEL_HEIGHT * (1 - up.place(band.get().low()[j]));
                    double to = PANEL_HEIGHT * (1 - up.place(band.get().high()[j]));
                    svg.line((j + 0.5) * step, from, (j + 0.5) * step, to, "ub-data");
                }
                if (dots.isPresent()) {
                    double at = PANEL_HEIGHT * (1 - up.place(dots.get()[j]));
                    svg.dot((j + 0.5) * step, at, Math.min(3, 0.35 * step), "ub-dot");
                }
            }
        } else {
            band.ifPresent(b -> svg.path(area(b, up), "ub-core"));
            svg.path(outline(values, up), "ub-curve");
            dots.ifPresent(d -> svg.path(outline(d, up), "ub-data"));
        }
        svg.close();
        svg.frame(x, y, PANEL_WIDTH, PANEL_HEIGHT);
        Axes axes = new Axes(svg, x, y, PANEL_WIDTH, PANEL_HEIGHT);
        Scale.Ticks ticks = up.ticks(4);
        axes.left(ticks, true);
        if (!ticks.factor().isEmpty()) {
            svg.text(x + 4, y + 11, "ub-note", "× " + ticks.factor());
        }
        return axes;
    }

    /** Between the ends of intervals; where several entries fall on one pixel, those of the widest span. */
    private static Outline area(Band band, Scale up) {
        int points = (int) Math.min(band.low().length, PANEL_WIDTH);
        Outline area = new Outline();
        for (int p = 0; p < 2 * points; p++) {
            boolean upper = p < points;
            int at = upper ? p : 2 * points - 1 - p;
            int from = (int) ((long) at * band.low().length / points);
            int to = (int) ((at + 1L) * band.low().length / points);
            double value = upper
                    ? Arrays.stream(band.high(), from, to).max().orElseThrow()
                    : Arrays.stream(band.low(), from, to).min().orElseThrow();
            double x = PANEL_WIDTH * (at + 0.5) / points;
            double y = PANEL_HEIGHT * (1 - up.place(value));
            if (p == 0) {
                area.move(x, y);
            } else {
                area.line(x, y);
            }
        }
        return area.close();
    }

    /** A line through the entries; where several fall on one pixel, through the largest of them. */
    private static Outline outline(double[] values, Scale up) {
        int points = (int) Math.min(values.length, PANEL_WIDTH);
        Outline line = new Outline();
        for (int p = 0; p < points; p++) {
            int from = (int) ((long) p * values.length / points);
            int to = (int) ((p + 1L) * values.length / points);
            double y = PANEL_HEIGHT
                    * (1 - up.place(Arrays.stream(values, from, to).max().orElseThrow()));
            double x = PANEL_WIDTH * (p + 0.5) / points;
            if (p == 0) {
                line.move(x, y);
            } else {
                line.line(x, y);
            }
        }
        return line;
    }

    private static boolean labelled(List<String> names) {
        return PANEL_WIDTH / names.size() >= LABELLED;
    }

    private static double below(List<String> names) {
        double longest =
                names.stream().mapToDouble(n -> Theme.width(n, 11)).max().orElse(0);
        return labelled(names) ? Math.min(160, longest) * 0.87 + 30 : 34;
    }

    private static void labels(Svg svg, double x, double y, List<String> names) {
        int n = names.size();
        if (labelled(names)) {
            for (int j = 0; j < n; j++) {
                double at = x + (j + 0.5) * PANEL_WIDTH / n;
                svg.line(at, y, at, y + 4, "ub-tick");
                svg.text(at + 4, y + 14, "ub-turned", names.get(j), -60, 0);
            }
            return;
        }
        svg.text(x, y + 16, "ub-note", names.get(0));
        svg.text(x + PANEL_WIDTH, y + 16, "ub-numr", names.get(n - 1));
    }
}
