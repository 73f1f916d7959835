package org.unblend.plot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.unblend.diagnose.Weighted;

/** Observed values with their errors beside the median and the central 89 % of the posterior predictive, per label. */
public final class PredictionPlot {
    private static final double PANEL = 300;
    private static final double TOP = 54;
    private static final double LEFT = 78;
    private static final double RIGHT = 20;
    private static final double[] INTERVAL = {0.055, 0.5, 0.945};

    private PredictionPlot() {}

    /**
     * The data of one figure. Arrays are not modified.
     *
     * @param name what was observed
     * @param unit its unit, empty if unknown
     * @param labels one per entry
     * @param observed {@code [entries]}; NaN marks a missing entry
     * @param error {@code [entries]}, standard deviation of each observed value; NaN if unknown
     * @param predictive {@code [draws x entries]}, draws of the posterior predictive; those not finite are left out
     * @param weights {@code [draws]}
     * @param logarithmic wish for a logarithmic axis; granted if something positive is to be shown
     */
    public record Data(
            String name,
            String unit,
            List<String> labels,
            double[] observed,
            double[] error,
            double[] predictive,
            double[] weights,
            boolean logarithmic) {

        public Data {
            labels = List.copyOf(labels);
            int n = labels.size();
            if (n == 0 || observed.length != n || error.length != n || predictive.length != n * weights.length) {
                throw new IllegalArgumentException("arrays of unequal length: " + n + " labels, " + observed.length
                        + " observed, " + error.length + " errors, " + predictive.length + " predictions, "
                        + weights.length + " weights");
            }
        }

        /** 5.5 %, 50 % and 94.5 % of what is predicted for an entry; NaN if nothing finite is. */
        double[] interval(int entry) {
            double[] x = new double[weights.length];
            double[] w = weights.clone();
            for (int i = 0; i < x.length; i++) {
                x[i] = predictive[i * labels.size() + entry];
                w[i] = Double.isFinite(x[i]) ? w[i] : 0;
            }
            return Weighted.quantiles(x, w, INTERVAL);
        }
    }

    /**
     * Draws the figure.
     *
     * @return the text of an SVG image
     * @throws IllegalArgumentException if there is nothing finite to draw
     */
    public static String svg(Data data) {
        int n = data.labels.size();
        double pitch = Math.max(14, Math.min(110, 900.0 / n));
        boolean turned = data.labels.stream().anyMatch(l -> Theme.width(l, 11) > pitch - 6);
        double longest =
                data.labels.stream().mapToDouble(l -> Theme.width(l, 11)).max().orElseThrow();
        double width = Math.max(320, n * pitch);
        double step = width / n;
        double below = turned ? Math.min(160, longest) * 0.87 + 30 : 34;
        double[][] intervals = new double[n][];
        for (int k = 0; k < n; k++) {
            intervals[k] = data.interval(k);
        }
        Scale up = scale(data, intervals);

        Svg svg = new Svg(LEFT + width + RIGHT, TOP + PANEL + below, data.name + ": observed and predicted");
        Axes axes = new Axes(svg, LEFT, TOP, width, PANEL);
        Scale.Ticks ticks = up.ticks(6);
        svg.open(LEFT, TOP, width, PANEL);
        double bar = Math.min(22, 0.5 * step);
        for (int k = 0; k < n; k++) {
            entry(svg, data, intervals[k], k, (k + 0.5) * step, bar, up);
        }
        svg.close();
        svg.frame(LEFT, TOP, width, PANEL);
        axes.left(ticks, true);
        axes.leftLabel(ticks.label(data.name, Label.unit(data.unit)), 50);
        for (int k = 0; k < n; k++) {
            double x = LEFT + (k + 0.5) * step;
            svg.line(x, TOP + PANEL, x, TOP + PANEL + 4, "ub-tick");
            if (turned) {
                svg.text(x + 4, TOP + PANEL + 14, "ub-turned", data.labels.get(k), -60, 0);
            } else {
                svg.text(x, TOP + PANEL + 18, "ub-label", data.labels.get(k), 0, 11);
            }
        }
        legend(svg);
        return svg.finish();
    }

    private static void entry(Svg svg, Data data, double[] interval, int k, double x, double bar, Scale up) {
        if (!Double.isNaN(interval[0])) {
            double low = y(up, interval[0]);
            double high = y(up, interval[2]);
            svg.rect(x - bar / 2, high, bar, Math.max(1, low - high), "ub-core");
            double median = y(up, interval[1]);
            svg.line(x - bar / 2, median, x + bar / 2, median, "ub-curve");
        }
        double observed = data.observed[k];
        if (Double.isFinite(observed) && (observed > 0 || !up.logarithmic())) {
            double error = data.error[k];
            if (error > 0 && Double.isFinite(error)) {
                double low = y(up, observed - error);
                double high = y(up, observed + error);
                svg.path(
                        new Outline()
                                .move(x, low)
                                .line(x, high)
                                .move(x - 3.5, low)
                                .line(x + 3.5, low)
                                .move(x - 3.5, high)
                                .line(x + 3.5, high),
                        "ub-data");
            }
            svg.dot(x, y(up, observed), 3.6, "ub-dot");
        }
    }

    private static double y(Scale up, double value) {
        return PANEL * Math.max(-0.2, Math.min(1.2, 1 - up.place(value)));
    }

    private static Scale scale(Data data, double[][] intervals) {
        double[] shown = DoubleStream.concat(
                        Arrays.stream(intervals).flatMapToDouble(i -> Arrays.stream(i)),
                        DoubleStream.concat(
                                Arrays.stream(data.observed),
                                IntStream.range(0, data.observed.length)
                                        .filter(k -> data.error[k] > 0)
                                        .mapToDouble(k -> data.observed[k] + data.error[k])))
                .filter(Double::isFinite)
                .toArray();
        double[] lower = IntStream.range(0, data.observed.length)
                .filter(k -> data.error[k] > 0)
                .mapToDouble(k -> data.observed[k] - data.error[k])
                .filter(Double::isFinite)
                .toArray();
        double[] all =
                DoubleStream.concat(Arrays.stream(shown), Arrays.stream(lower)).toArray();
        if (all.length == 0) {
            throw new IllegalArgumentException(
                    "nothing finite to draw: neither an observed value of '" + data.name + "' nor a prediction");
        }
        double[] positive = Arrays.stream(all).filter(v -> v > 0).toArray();
        boolean logarithmic = data.logarithmic && positive.length > 0;
        double[] range = logarithmic ? positive : all;
        Scale tight = Scale.around(
                Arrays.stream(range).min().orElseThrow(),
                Arrays.stream(range).max().orElseThrow(),
                logarithmic);
        return new Scale(tight.value(-0.06), tight.value(1.06), tight.logarithmic());
    }

    private static void legend(Svg svg) {
        double y = 26;
        svg.line(LEFT + 9, y - 10, LEFT + 9, y + 2, "ub-data");
        svg.dot(LEFT + 9, y - 4, 3.6, "ub-dot");
        svg.text(LEFT + 22, y, "ub-note", "observed");
        svg.rect(LEFT + 92, y - 9, 16, 11, "ub-core");
        svg.line(LEFT + 92, y - 3.5, LEFT + 108, y - 3.5, "ub-curve");
        svg.text(LEFT + 116, y, "ub-note", "predicted: median and 89 % interval");
    }
}
