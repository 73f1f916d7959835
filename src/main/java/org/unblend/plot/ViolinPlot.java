package org.unblend.plot;

import java.util.Arrays;
import java.util.List;

/**
 * Distributions side by side: the density of each group as a mirrored outline, a thick bar over its central half, a thin
 * one over its central 95 %, in panels below each other. The axis ends where a thousandth of all values lies beyond.
 */
public final class ViolinPlot {
    private static final double LEFT = 78;
    private static final double RIGHT = 20;
    private static final double TOP = 24;
    private static final double BETWEEN = 16;
    private static final double BELOW = 64;
    private static final double HEIGHT = 200;
    private static final double SLOT = 46;
    private static final double BEYOND = 1e-3;
    private static final int CELLS = 160;
    private static final double LINE = 4.2;

    private ViolinPlot() {}

    /**
     * One violin.
     *
     * @param name below it
     * @param values finite; not modified
     */
    public record Group(String name, double[] values) {
        public Group {
            if (values.length == 0) {
                throw new IllegalArgumentException("group '" + name + "' has no values; leave it out");
            }
        }
    }

    /**
     * One panel.
     *
     * @param label of the vertical axis
     * @param logarithmic wish for a logarithmic axis; granted if all values are positive
     * @param groups as many in each panel, and in the same order
     */
    public record Panel(String label, boolean logarithmic, List<Group> groups) {
        public Panel {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Draws the figure.
     *
     * @param title shown by browsers and read by screen readers
     * @return the text of an SVG image
     */
    public static String svg(String title, List<Panel> panels) {
        int n = panels.get(0).groups.size();
        double width = Math.max(200, n * SLOT);
        double total = TOP + panels.size() * (HEIGHT + BETWEEN) - BETWEEN + BELOW;
        Svg svg = new Svg(LEFT + width + RIGHT, total, title);
        svg.text(LEFT, TOP - 9, "ub-title", title);
        for (int p = 0; p < panels.size(); p++) {
            double y = TOP + p * (HEIGHT + BETWEEN);
            panel(svg, panels.get(p), y, width);
        }
        double foot = TOP + panels.size() * (HEIGHT + BETWEEN) - BETWEEN;
        for (int g = 0; g < n; g++) {
            double at = LEFT + (g + 0.5) * width / n;
            svg.text(at + 4, foot + 14, "ub-turned", panels.get(0).groups.get(g).name, -40, 0);
        }
        return svg.finish();
    }

    private static void panel(Svg svg, Panel panel, double y, double width) {
        double[] all = panel.groups.stream()
                .flatMapToDouble(g -> Arrays.stream(g.values))
                .sorted()
                .toArray();
        Scale tight = Scale.around(quantile(all, BEYOND), quantile(all, 1 - BEYOND), panel.logarithmic);
        Scale up = new Scale(tight.value(-0.04), tight.value(1.04), tight.logarithmic());
        double slot = width / panel.groups.size();
        svg.open(LEFT, y, width, HEIGHT);
        for (int g = 0; g < panel.groups.size(); g++) {
            violin(svg, panel.groups.get(g), up, (g + 0.5) * slot, 0.44 * slot);
        }
        svg.close();
        svg.frame(LEFT, y, width, HEIGHT);
        Axes axes = new Axes(svg, LEFT, y, width, HEIGHT);
        Scale.Ticks ticks = up.ticks(5);
        axes.left(ticks, true);
        axes.leftLabel(ticks.label(panel.label, ""), 54);
    }

    private static void violin(Svg svg, Group group, Scale up, double centre, double half) {
        double[] place = Arrays.stream(group.values).map(up::place).toArray();
        double[] weights = new double[place.length];
        Arrays.fill(weights, 1);
        double[] density = Density1.of(place, weights, CELLS, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1);
        double peak = Arrays.stream(density).max().orElseThrow();
        Outline outline = new Outline();
        for (int c = 0; c < CELLS; c++) {
            double x = centre + half * density[c] / peak;
            double at = HEIGHT * (1 - (c + 0.5) / CELLS);
            if (c == 0) {
                outline.move(x, at);
            } else {
                outline.line(x, at);
            }
        }
        for (int c = CELLS - 1; c >= 0; c--) {
            outline.line(centre - half * density[c] / peak, HEIGHT * (1 - (c + 0.5) / CELLS));
        }
        svg.path(outline.close(), "ub-core");
        double[] sorted = group.values.clone();
        Arrays.sort(sorted);
        double from = HEIGHT * (1 - up.place(quantile(sorted, 0.025)));
        double to = HEIGHT * (1 - up.place(quantile(sorted, 0.975)));
        svg.line(centre, from, centre, to, "ub-third");
        double low = HEIGHT * (1 - up.place(quantile(sorted, 0.25)));
        double high = HEIGHT * (1 - up.place(quantile(sorted, 0.75)));
        svg.rect(centre - LINE / 2, high, LINE, low - high, "ub-third");
    }

    private static double quantile(double[] sorted, double p) {
        return sorted[(int) Math.round(p * (sorted.length - 1))];
    }
}
