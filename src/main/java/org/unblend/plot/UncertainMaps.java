package org.unblend.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.unblend.io.maps.PixelGrid;
import org.unblend.math.Dense;

/**
 * Maps of components, a row per component: the same map from several sources beside each other on one scale of colours, and
 * maps of standard deviations on a scale of their own. The largest value stands above each map.
 */
public final class UncertainMaps {
    private static final double SIDE = 190;
    private static final double LEFT = 34;
    private static final double TOP = 30;
    private static final double ACROSS = 16;
    private static final double DOWN = 30;
    private static final double RIGHT = 16;
    private static final double BELOW = 14;

    private UncertainMaps() {}

    /**
     * One column of the figure.
     *
     * @param maps {@code [components x pixels]}
     * @param spread true for standard deviations, which have a scale of colours of their own
     */
    public record Column(String name, Dense maps, boolean spread) {}

    /**
     * Draws the figure.
     *
     * @param components names of the rows
     * @param grid the pixels
     * @return the text of an SVG image
     */
    public static String svg(List<String> components, List<Column> columns, PixelGrid grid) {
        double pixel = SIDE / Math.max(grid.width(), grid.height());
        double width = pixel * grid.width();
        double height = pixel * grid.height();
        int r = components.size();
        int n = columns.size();
        Svg svg = new Svg(
                LEFT + n * width + (n - 1) * ACROSS + RIGHT,
                TOP + r * (height + DOWN) + BELOW,
                "maps of " + r + " components with their uncertainty");
        for (int c = 0; c < n; c++) {
            svg.text(
                    LEFT + c * (width + ACROSS) + width / 2,
                    16,
                    "ub-label",
                    columns.get(c).name());
        }
        for (int k = 0; k < r; k++) {
            double y = TOP + DOWN / 2 + k * (height + DOWN);
            svg.text(
                    LEFT - 14,
                    y + height / 2,
                    "ub-label",
                    components.get(k),
                    -90,
                    Theme.fit(components.get(k), 12, height));
            double common = largest(columns, k);
            for (int c = 0; c < n; c++) {
                double x = LEFT + c * (width + ACROSS);
                double own = Arrays.stream(columns.get(c).maps().row(k)).max().orElse(0);
                double scale = columns.get(c).spread() ? own : common;
                svg.rect(x, y, width, height, "ub-absent");
                svg.open(x, y, width, height);
                Raster.of(grid.map(columns.get(c).maps().row(k))).draw(svg, pixel, height, scale > 0 ? scale : 1);
                svg.close();
                svg.frame(x, y, width, height);
                svg.text(x + width / 2, y - 4, "ub-num", String.format(Locale.ROOT, "largest %.3g", own));
            }
        }
        return svg.finish();
    }

    private static double largest(List<Column> columns, int k) {
        return columns.stream()
                .filter(c -> !c.spread())
                .flatMapToDouble(c -> Arrays.stream(c.maps().row(k)))
                .max()
                .orElse(1);
    }
}
