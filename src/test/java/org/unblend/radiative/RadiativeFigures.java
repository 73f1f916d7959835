package org.unblend.radiative;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Prints the figures that the documentation of the package states: solutions per second on one thread, and the errors
 * of line fluxes that the built-in molecules make against LAMDA files. No test; run it as
 *
 * <pre>java -cp target/test-classes:target/classes:$(cat target/classpath-core.txt) \
 *     org.unblend.radiative.RadiativeFigures ../shared/data/lamda</pre>
 */
final class RadiativeFigures {
    private static final int POINTS = 4000;

    /** The range for which the fits are stated. */
    static final Box NARROW = new Box(10, 200, 4, 6);

    private RadiativeFigures() {}

    /** Where the points lie: uniform in temperature, log-uniform in density and column density over width. */
    record Box(double coldest, double hottest, double logLow, double logHigh) {}

    public static void main(String[] args) throws IOException {
        Path lamda = Path.of(args[0]);
        figures("CO", lamda.resolve("co.dat"), 13, 19);
        figures("CS", lamda.resolve("cs.dat"), 10, 18);
        figures("HCN", lamda.resolve("hcn.dat"), 9, 17);
        figures("HCO+", lamda.resolve("hcop.dat"), 8, 15);
    }

    private static void figures(String name, Path file, double low, double high) throws IOException {
        Molecule real = LamdaReader.read(file);
        Molecule builtIn = MoleculeCatalog.builtIn().find(name);
        Box wide = new Box(10, 300, 2, 8);
        System.out.printf("%s%n", real);
        System.out.printf("  solves/s: file %.0f, built-in %.0f%n", speed(real, low, high), speed(builtIn, low, high));
        for (Box box : List.of(NARROW, wide)) {
            List<Double> e = errors(real, builtIn, box, low, high, POINTS);
            System.out.printf(
                    "  flux errors, %s: median %.4f, p95 %.4f, p99 %.4f, max %.3f of %d lines%n",
                    box,
                    e.get(e.size() / 2),
                    e.get(e.size() * 95 / 100),
                    e.get(e.size() * 99 / 100),
                    e.get(e.size() - 1),
                    e.size());
        }
    }

    private static double speed(Molecule molecule, double low, double high) {
        OneZone zone = new OneZone(molecule, Geometry.SPHERE);
        ZoneState state = zone.newState();
        double best = 0;
        for (int round = 0; round < 5; round++) {
            RandomSource random = RandomStream.of(round).generator();
            long start = System.nanoTime();
            for (int i = 0; i < POINTS; i++) {
                solve(zone, state, random, NARROW, low, high);
            }
            best = Math.max(best, POINTS * 1e9 / (System.nanoTime() - start));
        }
        return best;
    }

    private static void solve(OneZone zone, ZoneState state, RandomSource random, Box box, double low, double high) {
        double tkin = box.coldest() + (box.hottest() - box.coldest()) * random.nextOpen();
        double nH2 = Math.pow(10, box.logLow() + (box.logHigh() - box.logLow()) * random.nextOpen());
        double column = Math.pow(10, low + (high - low) * random.nextOpen());
        zone.solve(tkin, Densities.h2(nH2), column, 2.73, state);
    }

    /** Relative errors of the fluxes of lines with J_up up to 10 and T_R above 10 mK, ascending. */
    static List<Double> errors(Molecule real, Molecule builtIn, Box box, double low, double high, int points) {
        OneZone exact = new OneZone(real, Geometry.SPHERE);
        OneZone fitted = new OneZone(builtIn, Geometry.SPHERE);
        ZoneState e = exact.newState();
        ZoneState f = fitted.newState();
        List<Double> errors = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            solve(exact, e, RandomStream.of(17).split(i).generator(), box, low, high);
            solve(fitted, f, RandomStream.of(17).split(i).generator(), box, low, high);
            for (int t = 0; t < 10; t++) {
                if (e.brightness(t) > 0.01) {
                    errors.add(Math.abs(f.brightness(t) / e.brightness(t) - 1));
                }
            }
        }
        Collections.sort(errors);
        return errors;
    }
}
