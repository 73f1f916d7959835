package org.unblend.plot;

import java.util.Arrays;

/** The marginal posterior of one quantity as a curve over its axis, the prior dashed, the central 68.3 % dark. */
final class MarginalPanel {
    private static final int CELLS = 120;
    /** Height of the panel in units of the highest posterior density. */
    private static final double HEADROOM = 1.12;
    /** Priors are smoother than posteriors; this keeps the noise of their draws out of the figure. */
    private static final double PRIOR_SMOOTHING = 1.6;

    private MarginalPanel() {}

    /**
     * Draws it into the open frame.
     *
     * @param size side of the frame
     */
    static void draw(Svg svg, CornerColumn column, double[] weights, double size) {
        double[] density = Density1.of(column.side().place(), weights, CELLS, column.low(), column.high(), 1);
        double top = HEADROOM * Arrays.stream(density).max().orElseThrow();
        double[] sigma = column.sigma();
        svg.path(area(density, 0, CELLS, top, size), "ub-area");
        int from = (int) Math.round(sigma[0] * CELLS);
        int to = (int) Math.round(sigma[2] * CELLS);
        svg.path(area(density, from, to, top, size), "ub-core");
        double median = density[(int) Math.max(0, Math.min(CELLS - 1, sigma[1] * CELLS))];
        svg.line(sigma[1] * size, size, sigma[1] * size, size * (1 - median / top), "ub-median");
        double[] prior = prior(column);
        if (prior.length > 0) {
            svg.path(curve(prior, top, size), "ub-prior");
        }
        svg.path(curve(density, top, size), "ub-curve");
    }

    /** Density of the prior draws; empty if there are none to speak of. */
    private static double[] prior(CornerColumn column) {
        Scale scale = column.scale();
        double[] places = Arrays.stream(column.marginal().prior())
                .filter(v -> Double.isFinite(v) && (v > 0 || !scale.logarithmic()))
                .map(scale::place)
                .toArray();
        if (places.length < 2) {
            return new double[0];
        }
        double[] equal = new double[places.length];
        Arrays.fill(equal, 1);
        return Density1.of(places, equal, CELLS, column.low(), column.high(), PRIOR_SMOOTHING);
    }

    private static Outline curve(double[] density, double top, double size) {
        Outline outline = new Outline().move(0, size * (1 - density[0] / top));
        for (int c = 0; c < CELLS; c++) {
            outline.line(size * (c + 0.5) / CELLS, size * (1 - density[c] / top));
        }
        return outline.line(size, size * (1 - density[CELLS - 1] / top));
    }

    /** The area under the curve over the cells {@code from} to {@code to}, at least one. */
    private static Outline area(double[] density, int from, int to, double top, double size) {
        int first = Math.max(0, Math.min(CELLS - 1, from));
        int last = Math.max(first + 1, Math.min(CELLS, to));
        double left = size * first / CELLS;
        double right = size * last / CELLS;
        Outline outline = new Outline().move(left, size).line(left, size * (1 - density[first] / top));
        for (int c = first; c < last; c++) {
            outline.line(size * (c + 0.5) / CELLS, size * (1 - density[c] / top));
        }
        return outline.line(right, size * (1 - density[last - 1] / top))
                .line(right, size)
                .close();
    }
}
