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
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.unblend.chemistry.AbundanceModel;
import org.unblend.chemistry.BuiltInNetwork;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.emulator.Emulator;
import org.unblend.io.AtomicFile;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.RowStatus;
import org.unblend.plot.ViolinPlot;

/**
 * Compares the emulator {@code models/abundances.json} with the chemistry it was trained on, at random points of its domain
 * (even in the logarithms) that had no part in training. Keys, for each species: {@code SPECIES median} and {@code SPECIES
 * p95} of the absolute error [dex]; {@code SPECIES thin p95} where A_V is below 3 mag, {@code SPECIES dark p95} where zeta is
 * below 4. Abundances below the emulator's floor count as the floor. {@code failed}: points that the chemistry failed at.
 *
 * <p>Draws {@code abundances.svg}.
 */
record AbundanceEmulatorCheck(int points) implements Check {
    static final AbundanceEmulatorCheck STANDARD = new AbundanceEmulatorCheck(5000);

    private static final double THIN = 3;
    private static final double DARK = 4;
    private static final int PIECE = 20;

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        Path beside = folder.toAbsolutePath().normalize().getParent().resolveSibling("models");
        Path models = Files.isDirectory(beside) ? beside : Path.of("models");
        Emulator e = EmulatorFile.read(models.resolve("abundances.json"));
        List<String> species = e.output().labels();
        int n = e.domain().size();
        int m = species.size();
        AbundanceModel direct = new AbundanceModel(
                new ChemistryModel(
                        BuiltInNetwork.network(), ChemistrySettings.STANDARD.with(ChemistrySettings.Phases.STATIC)),
                species);
        double[] in = new double[points * n];
        RandomSource random = RandomStream.of(5).split("abundances").generator();
        for (int i = 0; i < in.length; i++) {
            in[i] = e.domain().get(i % n).at(random.nextOpen());
        }
        double[] truth = new double[points * m];
        parallel.forRanges(points, PIECE, (from, to) -> {
            double[] part = new double[(to - from) * m];
            direct.evaluate(Arrays.copyOfRange(in, n * from, n * to), part, new RowStatus[to - from], to - from);
            System.arraycopy(part, 0, truth, from * m, part.length);
        });
        double[] given = new double[points * m];
        e.evaluate(in, given, new RowStatus[points], points);
        Map<String, Measured> ours = new LinkedHashMap<>();
        List<ViolinPlot.Group> groups = new ArrayList<>();
        for (int k = 0; k < m; k++) {
            int column = k;
            double[] errors = IntStream.range(0, points)
                    .mapToDouble(p -> e.outputs().get(column).transform(given[p * m + column])
                            - e.outputs().get(column).transform(truth[p * m + column]))
                    .toArray();
            String name = species.get(k);
            ours.put(name + " median", quantile(errors, 0.5, p -> true));
            ours.put(name + " p95", quantile(errors, 0.95, p -> true));
            ours.put(name + " thin p95", quantile(errors, 0.95, p -> in[p * n] < THIN));
            ours.put(name + " dark p95", quantile(errors, 0.95, p -> in[p * n + 2] < DARK));
            groups.add(new ViolinPlot.Group(
                    name, Arrays.stream(errors).filter(Double::isFinite).toArray()));
        }
        ours.put(
                "failed",
                Measured.exact(IntStream.range(0, points)
                        .filter(p -> Double.isNaN(truth[p * m]))
                        .count()));
        AtomicFile.write(
                folder.resolve("abundances.svg"),
                ViolinPlot.svg(
                        "Emulated less computed abundance",
                        List.of(new ViolinPlot.Panel("log10 of the ratio [dex]", false, groups))));
        return ours;
    }

    /** Quantile of the absolute errors of the points that are wanted. */
    private static Measured quantile(double[] errors, double p, IntPredicate wanted) {
        double[] sorted = IntStream.range(0, errors.length)
                .filter(wanted)
                .mapToDouble(i -> Math.abs(errors[i]))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return Measured.exact(sorted[(int) Math.ceil(p * sorted.length) - 1]);
    }
}
