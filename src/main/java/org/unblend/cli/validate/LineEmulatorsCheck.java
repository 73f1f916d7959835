package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.unblend.emulator.Emulator;
import org.unblend.io.AtomicFile;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.RowStatus;
import org.unblend.plot.ViolinPlot;
import org.unblend.radiative.BrightnessModel;
import org.unblend.radiative.MoleculeCatalog;

/**
 * Compares the emulators {@code models/lines-MOLECULE.json} with the radiative transfer they were trained on, at random
 * points of their domain that had no part in training. Keys, for each molecule: {@code MOLECULE median} and {@code MOLECULE
 * p95}, of the relative error of all lines with T_R above 0.1 K; {@code MOLECULE worst line p95}, the largest of the lines'
 * own; {@code MOLECULE faint}, the largest error of a line with T_R below 0.1 K [K]; {@code MOLECULE within 1 sd} and {@code
 * MOLECULE within 2 sd}, fractions of residuals below what the error network says.
 *
 * <p>Draws {@code intensities.svg} and {@code errors.svg}.
 */
record LineEmulatorsCheck(int points) implements Check {
    static final LineEmulatorsCheck STANDARD = new LineEmulatorsCheck(5000);

    private static final double SIGNIFICANT = 0.1;
    private static final double BACKGROUND = 2.73;
    private static final int PIECE = 50;
    /** Lines that the figures show. */
    private static final List<Integer> SHOWN = List.of(0, 2, 4, 6, 9);

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        Path beside = folder.toAbsolutePath().normalize().getParent().resolveSibling("models");
        Path models = Files.isDirectory(beside) ? beside : Path.of("models");
        Map<String, Measured> ours = new LinkedHashMap<>();
        List<ViolinPlot.Group> bright = new ArrayList<>();
        List<ViolinPlot.Group> errors = new ArrayList<>();
        for (String molecule : List.of("CO", "CS", "HCN", "HCO+")) {
            Path file = models.resolve("lines-" + MoleculeCatalog.key(molecule) + ".json");
            Emulator e = EmulatorFile.read(file);
            BrightnessModel direct = new BrightnessModel(
                    MoleculeCatalog.builtIn().find(molecule), e.outputs().size(), BACKGROUND);
            Comparison c = Comparison.of(e, direct, points, RandomStream.of(5).split(molecule), parallel);
            c.put(molecule, ours);
            for (int line : SHOWN) {
                String name = e.outputs().get(line).name();
                bright.add(new ViolinPlot.Group(name, c.truths(line)));
                errors.add(new ViolinPlot.Group(name, c.relative(line)));
            }
        }
        AtomicFile.write(
                folder.resolve("intensities.svg"),
                ViolinPlot.svg(
                        "Line temperatures of random points, above " + SIGNIFICANT + " K",
                        List.of(new ViolinPlot.Panel("T_R [K]", true, bright))));
        AtomicFile.write(
                folder.resolve("errors.svg"),
                ViolinPlot.svg(
                        "Emulated over computed line temperature, less 1",
                        List.of(new ViolinPlot.Panel("relative error", false, errors))));
        return ours;
    }

    /** Truth, emulation and residuals over random points, {@code [points x outputs]}. */
    private record Comparison(int lines, int points, double[] truth, double[] given, double[] scaled) {

        static Comparison of(Emulator e, BrightnessModel direct, int points, RandomStream stream, Parallel parallel) {
            int m = e.outputs().size();
            double[] in = new double[points * 3];
            RandomSource random = stream.generator();
            for (int i = 0; i < in.length; i++) {
                in[i] = e.domain().get(i % 3).at(random.nextOpen());
            }
            double[] truth = new double[points * m];
            parallel.forRanges(points, PIECE, (from, to) -> {
                double[] part = new double[(to - from) * m];
                direct.evaluate(Arrays.copyOfRange(in, 3 * from, 3 * to), part, new RowStatus[to - from], to - from);
                System.arraycopy(part, 0, truth, from * m, part.length);
            });
            double[] given = new double[points * m];
            e.evaluate(in, given, new RowStatus[points], points);
            double[] sd = new double[points * m];
            e.errors(in, sd, points);
            double[] scaled = new double[points * m];
            for (int i = 0; i < scaled.length; i++) {
                int k = i % m;
                double residual = e.outputs().get(k).transform(given[i])
                        - e.outputs().get(k).transform(truth[i]);
                scaled[i] = Math.abs(residual) / sd[i];
            }
            return new Comparison(m, points, truth, given, scaled);
        }

        /** Signed relative errors of a line where it is significant. */
        double[] relative(int line) {
            return Arrays.stream(significant(line))
                    .mapToDouble(i -> given[i] / truth[i] - 1)
                    .toArray();
        }

        double[] truths(int line) {
            return Arrays.stream(significant(line)).mapToDouble(i -> truth[i]).toArray();
        }

        private int[] significant(int line) {
            return IntStream.range(0, points)
                    .map(p -> p * lines + line)
                    .filter(i -> truth[i] > SIGNIFICANT)
                    .toArray();
        }

        void put(String molecule, Map<String, Measured> ours) {
            List<double[]> each = new ArrayList<>();
            for (int l = 0; l < lines; l++) {
                each.add(Arrays.stream(relative(l)).map(Math::abs).sorted().toArray());
            }
            double[] all =
                    each.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
            ours.put(molecule + " median", Measured.exact(quantile(all, 0.5)));
            ours.put(molecule + " p95", Measured.exact(quantile(all, 0.95)));
            ours.put(
                    molecule + " worst line p95",
                    Measured.exact(each.stream()
                            .mapToDouble(e -> quantile(e, 0.95))
                            .max()
                            .orElseThrow()));
            double faint = 0;
            int one = 0;
            int two = 0;
            for (int i = 0; i < truth.length; i++) {
                if (Math.abs(truth[i]) < SIGNIFICANT) {
                    faint = Math.max(faint, Math.abs(given[i] - truth[i]));
                }
                one += scaled[i] < 1 ? 1 : 0;
                two += scaled[i] < 2 ? 1 : 0;
            }
            ours.put(molecule + " faint", Measured.exact(faint));
            ours.put(molecule + " within 1 sd", Measured.exact(one / (double) truth.length));
            ours.put(molecule + " within 2 sd", Measured.exact(two / (double) truth.length));
        }

        private static double quantile(double[] sorted, double p) {
            return sorted[(int) Math.ceil(p * sorted.length) - 1];
        }
    }
}
