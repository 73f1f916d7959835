package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.radiative.LamdaReader;
import org.unblend.radiative.LineTable;
import org.unblend.radiative.Molecule;
import org.unblend.radiative.MoleculeCatalog;

/**
 * Compares line fluxes of the built-in molecules with those of the LAMDA files that their rates were fitted to, at random
 * points of the box of the thesis (T 10-200 K, n(H2) 1e4-1e6 cm-3, its ranges of N/dv), J_up up to 10, T_R above 10 mK.
 * Keys: {@code CO median}, {@code CO p95}, and so on: quantiles of the relative error.
 */
final class CollisionFitCheck implements Check {
    private static final int POINTS = 1000;
    private static final double BRIGHT = 1e-2;

    /** Molecule, its file, and the range of log10 N/dv. */
    private record Range(String name, String file, double low, double high) {}

    private static final List<Range> RANGES = List.of(
            new Range("CO", "co.dat", 13, 19),
            new Range("CS", "cs.dat", 10, 18),
            new Range("HCN", "hcn.dat", 9, 17),
            new Range("HCO+", "hcop.dat", 8, 15));

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel) throws IOException {
        Map<String, Measured> ours = new LinkedHashMap<>();
        for (Range range : RANGES) {
            Molecule file = LamdaReader.read(Check.required(data.resolve("lamda").resolve(range.file())));
            Molecule builtIn = MoleculeCatalog.builtIn().find(range.name());
            List<LineTable.Row> exact = LineTable.compute(points(file, range), 10, parallel);
            List<LineTable.Row> fitted = LineTable.compute(points(builtIn, range), 10, parallel);
            double[] errors = IntStream.range(0, exact.size())
                    .filter(i -> exact.get(i).brightness() > BRIGHT)
                    .mapToDouble(i -> Math.abs(
                            fitted.get(i).flux() / exact.get(i).flux() - 1))
                    .sorted()
                    .toArray();
            ours.put(range.name() + " median", Measured.exact(errors[errors.length / 2]));
            ours.put(range.name() + " p95", Measured.exact(errors[errors.length * 95 / 100]));
        }
        return ours;
    }

    private static List<LineTable.Point> points(Molecule molecule, Range range) {
        RandomSource random = RandomStream.of(1)
                .split(range.name().toLowerCase(Locale.ROOT))
                .generator();
        List<LineTable.Point> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            double tkin = 10 + 190 * random.nextOpen();
            double density = Math.pow(10, 4 + 2 * random.nextOpen());
            double column = Math.pow(10, range.low() + (range.high() - range.low()) * random.nextOpen());
            points.add(new LineTable.Point(molecule, tkin, density, column, 1, 2.73));
        }
        return points;
    }
}
