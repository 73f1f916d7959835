package org.unblend.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.unblend.io.Marginal;
import org.unblend.math.Parallel;

/**
 * The corner plot: the marginal posterior of each quantity on the diagonal, with its prior dashed and the central 68.3 %
 * dark, and of each pair below it, shaded, with lines around 39.3 % and 86.5 % of the probability (one and two sigma of a
 * normal law in two dimensions). Titles give the median and the distances to the 15.9 % and 84.1 % quantiles.
 */
public final class CornerPlot {
    private static final double[] SHARES = {0.97, 0.865, 0.65, 0.393, 0.2};
    private static final int OUTER = 1;
    private static final int INNER = 3;
    private static final int CELLS = 60;
    /** How far a simplified line may be off, in pixels. */
    private static final double TOLERANCE = 0.2;

    private final List<CornerColumn> columns;
    private final double[] weights;
    private final int dropped;

    private CornerPlot(List<CornerColumn> columns, double[] weights, int dropped) {
        this.columns = columns;
        this.weights = weights;
        this.dropped = dropped;
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
        return svg(marginals, weights, Parallel.SERIAL);
    }

    /** {@link #svg(List, double[])} by several threads. */
    public static String svg(List<Marginal> marginals, double[] weights, Parallel parallel) {
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
        CornerColumn[] columns = new CornerColumn[marginals.size()];
        parallel.forRanges(columns.length, 1, (k, end) -> columns[k] = CornerColumn.of(marginals.get(k), w));
        return new CornerPlot(List.of(columns), w, dropped).draw(parallel);
    }

    private String draw(Parallel parallel) {
        int n = columns.size();
        CornerLayout layout = CornerLayout.of(columns);
        Outline[][][] pairs = new Outline[n][n][];
        parallel.forRanges(n * n, 1, (at, end) -> {
            if (at / n > at % n) {
                pairs[at / n][at % n] = pair(at % n, at / n, layout.panel());
            }
        });
        Svg svg = new Svg(
                layout.width(),
                layout.height(),
                columns.stream()
                        .map(c -> c.marginal().quantity().name())
                        .collect(Collectors.joining(", ", "Corner plot of ", "")));
        for (int row = 0; row < n; row++) {
            for (int column = 0; column <= row; column++) {
                svg.open(layout.x(column), layout.y(row), layout.panel(), layout.panel());
                if (row == column) {
                    MarginalPanel.draw(svg, columns.get(row), weights, layout.panel());
                } else {
                    shade(svg, pairs[row][column]);
                }
                svg.close();
                axes(svg, layout, column, row);
            }
            title(svg, layout, row);
        }
        legend(svg, layout);
        return svg.finish();
    }

    /** The outlines of the regions of {@link #SHARES}. */
    private Outline[] pair(int column, int row, double size) {
        Density2 density =
                Density2.of(columns.get(column).side(), columns.get(row).side(), weights, CELLS);
        return Arrays.stream(density.levels(SHARES))
                .mapToObj(level -> outline(density, level, size))
                .toArray(Outline[]::new);
    }

    private static void shade(Svg svg, Outline[] outlines) {
        for (int s = 0; s < outlines.length; s++) {
            boolean line = s == OUTER || s == INNER;
            svg.path(outlines[s], Theme.SHADES[s] + (line ? " ub-line" : ""));
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

    private void axes(Svg svg, CornerLayout layout, int column, int row) {
        double x = layout.x(column);
        double y = layout.y(row);
        double size = layout.panel();
        int n = columns.size();
        Axes axes = new Axes(svg, x, y, size, size);
        svg.frame(x, y, size, size);
        Scale.Ticks bottom = columns.get(column).scale().ticks(layout.ticks());
        axes.bottom(bottom, row == n - 1);
        if (row == n - 1) {
            axes.bottomLabel(columns.get(column).label(bottom), layout.bottomLabel());
        }
        if (row > column) {
            Scale.Ticks left = columns.get(row).scale().ticks(layout.ticks());
            axes.left(left, column == 0);
            if (column == 0) {
                axes.leftLabel(columns.get(row).label(left), layout.leftLabel());
            }
        }
    }

    private void title(Svg svg, CornerLayout layout, int k) {
        double x = layout.x(k);
        double y = layout.y(k) - 6;
        CornerColumn column = columns.get(k);
        if (layout.twoLines()) {
            svg.text(x, y - 14, "ub-title", column.name());
            svg.text(x, y, "ub-title", column.value());
        } else {
            svg.text(x, y, "ub-title", column.name() + column.value());
        }
    }

    private void legend(Svg svg, CornerLayout layout) {
        double x = layout.legendX();
        double y = layout.legendY();
        List<String> notes = new ArrayList<>();
        boolean prior = columns.stream().anyMatch(c -> c.marginal().prior().length > 1);
        svg.rect(x, y - 8, 22, 9, "ub-core");
        svg.line(x, y - 8, x + 22, y - 8, "ub-curve");
        svg.text(x + 30, y, "ub-note", "posterior, central 68 %");
        y += 17;
        if (prior) {
            svg.line(x, y - 4, x + 22, y - 4, "ub-prior");
            svg.text(x + 30, y, "ub-note", "prior");
            y += 17;
        }
        if (columns.size() > 1) {
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
}
