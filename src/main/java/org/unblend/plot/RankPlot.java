package org.unblend.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.unblend.nmf.rank.RankRow;
import org.unblend.nmf.rank.Score;

/**
 * A comparison of ranks: what held-out entries and held-out quarters of the matrix cost, with standard errors; the error of
 * the fit; how well components come back.
 */
public final class RankPlot {
    private RankPlot() {}

    /**
     * Draws the figure. Panels without a finite value are left out.
     *
     * @param title shown by browsers and read by screen readers
     * @param rows one per rank, ascending
     * @return the text of an SVG image
     */
    public static String svg(String title, List<RankRow> rows) {
        return LinePlot.svg(title, "rank", panels(rows));
    }

    /**
     * Draws the figure with evidences above.
     *
     * @param logZ ln Z of each rank, {@code [rows]}
     * @param error their standard errors
     */
    public static String svg(String title, List<RankRow> rows, double[] logZ, double[] error) {
        double best = Arrays.stream(logZ).max().orElseThrow();
        List<LinePlot.Panel> panels = new ArrayList<>();
        panels.add(new LinePlot.Panel(
                "ln Z",
                List.of(new LinePlot.Series(
                        "evidence, less that of the best rank",
                        LinePlot.Style.BLUE,
                        values(rows, RankRow::rank),
                        Arrays.stream(logZ).map(z -> z - best).toArray(),
                        error))));
        panels.addAll(panels(rows));
        return LinePlot.svg(title, "rank", panels);
    }

    private static List<LinePlot.Panel> panels(List<RankRow> rows) {
        return Stream.of(
                        new LinePlot.Panel(
                                "held-out deviance",
                                true,
                                List.of(
                                        deviance("entries", LinePlot.Style.BLUE, rows, RankRow::speckles),
                                        deviance("quarters", LinePlot.Style.RED, rows, RankRow::quarters))),
                        new LinePlot.Panel(
                                "error over noise",
                                true,
                                List.of(series(
                                        "mean squared error of the fit", LinePlot.Style.BLUE, rows, RankRow::error))),
                        new LinePlot.Panel(
                                "silhouette",
                                List.of(
                                        series(
                                                "mean of the components",
                                                LinePlot.Style.BLUE,
                                                rows,
                                                RankRow::silhouette),
                                        series("least", LinePlot.Style.RED, rows, RankRow::leastSilhouette))))
                .map(p -> new LinePlot.Panel(
                        p.label(),
                        p.logarithmic(),
                        p.series().stream()
                                .filter(s -> Arrays.stream(s.y()).anyMatch(Double::isFinite))
                                .toList()))
                .filter(p -> !p.series().isEmpty())
                .toList();
    }

    private static LinePlot.Series deviance(
            String name, LinePlot.Style style, List<RankRow> rows, Function<RankRow, Score> score) {
        return new LinePlot.Series(
                name,
                style,
                values(rows, RankRow::rank),
                values(rows, r -> score.apply(r).mean()),
                values(rows, r -> score.apply(r).error()));
    }

    private static LinePlot.Series series(
            String name, LinePlot.Style style, List<RankRow> rows, ToDoubleFunction<RankRow> value) {
        return new LinePlot.Series(name, style, values(rows, RankRow::rank), values(rows, value));
    }

    private static double[] values(List<RankRow> rows, ToDoubleFunction<RankRow> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
