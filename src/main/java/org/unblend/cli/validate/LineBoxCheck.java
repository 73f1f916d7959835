package org.unblend.cli.validate;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.radiative.Densities;
import org.unblend.radiative.Geometry;
import org.unblend.radiative.LamdaReader;
import org.unblend.radiative.Molecule;
import org.unblend.radiative.OneZone;
import org.unblend.radiative.ZoneState;

/**
 * Solves random points of a box: T uniform in 10-200 K, n(H2) log-uniform in 1e4-1e6 cm^-3, N/dv log-uniform. Keys: {@code
 * not converged} (points), {@code starts differ} (points whose second start, from thermal populations, disagrees by more
 * than 1e-6 or fails), {@code hot lines} (T_R above T_kin though tau is above -0.1), {@code
 * hottest} (largest T_R over T_kin of such lines), {@code masers} (share of points with a
 * line of tau below -0.1), {@code jumps} (lines with T_R above 1 mK that change by more than 1 % when one input changes by
 * 1e-4; sphere, shell and slab in turn), {@code cold} and {@code sweep} (solutions per CPU second on one thread, of
 * independent points and of neighbours).
 *
 * @param points number of points, shared among the molecules
 */
record LineBoxCheck(int points) implements Check {
    static final LineBoxCheck STANDARD = new LineBoxCheck(100_000);

    private static final Geometry[] SMOOTH = {Geometry.SPHERE, Geometry.LVG, Geometry.SLAB};
    private static final int PIECE = 200;
    private static final double STEP = 1e-4;

    /** A molecule and the decimal logarithms between which its N/dv lies. */
    record Species(Molecule molecule, double low, double high) {}

    /** What one point shows. */
    private record Seen(boolean failed, boolean differ, int hot, double hottest, boolean maser, int jumps) {}

    /** Temperature, density, column density over width, background. */
    private record Inputs(double tkin, double nH2, double column, double tbg) {
        static Inputs draw(Species s, RandomSource random) {
            return new Inputs(
                    10 + 190 * random.nextOpen(),
                    Math.pow(10, 4 + 2 * random.nextOpen()),
                    Math.pow(10, s.low + (s.high - s.low) * random.nextOpen()),
                    2.73);
        }

        Inputs moved(int input) {
            return new Inputs(
                    tkin * (input == 0 ? 1 + STEP : 1),
                    nH2 * (input == 1 ? 1 + STEP : 1),
                    column * (input == 2 ? 1 + STEP : 1),
                    tbg * (input == 3 ? 1 + STEP : 1));
        }

        ZoneState solve(OneZone zone, ZoneState state) {
            zone.solve(tkin, Densities.h2(nH2), column, tbg, state);
            return state;
        }
    }

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        Path lamda = Check.required(data.resolve("lamda"));
        List<Species> species = List.of(
                new Species(LamdaReader.read(lamda.resolve("co.dat")), 13, 19),
                new Species(LamdaReader.read(lamda.resolve("cs.dat")), 10, 18),
                new Species(LamdaReader.read(lamda.resolve("hcn.dat")), 9, 17),
                new Species(LamdaReader.read(lamda.resolve("hcop.dat")), 8, 15));
        Map<String, Measured> result = measure(species, parallel, told);
        result.put("cold", Measured.exact(speed(species.get(0), false)));
        result.put("sweep", Measured.exact(speed(species.get(0), true)));
        return result;
    }

    /** All but the speed. */
    Map<String, Measured> measure(List<Species> species, Parallel parallel, Consumer<String> told) {
        int each = points / species.size();
        int[] sum = new int[5];
        double hottest = 0;
        for (Species s : species) {
            Seen[] seen = new Seen[each];
            parallel.forRanges(each, PIECE, (from, to) -> look(s, seen, from, to));
            for (Seen point : seen) {
                sum[0] += point.failed ? 1 : 0;
                sum[1] += point.differ ? 1 : 0;
                sum[2] += point.hot;
                hottest = Math.max(hottest, point.hottest);
                sum[3] += point.maser ? 1 : 0;
                sum[4] += point.jumps;
            }
            told.accept(s.molecule.name() + ": " + each + " points");
        }
        Map<String, Measured> result = new LinkedHashMap<>();
        result.put("not converged", Measured.exact(sum[0]));
        result.put("starts differ", Measured.exact(sum[1]));
        result.put("hot lines", Measured.exact(sum[2]));
        result.put("hottest", Measured.exact(hottest));
        result.put("masers", Measured.exact(sum[3] / (double) (each * species.size())));
        result.put("jumps", Measured.exact(sum[4]));
        return result;
    }

    private static void look(Species s, Seen[] seen, int from, int to) {
        OneZone[] zones = new OneZone[SMOOTH.length];
        ZoneState[] states = new ZoneState[SMOOTH.length];
        for (int g = 0; g < SMOOTH.length; g++) {
            zones[g] = new OneZone(s.molecule, SMOOTH[g]);
            states[g] = zones[g].newState();
        }
        ZoneState again = zones[0].newState();
        int lines = s.molecule.lines().size();
        double[] before = new double[lines];
        for (int i = from; i < to; i++) {
            Inputs p = Inputs.draw(
                    s, RandomStream.of(20261125).split(s.low + " " + i).generator());
            p.solve(zones[0], again);
            int hot = 0;
            double hottest = 0;
            boolean maser = false;
            for (int t = 0; t < lines; t++) {
                double heat = again.masing(t) ? 0 : again.brightness(t) / p.tkin;
                maser |= again.masing(t);
                hot += heat > 1 ? 1 : 0;
                hottest = Math.max(hottest, heat);
            }
            boolean failed = !again.converged();
            double difference = again.secondStart();
            int g = i % SMOOTH.length;
            p.solve(zones[g], states[g]);
            for (int t = 0; t < lines; t++) {
                before[t] = states[g].brightness(t);
            }
            p.moved(i / SMOOTH.length % 4).solve(zones[g], states[g]);
            int jumps = 0;
            for (int t = 0; t < lines; t++) {
                boolean steady = Math.abs(states[g].brightness(t) / before[t] - 1) <= 0.01;
                jumps += before[t] > 1e-3 && !steady ? 1 : 0;
            }
            seen[i] = new Seen(failed, !(difference <= 1e-6), hot, hottest, maser, jumps);
        }
    }

    /** Solutions per second of CPU time of this thread: the best of five rounds. */
    private double speed(Species s, boolean sweep) {
        OneZone zone = new OneZone(s.molecule, Geometry.SPHERE);
        ZoneState state = zone.newState();
        int round = Math.max(100, points / 25);
        double best = 0;
        for (int k = 0; k < 5; k++) {
            RandomSource random = RandomStream.of(k).generator();
            Inputs p = Inputs.draw(s, random);
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < round; i++) {
                // A sweep goes on by 1e-3 in every input, and begins anew after a hundred points.
                p = sweep && i % 100 > 0
                        ? new Inputs(p.tkin * 1.001, p.nH2 * 1.001, p.column * 1.001, p.tbg)
                        : Inputs.draw(s, random);
                p.solve(zone, state);
            }
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            best = Math.max(best, round * 1e9 / spent);
        }
        return best;
    }
}
