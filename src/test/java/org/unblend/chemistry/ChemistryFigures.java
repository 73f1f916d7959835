package org.unblend.chemistry;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Measures CPU time per model of one thread, after warming up, over log-uniform conditions (A_V 1-100, n 1e4-1e6, zeta and
 * field 1-1000, T 10-200, metallicity 0.05-2):
 *
 * <pre>java -cp (test classes, classes, libraries) org.unblend.chemistry.ChemistryFigures umist12.csv</pre>
 */
final class ChemistryFigures {
    private ChemistryFigures() {}

    public static void main(String[] args) throws IOException {
        Network builtIn = BuiltInNetwork.network();
        ChemistrySettings two = ChemistrySettings.STANDARD;
        measure("built-in, gas only", new ChemistryModel(builtIn, two.with(ChemistrySettings.Phases.STATIC)), 300);
        measure("built-in, steady", new ChemistryModel(builtIn, two.with(ChemistrySettings.Phases.STEADY)), 300);
        measure("built-in, two phases", new ChemistryModel(builtIn, two), 200);
        if (args.length > 0) {
            measure("full, two phases", new ChemistryModel(NetworkReader.read(Path.of(args[0])), two), 50);
        }
    }

    private static void measure(String what, ChemistryModel model, int models) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        RandomSource random = RandomStream.of(11).split("figures").generator();
        Run run = model.run();
        double[] ms = new double[models];
        int failed = 0;
        for (int i = -models / 3; i < models; i++) {
            Conditions c = new Conditions(
                    Math.pow(10, 2 * random.nextOpen()),
                    Math.pow(10, 4 + 2 * random.nextOpen()),
                    Math.pow(10, 3 * random.nextOpen()),
                    Math.pow(10, 3 * random.nextOpen()),
                    10 * Math.pow(20, random.nextOpen()),
                    0.05 * Math.pow(40, random.nextOpen()));
            long begin = threads.getCurrentThreadCpuTime();
            ChemistryResult r = run.solve(c);
            if (i >= 0) {
                ms[i] = (threads.getCurrentThreadCpuTime() - begin) * 1e-6;
            }
            failed += r.status() == ChemistryResult.Status.OK ? 0 : 1;
        }
        Arrays.sort(ms);
        System.out.printf(
                Locale.ROOT,
                "%-22s %3d species %4d processes: mean %.1f, median %.1f, p95 %.1f, max %.1f CPU ms, %d failed%n",
                what,
                model.species().size(),
                model.processes(),
                Arrays.stream(ms).average().orElseThrow(),
                ms[models / 2],
                ms[models * 95 / 100],
                ms[models - 1],
                failed);
    }
}
