package org.unblend.plot;

import java.util.List;

/**
 * Where everything stands in a corner plot, in pixels.
 *
 * @param panel side of a panel
 * @param gap between panels
 * @param left left edge of the panels
 * @param top upper edge of the panels
 * @param width of the figure
 * @param height of the figure
 * @param ticks most numbers along an axis
 * @param leftLabel distance of axis labels from the left edge
 * @param bottomLabel distance of axis labels from the lower edge
 * @param twoLines whether titles take two lines
 * @param legendX left edge of the legend
 * @param legendY first line of the legend
 */
record CornerLayout(
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

    static CornerLayout of(List<CornerColumn> columns) {
        int n = columns.size();
        double panel = n == 1 ? 260 : Math.max(84, Math.min(170, 960.0 / n - 8));
        double widest = 0;
        double widestPart = 0;
        for (CornerColumn column : columns) {
            double name = Theme.width(column.name(), 12);
            double value = Theme.width(column.value(), 12);
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
        return new CornerLayout(
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
}
