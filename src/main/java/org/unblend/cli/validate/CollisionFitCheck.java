package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.radiative.CollisionRates;
import org.unblend.radiative.LamdaReader;
import org.unblend.radiative.LineTable;
import org.unblend.radiative.Molecule;
import org.unblend.radiative.MoleculeCatalog;

/**
 * Compares line fluxes of the built-in molecules with those of the LAMDA files that their rates were fitted to, at random
 * points of the box of the thesis (T 10-200 K, n(H2) 1e4-1e6 cm-3, its ranges of N/dv, similar ones for molecules that it
 * leaves out), J_up up to 10, T_R above 10 mK. Keys: {@code CO median}, {@code CO p95}, {@code CO max}, and so on: quantiles
 * of the relative error; {@code CO p-H2 rates median} and {@code p95}, those of the rates at the temperatures of the table.
 */
final class CollisionFitCheck implements Check {
    private static final int POINTS = 1000;
    private static final double BRIGHT = 1e-2;
    /** Above the number of levels of any file. */
    private static final int LEVELS = 1000;

    /** Molecule, its file, and the range of log10 N/dv. */
    private record Range(String name, String file, double low, double high) {}

    private static final List<Range> RANGES = List.of(
            new Range("CO", "co.dat", 13, 19),
            new Range("CS", "cs.dat", 10, 18),
            new Range("HCN", "hcn.dat", 9, 17),
            new Range("HCO+", "hcop.dat", 8, 15),
            new Range("13CO", "13co.dat", 12, 18),
            new Range("C18O", "c18o.dat", 11, 17),
            new Range("HNC", "hnc.dat", 9, 17),
            new Range("N2H+", "n2hp.dat", 8, 15),
            new Range("SiO", "sio.dat", 9, 17));

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        Map<String, Measured> ours = new LinkedHashMap<>();
        for (Range range : RANGES) {
            Molecule file =
                    LamdaReader.read(Check.required(data.resolve("lamda").resolve(range.file())));
            Molecule builtIn = MoleculeCatalog.builtIn().find(range.name());
            List<LineTable.Row> exact = LineTable.compute(points(file, range), 10, parallel);
            List<LineTable.Row> fitted = LineTable.compute(points(builtIn, range), 10, parallel);
            double[] errors = IntStream.range(0, exact.size())
                    .filter(i -> exact.get(i).brightness() > BRIGHT)
                    .mapToDouble(
                            i -> Math.abs(fitted.get(i).flux() / exact.get(i).flux() - 1))
                    .sorted()
                    .toArray();
            put(ours, range.name(), errors);
            ours.put(range.name() + " max", Measured.exact(errors[errors.length - 1]));
            for (CollisionRates rates : builtIn.collisions()) {
                put(ours, range.name() + " " + rates.partner() + " rates", rateErrors(rates, file));
            }
        }
        return ours;
    }

    private static void put(Map<String, Measured> ours, String what, double[] ascending) {
        ours.put(what + " median", Measured.exact(ascending[ascending.length / 2]));
        ours.put(what + " p95", Measured.exact(ascending[ascending.length * 95 / 100]));
    }

    /** Relative errors of the fitted rates of all transitions and temperatures that both have, ascending. */
    private static double[] rateErrors(CollisionRates fitted, Molecule file) {
        CollisionRates exact = file.collisions().stream()
                .filter(r -> r.partner() == fitted.partner())
                .findFirst()
                .orElseThrow();
        Map<Integer, Integer> place = new HashMap<>();
        for (int t = 0; t < fitted.size(); t++) {
            place.put(fitted.upper(t) * LEVELS + fitted.lower(t), t);
        }
        return IntStream.range(0, exact.size())
                .filter(t -> place.containsKey(exact.upper(t) * LEVELS + exact.lower(t)))
                .mapToObj(t -> IntStream.range(0, fitted.temperatures()).mapToDouble(i -> {
                    double temperature = fitted.temperature(i);
                    int ours = place.get(exact.upper(t) * LEVELS + exact.lower(t));
                    return Math.abs(fitted.at(temperature, ours) / exact.at(temperature, t) - 1);
                }))
                .flatMapToDouble(s -> s)
                .sorted()
                .toArray();
    }

    private static List<LineTable.Point> points(Molecule molecule, Range range) {
        RandomSource random =
                RandomStream.of(1).split(range.name().toLowerCase(Locale.ROOT)).generator();
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
