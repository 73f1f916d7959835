package org.unblend.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** Curves and points over one common axis, in panels below each other, each with its own legend. */
public final class LinePlot {
    private static final double WIDTH = 560;
    private static final double LEFT = 78;
    private static final double RIGHT = 20;
    private static final double TOP = 34;
    /** From a panel's lower edge to the next one's upper edge; holds the legend. */
    private static final double BETWEEN = 34;

    private static final double BELOW = 44;
    /** The height that all panels share, and the least of one. */
    private static final double HEIGHT = 440;

    private static final double LEAST = 120;

    private LinePlot() {}

    /** How a series is drawn. */
    public enum Style {
        BLUE("ub-curve"),
        RED("ub-data"),
        BLACK("ub-third"),
        BLUE_DASHED("ub-median"),
        GREY("ub-faint"),
        GREY_DASHED("ub-prior"),
        /** Points without a line. */
        POINTS("ub-point");

        private final String name;

        Style(String name) {
            this.name = name;
        }
    }

    /**
     * A curve or a cloud of points. Arrays are not modified.
     *
     * @param name as the legend has it; empty for none
     * @param x {@code [points]}, ascending for a curve
     * @param y {@code [points]}; those not finite interrupt a curve
     * @param error {@code [points]}, standard errors drawn as bars; empty for none
     */
    public record Series(String name, Style style, double[] x, double[] y, double[] error) {

        public Series {
            if (x.length != y.length || error.length != 0 && error.length != x.length) {
                throw new IllegalArgumentException("series '" + name + "' has " + x.length + " places, " + y.length
                        + " values and " + error.length + " errors; give one of each per point, or no errors");
            }
        }

        /** Without errors. */
        public Series(String name, Style style, double[] x, double[] y) {
            this(name, style, x, y, new double[0]);
        }
    }

    /**
     * One panel.
     *
     * @param label of the vertical axis
     * @param logarithmic wish for a logarithmic vertical axis; granted if all values are positive
     */
    public record Panel(String label, boolean logarithmic, List<Series> series) {
        public Panel {
            series = List.copyOf(series);
        }

        /** With a linear axis. */
        public Panel(String label, List<Series> series) {
            this(label, false, series);
        }
    }

    /**
     * Draws the figure.
     *
     * @param title shown by browsers and read by screen readers
     * @param label of the common axis
     * @return the text of an SVG image
     * @throws IllegalArgumentException if a panel has nothing finite to draw
     */
    public static String svg(String title, String label, List<Panel> panels) {
        Scale across = scale(panels, p -> p.series.stream().flatMapToDouble(s -> Arrays.stream(s.x)), false);
        double height = Math.max(LEAST, HEIGHT / panels.size());
        double total = TOP + panels.size() * height + (panels.size() - 1) * BETWEEN + BELOW;
        Svg svg = new Svg(LEFT + WIDTH + RIGHT, total, title);
        Scale.Ticks ticks = across.ticks(8);
        for (int p = 0; p < panels.size(); p++) {
            double y = TOP + p * (height + BETWEEN);
            Axes axes = new Axes(svg, LEFT, y, WIDTH, height);
            panel(svg, axes, panels.get(p), across);
            boolean last = p == panels.size() - 1;
            axes.bottom(ticks, last);
            if (last) {
                axes.bottomLabel(ticks.label(label, ""), 34);
            }
        }
        return svg.finish();
    }

    private static void panel(Svg svg, Axes axes, Panel panel, Scale across) {
        Scale tight = scale(List.of(panel), LinePlot::heights, panel.logarithmic);
        Scale up = new Scale(tight.value(-0.05), tight.value(1.05), tight.logarithmic());
        svg.open(axes.x(), axes.y(), axes.width(), axes.height());
        for (Series series : panel.series) {
            draw(svg, series, across, up, axes.height());
        }
        svg.close();
        svg.frame(axes.x(), axes.y(), axes.width(), axes.height());
        Scale.Ticks ticks = up.ticks(5);
        axes.left(ticks, true);
        axes.leftLabel(ticks.label(panel.label, ""), 54);
        legend(svg, panel, axes.x(), axes.y() - 8);
    }

    private static void draw(Svg svg, Series series, Scale across, Scale up, double height) {
        Outline line = new Outline();
        Outline bars = new Outline();
        boolean pen = false;
        for (int i = 0; i < series.x.length; i++) {
            boolean finite = Double.isFinite(series.y[i]);
            if (finite) {
                double x = WIDTH * across.place(series.x[i]);
                double y = height * (1 - up.place(series.y[i]));
                if (series.style == Style.POINTS) {
                    svg.dot(x, y, 1.6, series.style.name);
                } else if (pen) {
                    line.line(x, y);
                } else {
                    line.move(x, y);
                }
                if (series.error.length > 0 && Double.isFinite(series.error[i])) {
                    bars.move(x, height * (1 - up.place(series.y[i] - series.error[i])))
                            .line(x, height * (1 - up.place(series.y[i] + series.error[i])));
                }
            }
            pen = finite;
        }
        svg.path(line, series.style.name);
        svg.path(bars, series.style.name);
    }

    private static void legend(Svg svg, Panel panel, double left, double y) {
        double x = left;
        for (Series series : panel.series) {
            if (series.name.isEmpty()) {
                continue;
            }
            if (series.style == Style.POINTS) {
                svg.dot(x + 9, y - 4, 1.6, series.style.name);
            } else {
                svg.line(x, y - 4, x + 18, y - 4, series.style.name);
            }
            svg.text(x + 23, y, "ub-note", series.name);
            x += 23 + Theme.width(series.name, 11) + 12;
        }
    }

    /** All values of a panel and the ends of their error bars. */
    private static DoubleStream heights(Panel panel) {
        List<Double> all = new ArrayList<>();
        for (Series series : panel.series) {
            for (int i = 0; i < series.y.length; i++) {
                double error = series.error.length > 0 && Double.isFinite(series.error[i]) ? series.error[i] : 0;
                all.add(series.y[i] - error);
                all.add(series.y[i] + error);
            }
        }
        return all.stream().mapToDouble(Double::doubleValue);
    }

    private static Scale scale(List<Panel> panels, Function<Panel, DoubleStream> values, boolean logarithmic) {
        double[] shown =
                panels.stream().flatMapToDouble(values).filter(Double::isFinite).toArray();
        if (shown.length == 0) {
            throw new IllegalArgumentException("nothing finite to draw; give every panel a finite value");
        }
        return Scale.around(
                Arrays.stream(shown).min().orElseThrow(),
                Arrays.stream(shown).max().orElseThrow(),
                logarithmic);
    }
}
