package org.unblend.cli.validate;

import static org.unblend.cli.validate.DoubletTrial.CLIPPED;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.unblend.io.AtomicFile;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.nmf.Moment;
import org.unblend.plot.LinePlot;
import org.unblend.simulate.GaussianDoublet;

/**
 * Fits exposures of a doublet on empty sky, much of which is negative, by several methods from the same starts, for
 * several simulations. Keys, each for {@code clipped} (multiplicative updates of clipped data), {@code nearly}, {@code
 * shift}, {@code shift x2}, {@code shift x5} (the shift multiplied) and {@code weighted-cd}: {@code METHOD offset}, mean
 * of reconstruction minus truth where the truth is below 1e-3; {@code METHOD lines}, relative error of the flux where it
 * is above 10; {@code METHOD chi2}, per degree of freedom, on the data as they are; {@code METHOD iterations} until chi2
 * is within 1 % of the lowest of all methods but {@code clipped}, which minimises something else and has no such key.
 * {@code truth chi2} is that of the truth per entry, {@code negative} the fraction of negative data.
 *
 * <p>Draws {@code reconstruction.svg} and {@code convergence.svg} of the first simulation.
 */
record NegativeDataCheck(int pixels, int exposures, int simulations, int iterations) implements Check {
    /** The exposure that is shown. */
    private static final int SHOWN = 0;

    /** As in the paper, 500 exposures. */
    static final NegativeDataCheck STANDARD = new NegativeDataCheck(125, 500, 5, 300);

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        DoubletTrial[] trials = new DoubletTrial[simulations];
        parallel.forRanges(
                simulations,
                1,
                (from, to) -> trials[from] = DoubletTrial.of(pixels, exposures, iterations, RandomStream.of(1 + from)));
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put("truth chi2", mean(trials, DoubletTrial::chi2OfTruth));
        ours.put("negative", mean(trials, DoubletTrial::negative));
        for (String method : trials[0].fits().keySet()) {
            ours.put(method + " offset", mean(trials, t -> t.offset(method)));
            ours.put(method + " lines", mean(trials, t -> t.lines(method)));
            ours.put(method + " chi2", mean(trials, t -> t.chi2(method)));
            if (!method.equals(CLIPPED)) {
                ours.put(method + " iterations", mean(trials, t -> t.iterations(method)));
            }
        }
        AtomicFile.write(folder.resolve("reconstruction.svg"), reconstruction(trials[0]));
        AtomicFile.write(folder.resolve("convergence.svg"), convergence(trials[0]));
        return ours;
    }

    private static Measured mean(DoubletTrial[] trials, ToDoubleFunction<DoubletTrial> value) {
        return Measured.mean(Arrays.stream(trials).mapToDouble(value).toArray());
    }

    private static String reconstruction(DoubletTrial trial) {
        GaussianDoublet doublet = trial.doublet();
        double[] x = doublet.position();
        List<LinePlot.Series> series = new ArrayList<>();
        series.add(series("data", LinePlot.Style.POINTS, x, doublet.flux()));
        series.add(series("truth", LinePlot.Style.BLACK, x, doublet.truth()));
        series.add(series(CLIPPED, LinePlot.Style.RED, x, trial.mean(CLIPPED)));
        series.add(series("weighted-cd", LinePlot.Style.BLUE_DASHED, x, trial.mean("weighted-cd")));
        List<LinePlot.Panel> panels = new ArrayList<>();
        panels.add(new LinePlot.Panel("flux of one exposure", series));
        panels.add(new LinePlot.Panel(
                "mean error",
                List.of(
                        error(trial, CLIPPED, LinePlot.Style.RED),
                        error(trial, "shift", LinePlot.Style.BLACK),
                        error(trial, "nearly", LinePlot.Style.BLUE),
                        error(trial, "weighted-cd", LinePlot.Style.BLUE_DASHED))));
        for (String method : List.of(CLIPPED, "shift", "nearly", "weighted-cd")) {
            double[][] w = trial.fits().get(method).factors().w().transpose().array();
            double largest =
                    Arrays.stream(w).flatMapToDouble(Arrays::stream).max().orElseThrow();
            for (double[] template : w) {
                Arrays.setAll(template, i -> template[i] / largest);
            }
            panels.add(new LinePlot.Panel(
                    "templates",
                    List.of(
                            new LinePlot.Series(method, LinePlot.Style.BLUE, x, w[0]),
                            new LinePlot.Series("", LinePlot.Style.RED, x, w[1]))));
        }
        return LinePlot.svg("Doublet with negative data: reconstructions and templates", "pixel position", panels);
    }

    /** Reconstruction minus truth, mean over the exposures. */
    private static LinePlot.Series error(DoubletTrial trial, String method, LinePlot.Style style) {
        Dense mean = trial.mean(method);
        Dense truth = trial.doublet().truth();
        double[] y = new double[mean.rows()];
        Arrays.setAll(
                y,
                i -> (Arrays.stream(mean.row(i)).sum()
                                - Arrays.stream(truth.row(i)).sum())
                        / mean.columns());
        return new LinePlot.Series(method, style, trial.doublet().position(), y);
    }

    private static LinePlot.Series series(String name, LinePlot.Style style, double[] x, Dense values) {
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> values.get(i, SHOWN));
        return new LinePlot.Series(name, style, x, y);
    }

    private static String convergence(DoubletTrial trial) {
        Map<String, LinePlot.Style> styles = new LinkedHashMap<>();
        styles.put("weighted-cd", LinePlot.Style.BLACK);
        styles.put("nearly", LinePlot.Style.BLUE);
        styles.put("shift", LinePlot.Style.RED);
        styles.put("shift x2", LinePlot.Style.BLUE_DASHED);
        styles.put("shift x5", LinePlot.Style.GREY_DASHED);
        List<LinePlot.Series> series = new ArrayList<>();
        styles.forEach((method, style) -> {
            List<Moment> trace = trial.fits().get(method).trace();
            series.add(new LinePlot.Series(
                    method,
                    style,
                    trace.stream().mapToDouble(Moment::iteration).toArray(),
                    trace.stream().mapToDouble(m -> 2 * m.objective()).toArray()));
        });
        return LinePlot.svg(
                "Doublet with negative data: convergence",
                "iteration",
                List.of(new LinePlot.Panel("chi2", true, series)));
    }
}
