package org.unblend.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.unblend.infer.Quantity;
import org.unblend.io.Marginal;
import org.unblend.io.Weighted;
import org.unblend.model.Support;

/**
 * The corner plot: the marginal posterior of each quantity on the diagonal, with its prior dashed and the central 68.3 %
 * dark, and of each pair below it, shaded, with lines around 39.3 % and 86.5 % of the probability (one and two sigma of a
 * normal law in two dimensions). Titles give the median and the distances to the 15.9 % and 84.1 % quantiles.
 */
public final class CornerPlot {
    private static final double[] SHARES = {0.97, 0.865, 0.65, 0.393, 0.2};
    private static final int OUTER = 1;
    private static final int INNER = 3;
    private static final double[] SIGMA = {0.15866, 0.5, 0.84134};
    /** Quantiles between which a panel reaches, and the room added on both sides. */
    private static final double[] SHOWN = {0.001, 0.999};

    private static final double ROOM = 0.08;
    private static final int CELLS_1D = 120;
    private static final int CELLS_2D = 60;
    private static final double TOLERANCE = 0.2;
    /** Priors are smoother than posteriors; this keeps the noise of their draws out of the figure. */
    private static final double PRIOR_SMOOTHING = 1.6;

    private final List<Marginal> marginals;
    private final double[] weights;
    private final int dropped;
    private final Scale[] scales;
    private final Density2.Side[] sides;
    private final Label.Interval[] intervals;

    private CornerPlot(List<Marginal> marginals, double[] weights, int dropped) {
        int n = marginals.size();
        this.marginals = marginals;
        this.weights = weights;
        this.dropped = dropped;
        scales = new Scale[n];
        sides = new Density2.Side[n];
        intervals = new Label.Interval[n];
        for (int k = 0; k < n; k++) {
            Quantity quantity = marginals.get(k).quantity();
            double[] x = marginals.get(k).values();
            double[] sigma = Weighted.quantiles(x, weights, SIGMA);
            intervals[k] = Label.Interval.of(sigma[0], sigma[1], sigma[2]);
            scales[k] = scale(quantity, x, weights);
            double[] places = places(x, weights, scales[k]);
            sides[k] = new Density2.Side(
                    places,
                    Bandwidth.scale(places, weights),
                    quantity.range().low() >= scales[k].low(),
                    quantity.range().high() <= scales[k].high());
        }
    }

    /**
     * Draws the figure.
     *
     * @param marginals the quantities, 1 to about 12, with equally many draws
     * @param weights {@code [draws]}, common to all; draws that hold a value that is not finite are left out, which a note
     *     in the figure says
     * @return the text of an SVG image
     * @throws IllegalArgumentException if no draw is left, or there are no quantities
     */
    public static String svg(List<Marginal> marginals, double[] weights) {
        if (marginals.isEmpty()) {
            throw new IllegalArgumentException("a corner plot needs at least one quantity");
        }
        double[] w = weights.clone();
        int dropped = 0;
        for (int i = 0; i < w.length; i++) {
            int draw = i;
            if (w[i] > 0 && !marginals.stream().allMatch(m -> Double.isFinite(m.values()[draw]))) {
                w[i] = 0;
                dropped++;
            }
        }
        if (!(Arrays.stream(w).max().orElse(0) > 0)) {
            throw new IllegalArgumentException(
                    "none of the " + w.length + " draws has a positive weight and finite values: nothing to plot");
        }
        return new CornerPlot(List.copyOf(marginals), w, dropped).draw();
    }

    private static Scale scale(Quantity quantity, double[] x, double[] w) {
        double[] ends = Weighted.quantiles(x, w, 0, SHOWN[0], SHOWN[1], 1);
        Scale tight = Scale.around(ends[1], ends[2], quantity.logarithmic() && ends[0] > 0);
        if (ends[1] == ends[2]) {
            return tight;
        }
        double low = tight.value(-ROOM);
        double high = tight.value(1 + ROOM);
        double boundLow = quantity.range().low();
        double boundHigh = quantity.range().high();
        // A bound is respected as long as it does not cut off the draws themselves.
        return new Scale(
                low < boundLow && boundLow <= ends[1] && (boundLow > 0 || !tight.logarithmic()) ? boundLow : low,
                high > boundHigh && boundHigh >= ends[2] ? boundHigh : high,
                tight.logarithmic());
    }

    private static double[] places(double[] x, double[] w, Scale scale) {
        return IntStream.range(0, x.length)
                .mapToDouble(i -> w[i] > 0 ? scale.place(x[i]) : 0)
                .toArray();
    }

    private String draw() {
        int n = marginals.size();
        Layout layout = Layout.of(marginals, intervals);
        Svg svg = new Svg(
                layout.width,
                layout.height,
                "Corner plot of "
                        + String.join(
                                ", ",
                                marginals.stream().map(m -> m.quantity().name()).toList()));
        for (int row = 0; row < n; row++) {
            for (int column = 0; column <= row; column++) {
                svg.open(layout.x(column), layout.y(row), layout.panel, layout.panel);
                if (row == column) {
                    diagonal(svg, row, layout.panel);
                } else {
                    pair(svg, column, row, layout.panel);
                }
                svg.close();
                axes(svg, layout, column, row);
            }
            title(svg, layout, row);
        }
        legend(svg, layout);
        return svg.finish();
    }

    private void diagonal(Svg svg, int k, double size) {
        double[] density = Density1.of(sides[k].place(), weights, CELLS_1D, bound(k, 0), bound(k, 1), 1);
        double[] prior = prior(k);
        // The prior may rise above a posterior that is cut by a bound; what it loses at the top is no loss.
        double top = 1.12 * Arrays.stream(density).max().orElseThrow();
        svg.path(area(density, 0, CELLS_1D, top, size), "ub-area");
        double[] sigma = Weighted.quantiles(sides[k].place(), weights, SIGMA);
        svg.path(
                area(density, (int) Math.round(sigma[0] * CELLS_1D), (int) Math.round(sigma[2] * CELLS_1D), top, size),
                "ub-core");
        svg.line(sigma[1] * size, size, sigma[1] * size, size * (1 - at(density, sigma[1]) / top), "ub-median");
        if (prior.length > 0) {
            svg.path(curve(prior, top, size), "ub-prior");
        }
        svg.path(curve(density, top, size), "ub-curve");
    }

    private double[] prior(int k) {
        Scale scale = scales[k];
        double[] draws = Arrays.stream(marginals.get(k).prior())
                .filter(v -> Double.isFinite(v) && (v > 0 || !scale.logarithmic()))
                .map(scale::place)
                .toArray();
        if (draws.length < 2) {
            return new double[0];
        }
        double[] equal = new double[draws.length];
        Arrays.fill(equal, 1);
        return Density1.of(draws, equal, CELLS_1D, bound(k, 0), bound(k, 1), PRIOR_SMOOTHING);
    }

    /** Place of the lower (0) or upper (1) bound of quantity {@code k}, infinite if there is none. */
    private double bound(int k, int end) {
        Support range = marginals.get(k).quantity().range();
        double bound = end == 0 ? range.low() : range.high();
        return Double.isFinite(bound) ? scales[k].place(bound) : bound;
    }

    private static double at(double[] density, double place) {
        return density[(int) Math.max(0, Math.min(density.length - 1, place * density.length))];
    }

    private static Outline curve(double[] density, double top, double size) {
        Outline outline = new Outline();
        for (int c = 0; c < density.length; c++) {
            double x = size * (c + 0.5) / density.length;
            double y = size * (1 - density[c] / top);
            if (c == 0) {
                outline.move(0, y);
            }
            outline.line(x, y);
        }
        return outline.line(size, size * (1 - density[density.length - 1] / top));
    }

    private static Outline area(double[] density, int from, int to, double top, double size) {
        Outline outline = new Outline();
        int first = Math.max(0, Math.min(density.length - 1, from));
        int last = Math.max(first + 1, Math.min(density.length, to));
        outline.move(size * first / density.length, size);
        for (int c = first; c < last; c++) {
            double y = size * (1 - density[c] / top);
            if (c == first) {
                outline.line(size * c / density.length, y);
            }
            outline.line(size * (c + 0.5) / density.length, y);
            if (c == last - 1) {
                outline.line(size * last / density.length, y);
            }
        }
        return outline.line(size * last / density.length, size).close();
    }

    private void pair(Svg svg, int column, int row, double size) {
        Density2 density = Density2.of(sides[column], sides[row], weights, CELLS_2D);
        double[] levels = density.levels(SHARES);
        for (int s = 0; s < SHARES.length; s++) {
            boolean line = s == OUTER || s == INNER;
            svg.path(outline(density, levels[s], size), Theme.SHADES[s] + (line ? " ub-line" : ""));
        }
    }

    private static Outline outline(Density2 density, double level, double size) {
        Outline outline = new Outline();
        for (Contours.Loop loop : Contours.of(density, level)) {
            Contours.Loop simple = Contours.simplified(loop, TOLERANCE / size);
            for (int k = 0; k < simple.x().length; k++) {
                double x = simple.x()[k] * size;
                double y = (1 - simple.y()[k]) * size;
                if (k == 0) {
                    outline.move(x, y);
                } else {
                    outline.line(x, y);
                }
            }
            outline.close();
        }
        return outline;
    }

    private void axes(Svg svg, Layout layout, int column, int row) {
        double x = layout.x(column);
        double y = layout.y(row);
        double size = layout.panel;
        int n = marginals.size();
        Axes axes = new Axes(svg, x, y, size, size);
        svg.frame(x, y, size, size);
        Scale.Ticks bottom = scales[column].ticks(layout.ticks);
        axes.bottom(bottom, row == n - 1);
        if (row == n - 1) {
            axes.bottomLabel(label(column, bottom), layout.bottomLabel);
        }
        if (row > column) {
            Scale.Ticks left = scales[row].ticks(layout.ticks);
            axes.left(left, column == 0);
            if (column == 0) {
                axes.leftLabel(label(row, left), layout.leftLabel);
            }
        }
    }

    private String label(int k, Scale.Ticks ticks) {
        Quantity quantity = marginals.get(k).quantity();
        return ticks.label(quantity.name(), Label.unit(quantity));
    }

    private void title(Svg svg, Layout layout, int k) {
        double x = layout.x(k);
        double y = layout.y(k) - 6;
        if (layout.twoLines) {
            svg.text(x, y - 14, "ub-title", Layout.name(marginals.get(k)));
            svg.text(x, y, "ub-title", Layout.value(marginals.get(k), intervals[k]));
        } else {
            svg.text(x, y, "ub-title", Layout.name(marginals.get(k)) + Layout.value(marginals.get(k), intervals[k]));
        }
    }

    private void legend(Svg svg, Layout layout) {
        double x = layout.legendX;
        double y = layout.legendY;
        List<String> notes = new ArrayList<>();
        boolean prior = marginals.stream().anyMatch(m -> m.prior().length > 1);
        svg.rect(x, y - 8, 22, 9, "ub-core");
        svg.line(x, y - 8, x + 22, y - 8, "ub-curve");
        svg.text(x + 30, y, "ub-note", "posterior, central 68 %");
        y += 17;
        if (prior) {
            svg.line(x, y - 4, x + 22, y - 4, "ub-prior");
            svg.text(x + 30, y, "ub-note", "prior");
            y += 17;
        }
        if (marginals.size() > 1) {
            svg.rect(x, y - 9, 22, 11, Theme.SHADES[OUTER]);
            svg.rect(x + 4, y - 6.5, 14, 6, Theme.SHADES[INNER]);
            svg.text(x + 30, y, "ub-note", "39.3 % and 86.5 % regions");
            y += 17;
        }
        notes.add("titles: median and 68 % interval");
        if (dropped > 0) {
            notes.add(dropped + (dropped == 1 ? " draw" : " draws") + " not finite, left out");
        }
        for (String note : notes) {
            svg.text(x, y, "ub-note", note);
            y += 15;
        }
    }

    /** Where everything stands, in pixels. */
    private record Layout(
            double panel,
            double gap,
            double left,
            double top,
            double width,
            double height,
            int ticks,
            double leftLabel,
            double bottomLabel,
            boolean twoLines,
            double legendX,
            double legendY) {

        private static final double LEGEND = 190;

        static Layout of(List<Marginal> marginals, Label.Interval[] intervals) {
            int n = marginals.size();
            double panel = n == 1 ? 260 : Math.max(84, Math.min(170, 960.0 / n - 8));
            double widest = 0;
            double widestPart = 0;
            for (int k = 0; k < n; k++) {
                double name = Theme.width(name(marginals.get(k)), 12);
                double value = Theme.width(value(marginals.get(k), intervals[k]), 12);
                widest = Math.max(widest, name + value);
                widestPart = Math.max(widestPart, Math.max(name, value));
            }
            double gap = 8;
            boolean twoLines = widest > 1.35 * panel;
            double left = n == 1 ? 24 : 84;
            double top = twoLines ? 44 : 30;
            double right = Math.max(16, (twoLines ? widestPart : widest) - panel + 8);
            double grid = n * panel + (n - 1) * gap;
            double width = left + grid + right;
            double legendX = n == 1 ? left + panel + 24 : Math.max(left + panel + gap + 30, width - LEGEND - 16);
            return new Layout(
                    panel,
                    gap,
                    left,
                    top,
                    // Room for the legend beside one panel, or over the second of two.
                    Math.max(width, legendX + LEGEND),
                    top + grid + 60,
                    panel < 100 ? 3 : 4,
                    48,
                    32,
                    twoLines,
                    legendX,
                    n == 1 ? top + 16 : 22);
        }

        double x(int column) {
            return left + column * (panel + gap);
        }

        double y(int row) {
            return top + row * (panel + gap);
        }

        static String name(Marginal marginal) {
            return marginal.quantity().name() + " = ";
        }

        static String value(Marginal marginal, Label.Interval interval) {
            return (interval.text() + " " + Label.unit(marginal.quantity())).strip();
        }
    }
}
