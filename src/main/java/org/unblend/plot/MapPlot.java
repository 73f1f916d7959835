package org.unblend.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unblend.io.maps.PixelGrid;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;

/**
 * The components of maps as images, each over its share in every map. An image is the row of H over the brightest pixel;
 * the share of component k in map i is {@code W_ik sum_j H_kj / sum_l W_il sum_j H_lj}, which no unit enters.
 */
public final class MapPlot {
    private static final double SIDE = 230;
    private static final double BARS = 74;
    private static final double LEFT = 70;
    private static final double BETWEEN = 26;
    private static final double TOP = 34;
    /** From a map to the bars below it, with numbers and label of its axis. */
    private static final double UNDER = 46;

    private static final double RIGHT = 74;
    private static final double ROW_GAP = 26;
    private static final int MOST_IN_A_ROW = 4;
    /** Least width of the bars below a narrow map. */
    private static final double LEAST = 90;
    /** Narrowest bar whose label can be read. */
    private static final double LABELLED = 12;

    private final Svg svg;
    private final PixelGrid grid;
    private final List<String> names;
    private final double width;
    private final double height;
    private final double pixel;

    private MapPlot(Svg svg, PixelGrid grid, List<String> names, double pixel) {
        this.svg = svg;
        this.grid = grid;
        this.names = names;
        this.pixel = pixel;
        width = pixel * grid.width();
        height = pixel * grid.height();
    }

    /**
     * Draws the figure.
     *
     * @param names names of the maps, {@code [features]}
     * @param grid the pixels, which are the columns of H
     * @return the text of an SVG image
     */
    public static String svg(Factors factors, List<String> names, PixelGrid grid) {
        int r = factors.h().rows();
        int columns = Math.min(r, MOST_IN_A_ROW);
        int rows = (r + columns - 1) / columns;
        double pixel = SIDE / Math.max(grid.width(), grid.height());
        double wide = Math.max(LEAST, pixel * grid.width());
        double row = pixel * grid.height() + UNDER + BARS + below(names, wide);
        Svg svg = new Svg(
                LEFT + columns * wide + (columns - 1) * BETWEEN + RIGHT,
                TOP + rows * row + (rows - 1) * ROW_GAP,
                "maps of " + r + " components");
        MapPlot plot = new MapPlot(svg, grid, names, pixel);
        double[][] share = shares(factors);
        for (int k = 0; k < r; k++) {
            double x = LEFT + (k % columns) * (wide + BETWEEN);
            double y = TOP + (k / columns) * (row + ROW_GAP);
            plot.component(x, y, wide, k, grid.map(factors.h().row(k)), share[k], k % columns == 0);
            if (k % columns == columns - 1 || k == r - 1) {
                plot.bar(x + wide + 14, y);
            }
        }
        return svg.finish();
    }

    /** Share of each component in each map, {@code [components x features]}, in percent. */
    private static double[][] shares(Factors factors) {
        Dense w = factors.w();
        double[][] part = new double[w.columns()][w.rows()];
        double[] all = new double[w.rows()];
        for (int k = 0; k < part.length; k++) {
            double sum = Arrays.stream(factors.h().row(k)).sum();
            for (int i = 0; i < w.rows(); i++) {
                part[k][i] = w.get(i, k) * sum;
                all[i] += part[k][i];
            }
        }
        for (double[] row : part) {
            Arrays.setAll(row, i -> all[i] > 0 ? 100 * row[i] / all[i] : 0);
        }
        return part;
    }

    private void component(double x, double y, double wide, int k, double[][] map, double[] share, boolean first) {
        svg.text(x + wide / 2, y - 10, "ub-label", "component " + (k + 1));
        double left = x + (wide - width) / 2;
        Raster raster = Raster.of(map);
        double largest = raster.quantile(1);
        svg.rect(left, y, width, height, "ub-absent");
        svg.open(left, y, width, height);
        raster.draw(svg, pixel, height, largest > 0 ? largest : 1);
        svg.close();
        svg.frame(left, y, width, height);
        coordinates(new Axes(svg, left, y, width, height), first);
        shares(x, y + height + UNDER, wide, share, first);
    }

    /** Offsets from the middle of the map in arcseconds where the header gives them, else numbers of pixels. */
    private void coordinates(Axes axes, boolean first) {
        Optional<double[]> step = grid.frame().arcseconds();
        Scale across = step.map(s -> offsets(s[0], grid.width()))
                .orElse(new Scale(grid.firstX() - 0.5, grid.firstX() + grid.width() - 0.5, false));
        Scale up = step.map(s -> offsets(s[1], grid.height()))
                .orElse(new Scale(grid.firstY() - 0.5, grid.firstY() + grid.height() - 0.5, false));
        boolean mirrored = step.isPresent() && step.get()[0] < 0;
        Scale.Ticks bottom = across.ticks(5);
        axes.bottom(mirrored ? bottom.mirrored() : bottom, true);
        axes.bottomLabel(step.isPresent() ? "offset [arcsec]" : "pixel", 31);
        Scale.Ticks left = up.ticks(6);
        boolean turned = step.isPresent() && step.get()[1] < 0;
        axes.left(turned ? left.mirrored() : left, first);
        if (first) {
            axes.leftLabel(step.isPresent() ? "offset [arcsec]" : "pixel", 40);
        }
    }

    private static Scale offsets(double step, int pixels) {
        double half = Math.abs(step) * pixels / 2;
        return new Scale(-half, half, false);
    }

    private void shares(double x, double y, double wide, double[] share, boolean first) {
        double step = wide / share.length;
        Scale up = new Scale(0, 112, false);
        svg.open(x, y, wide, BARS);
        for (int i = 0; i < share.length; i++) {
            double top = BARS * (1 - up.place(share[i]));
            svg.rect((i + 0.12) * step, top, 0.76 * step, BARS - top, "ub-shade4");
        }
        svg.close();
        svg.frame(x, y, wide, BARS);
        Axes axes = new Axes(svg, x, y, wide, BARS);
        axes.left(
                new Scale.Ticks(
                        Stream.of(0, 50, 100)
                                .map(v -> new Scale.Tick(up.place(v), "" + v))
                                .toList(),
                        "",
                        ""),
                first);
        if (first) {
            axes.leftLabel("share [%]", 40);
        }
        labels(x, y + BARS, wide);
    }

    private void labels(double x, double y, double wide) {
        if (!labelled(names, wide)) {
            svg.text(x, y + 14, "ub-note", names.get(0));
            svg.text(x + wide, y + 14, "ub-numr", names.get(names.size() - 1));
            return;
        }
        IntStream.range(0, names.size()).forEach(i -> {
            double at = x + (i + 0.5) * wide / names.size();
            if (level(names, wide)) {
                svg.text(at, y + 14, "ub-num", names.get(i));
            } else {
                svg.text(at + 4, y + 12, "ub-turned", names.get(i), -60, 0);
            }
        });
    }

    private static boolean labelled(List<String> names, double wide) {
        return wide / names.size() >= LABELLED;
    }

    /** True if names fit beside each other. */
    private static boolean level(List<String> names, double wide) {
        return names.stream().allMatch(n -> Theme.width(n, 10) < wide / names.size() - 4);
    }

    private static double below(List<String> names, double wide) {
        double longest =
                names.stream().mapToDouble(n -> Theme.width(n, 11)).max().orElse(0);
        return labelled(names, wide) && !level(names, wide) ? Math.min(150, longest) * 0.87 + 18 : 24;
    }

    /** The colours with their numbers. */
    private void bar(double x, double y) {
        double wide = 11;
        double step = height / ColourScale.LEVELS;
        for (int level = 0; level < ColourScale.LEVELS; level++) {
            double top = y + height - (level + 1) * step;
            Outline patch = new Outline().move(x, top);
            patch.line(x + wide, top)
                    .line(x + wide, top + step)
                    .line(x, top + step)
                    .close();
            svg.fill(patch, ColourScale.colour(level));
        }
        svg.frame(x, y, wide, height);
        new Axes(svg, x, y, wide, height).right(new Scale(0, 1, false).ticks(5));
        String label = "strength, brightest pixel = 1";
        svg.text(x + wide + 42, y + height / 2, "ub-label", label, -90, Theme.fit(label, 11, height));
    }
}
