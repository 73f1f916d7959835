package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.unblend.chemistry.GasLines;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.Weighted;
import org.unblend.emulator.EmulatorInput;
import org.unblend.emulator.train.Recipe;
import org.unblend.infer.Planner;
import org.unblend.infer.Samples;
import org.unblend.io.AtomicFile;
import org.unblend.io.emulator.TrainingFile;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.plot.LinePlot;
import org.unblend.plot.LinePlot.Series;
import org.unblend.plot.LinePlot.Style;

/**
 * HCO+ in NGC 1068, after de Mijolla 2022, section 2.6. Keys: {@code largest}, the largest ratio HCO+(4-3) / CO(3-2) of all
 * training models of {@code models/abundances.json} at line widths of {@value #NARROWEST} to 100 km/s, over the observed
 * one; {@code share} of the models that reach it at any width, {@code bright largest} as {@code largest} where CO(3-2) is no
 * weaker than observed, and {@code linear share} of as many points even in the quantities themselves, as the thesis
 * spread its models; {@code off K}, the largest relative difference of emulated from
 * computed intensities of model K of tables 2.7 and 2.8, and {@code CO K}, of our computed CO lines from those printed;
 * {@code T} and {@code log n}, means of the run without HCO+. Draws {@code ratios.svg}.
 */
record HcopCheck(Planner planner) implements DetailedCheck {
    private static final int NARROWEST = 1;
    private static final double[] WIDTHS = {NARROWEST, 3, 10, 30, 100};
    private static final double OBSERVED_CO = 2346.28;
    private static final double OBSERVED = 251.18 / OBSERVED_CO;
    private static final int PIECE = 500;
    private static final int CO = 0;
    private static final int HCOP = 3;

    /** Table 2.7: A_V, n, zeta, chi, T, m_Z, dv. */
    private static final double[][] MODELS = {
        {89.10, 966810.74, 1.24, 237.90, 199.24, 0.26, 18.81},
        {86.86, 979300.34, 1.02, 90.46, 108.46, 1.30, 78.15},
        {71.29, 907548.96, 2.95, 31.28, 102.80, 1.90, 99.09},
        {47.84, 857614.52, 1.39, 13.94, 96.72, 1.85, 58.51}
    };

    private static final double[] FILL = {0.75, 0.31, 0.27, 0.44};

    /** Table 2.8, direct: CO(3-2), CO(6-5), HCN(4-3), HCO+(4-3), CS(7-6). */
    private static final double[][] PRINTED = {
        {2566.15, 2705.82, 485.44, 5.95, 9.07},
        {2577.70, 2377.35, 554.30, 0.94, 3.96},
        {2688.81, 2465.41, 593.14, 1.13, 11.54},
        {2422.29, 2209.38, 656.22, 0.72, 5.33}
    };

    @Override
    public Outcome detailed(Path folder, Path data, Parallel parallel, Consumer<String> told) throws IOException {
        Path runs = folder.toAbsolutePath().normalize().getParent().getParent().resolve("runs");
        CompiledModel emulated = RunLoader.load(runs.resolve("simulated-one-phase-chemistry.json"), Optional.empty())
                .model();
        Map<String, Measured> ours = new LinkedHashMap<>();
        double[] ratios = ratios(runs, emulated, parallel, false, 0);
        ours.put("largest", Measured.exact(ratios[ratios.length - 1] / OBSERVED));
        ours.put("share", share(ratios));
        double[] bright = ratios(runs, emulated, parallel, false, OBSERVED_CO);
        ours.put("bright largest", Measured.exact(bright[bright.length - 1] / OBSERVED));
        ours.put("linear share", share(ratios(runs, emulated, parallel, true, 0)));
        AtomicFile.write(folder.resolve("ratios.svg"), plot(ratios));
        String text = intensities(emulated, ours);
        LoadedRun without = RunLoader.load(runs.resolve("ngc1068-without-hcop.json"), Optional.empty());
        Samples samples = new RunCheck(planner)
                .run(without, without.file().seed().orElse(1), parallel)
                .samples();
        double[] t = samples.column(samples.names().indexOf("T_kin"));
        double[] n = Arrays.stream(samples.column(samples.names().indexOf("n_H")))
                .map(Math::log10)
                .toArray();
        ours.put("T", new Measured(Weighted.mean(t, samples.weights()), Weighted.mcse(t, samples.weights())));
        ours.put("log n", new Measured(Weighted.mean(n, samples.weights()), Weighted.mcse(n, samples.weights())));
        return new Outcome(ours, text);
    }

    private static Measured share(double[] ratios) {
        return Measured.exact(
                (double) Arrays.stream(ratios).filter(r -> r >= OBSERVED).count() / ratios.length);
    }

    /**
     * For each training model the largest ratio over the line widths, ascending.
     *
     * @param linear spreads the models evenly in the quantities instead of as the training file says
     * @param least intensity of CO(3-2) that a model must reach to count
     */
    private static double[] ratios(Path runs, CompiledModel model, Parallel parallel, boolean linear, double least) {
        Recipe recipe = TrainingFile.read(runs.resolve("train-abundances.json"), Optional.empty())
                .recipe();
        int d = recipe.inputs().size();
        double[][] u = recipe.design()
                .points(recipe.rows(), d, RandomStream.of(recipe.seed()).split("train"));
        double[] largest = new double[u.length];
        parallel.forRanges(u.length, PIECE, (from, to) -> {
            int wide = (d + 1) * WIDTHS.length;
            double[] theta = new double[(to - from) * wide];
            for (int r = 0; r < (to - from) * WIDTHS.length; r++) {
                for (int i = 0; i < d; i++) {
                    EmulatorInput input = recipe.inputs().get(i);
                    double at = u[from + r / WIDTHS.length][i];
                    theta[r * (d + 1) + i] = linear ? input.low() + at * (input.high() - input.low()) : input.at(at);
                }
                theta[r * (d + 1) + d] = WIDTHS[r % WIDTHS.length];
            }
            double[] lines = model.values("I_source", theta, (to - from) * WIDTHS.length);
            for (int r = 0; r < (to - from) * WIDTHS.length; r++) {
                int p = from + r / WIDTHS.length;
                if (lines[r * 5 + CO] >= least) {
                    largest[p] = Math.max(largest[p], lines[r * 5 + HCOP] / lines[r * 5 + CO]);
                }
            }
        });
        Arrays.sort(largest);
        return largest;
    }

    private static String plot(double[] ratios) {
        int[] shown = IntStream.rangeClosed(0, 400)
                .map(i -> (int) ((long) i * (ratios.length - 1) / 400))
                .toArray();
        double[] x = Arrays.stream(shown)
                .mapToDouble(i -> Math.log10(Math.max(1e-8, ratios[i])))
                .toArray();
        double[] y =
                Arrays.stream(shown).mapToDouble(i -> (i + 1.0) / ratios.length).toArray();
        double at = Math.log10(OBSERVED);
        return LinePlot.svg(
                "HCO+(4-3) / CO(3-2)",
                "log10 of the ratio at the most favourable line width",
                List.of(new LinePlot.Panel(
                        "share of models below",
                        List.of(
                                new Series("training models", Style.BLUE, x, y),
                                new Series("NGC 1068", Style.RED, new double[] {at, at}, new double[] {0, 1})))));
    }

    private static String intensities(CompiledModel emulated, Map<String, Measured> ours) throws IOException {
        GasLines direct = DirectGas.of(DirectGas.LINES, 1);
        StringBuilder t =
                new StringBuilder("Intensities [K km/s] of the models of table 2.7, filling factor included\n\n");
        t.append("| model | " + String.join(" | ", DirectGas.LINES.labels()) + " |\n|---|---|---|---|---|---|\n");
        for (int k = 0; k < MODELS.length; k++) {
            double[] fast = emulated.values("I_source", MODELS[k], 1);
            double[] slow = DirectGas.intensities(direct, MODELS[k]);
            double off = 0;
            double co = 0;
            for (int l = 0; l < slow.length; l++) {
                off = Math.max(off, Math.abs(fast[l] / slow[l] - 1));
                if (DirectGas.LINES.labels().get(l).startsWith("CO")) {
                    co = Math.max(co, Math.abs(slow[l] * FILL[k] / PRINTED[k][l] - 1));
                }
            }
            ours.put("off " + (k + 1), Measured.exact(off));
            ours.put("CO " + (k + 1), Measured.exact(co));
            t.append(row("(" + (k + 1) + ") emulated", fast, FILL[k]));
            t.append(row("(" + (k + 1) + ") computed", slow, FILL[k]));
            t.append(row("(" + (k + 1) + ") thesis, direct", PRINTED[k], 1));
        }
        return t.toString();
    }

    private static String row(String name, double[] values, double factor) {
        StringBuilder t = new StringBuilder("| " + name);
        for (double v : values) {
            t.append(String.format(Locale.ROOT, " | %.4g", v * factor));
        }
        return t.append(" |\n").toString();
    }
}
