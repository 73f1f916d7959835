package org.unblend.plot;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The log likelihood of the draws of a posterior as a histogram, with that of a point fit and of its starts. A point fit of
 * many unknowns lies far above all draws: it is the top of a mountain on which nobody lives.
 */
public final class LikelihoodPlot {
    private static final double WIDTH = 560;
    private static final double HEIGHT = 220;
    private static final double LEFT = 30;
    private static final double TOP = 40;
    private static final double RIGHT = 24;
    private static final double BELOW = 48;
    /** Bars between the lowest and the highest draw. */
    private static final int BARS = 40;

    private static final double TICK = 14;

    private LikelihoodPlot() {}

    /**
     * Draws the figure. Values that are not finite are left out.
     *
     * @param logLikelihood {@code [draws]}
     * @param weights {@code [draws]}
     * @param point of the point fit
     * @param starts of the fits from all starts, {@code [starts]}
     * @return the text of an SVG image
     * @throws IllegalArgumentException if no draw is finite
     */
    public static String svg(double[] logLikelihood, double[] weights, double point, double[] starts) {
        double[] finite = Arrays.stream(logLikelihood).filter(Double::isFinite).toArray();
        double low = Arrays.stream(finite)
                .min()
                .orElseThrow(() -> new IllegalArgumentException("no draw has a finite likelihood: nothing to plot"));
        double high = Arrays.stream(finite).max().orElseThrow();
        // Bad starts may be very far below; they may leave the figure.
        double span = Math.max(high - low, 1e-9);
        double[] shown = DoubleStream.concat(
                        DoubleStream.of(low, high), DoubleStream.concat(DoubleStream.of(point), Arrays.stream(starts)))
                .filter(v -> Double.isFinite(v) && v > low - 2 * span)
                .toArray();
        Scale tight = Scale.around(
                Arrays.stream(shown).min().orElseThrow(),
                Arrays.stream(shown).max().orElseThrow(),
                false);
        Scale across = new Scale(tight.value(-0.04), tight.value(1.04), false);
        Svg svg = new Svg(LEFT + WIDTH + RIGHT, TOP + HEIGHT + BELOW, "log likelihood of draws and point fit");
        svg.open(LEFT, TOP, WIDTH, HEIGHT);
        bars(svg, logLikelihood, weights, low, span, across);
        for (double start : starts) {
            if (Double.isFinite(start)) {
                double x = WIDTH * Math.max(-1, across.place(start));
                svg.line(x, HEIGHT - TICK, x, HEIGHT, "ub-third");
            }
        }
        if (Double.isFinite(point)) {
            svg.line(WIDTH * across.place(point), 0, WIDTH * across.place(point), HEIGHT, "ub-data");
        }
        svg.close();
        svg.frame(LEFT, TOP, WIDTH, HEIGHT);
        Axes axes = new Axes(svg, LEFT, TOP, WIDTH, HEIGHT);
        Scale.Ticks ticks = across.ticks(8);
        axes.bottom(ticks, true);
        axes.bottomLabel(ticks.label("log likelihood", ""), 36);
        legend(svg);
        return svg.finish();
    }

    private static void bars(Svg svg, double[] values, double[] weights, double low, double span, Scale across) {
        double[] mass = new double[BARS];
        IntStream.range(0, values.length)
                .filter(i -> Double.isFinite(values[i]))
                .forEach(i -> mass[(int) Math.min(BARS - 1, (values[i] - low) / span * BARS)] += weights[i]);
        double top = 1.1 * Arrays.stream(mass).max().orElseThrow();
        for (int b = 0; b < BARS; b++) {
            double from = WIDTH * across.place(low + span * b / BARS);
            double to = WIDTH * across.place(low + span * (b + 1) / BARS);
            double height = HEIGHT * mass[b] / top;
            svg.rect(from, HEIGHT - height, Math.max(0.5, to - from), height, "ub-shade3");
        }
    }

    private static void legend(Svg svg) {
        double y = 26;
        svg.rect(LEFT, y - 9, 16, 10, "ub-shade3");
        svg.text(LEFT + 22, y, "ub-note", "draws of the posterior");
        svg.line(LEFT + 170, y - 11, LEFT + 170, y + 2, "ub-data");
        svg.text(LEFT + 178, y, "ub-note", "point fit");
        svg.line(LEFT + 250, y - 9, LEFT + 250, y + 1, "ub-third");
        svg.text(LEFT + 258, y, "ub-note", "its starts");
    }
}
