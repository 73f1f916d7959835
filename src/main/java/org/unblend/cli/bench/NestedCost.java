package org.unblend.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.unblend.density.Target;
import org.unblend.infer.Precision;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.io.JournalFile;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nested.Exercise;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;
import org.unblend.nested.ProblemCatalogue;
import org.unblend.nested.Problems;

/** What an evaluation costs nested sampling besides the likelihood: processor time of one thread, 10 dimensions. */
final class NestedCost {
    private static final NestedSettings SETTINGS =
            NestedSettings.STANDARD.withLive(500).withMaxRuns(1);

    /** Runs before those that count: they warm the virtual machine up. */
    private static final int WARM = 2;

    private static final int ROWS = 64;
    private static final int BATCHES = 5000;

    private NestedCost() {}

    /**
     * Ways of finding points, as a Markdown table.
     *
     * @param repeats runs over which times are summed
     */
    static String table(int repeats) {
        StringBuilder text =
                new StringBuilder("| points by | problem | evaluations | us each besides the likelihood | aim |\n"
                        + "|---|---|---|---|---|\n");
        way(text, "direct draws", Exercise.DRAWS, "gauss10", 10, repeats);
        way(text, "direct draws", Exercise.DRAWS, "shells10", 10, repeats);
        way(text, "slices", Exercise.SLICES, "gauss10", 1, repeats);
        way(text, "slices", Exercise.SLICES, "shells10", 1, repeats);
        way(text, "slices", Exercise.SLICES, "loggamma10", 1, repeats);
        refinement(text, "loggamma10", 100, repeats);
        return text.append(replay("loggamma10", repeats)).toString();
    }

    /** What it costs to go through an interrupted run again: everything but the likelihood, and the file. */
    private static String replay(String which, int repeats) {
        Target target = problem(which);
        long evaluations = 0;
        long time = 0;
        try {
            Path folder = Files.createTempDirectory("unblend-bench");
            for (int run = 0; run < repeats; run++) {
                Path file = folder.resolve(run + ".journal");
                try (JournalFile journal = JournalFile.open(file, which)) {
                    Exercise.SLICES.run(target, SETTINGS, RunContext.of(run).with(journal));
                }
                long before = cpu();
                try (JournalFile journal = JournalFile.open(file, which)) {
                    long each = Exercise.SLICES.run(
                            target, SETTINGS, RunContext.of(run).with(journal));
                    time += cpu() - before;
                    evaluations += each;
                }
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.format(
                Locale.ROOT,
                "%nA run by slices on %s that is resumed goes through a million recorded evaluations in %.1f s.%n",
                which,
                time / 1e3 / evaluations);
    }

    private static void way(StringBuilder text, String name, Exercise way, String which, double aim, int repeats) {
        Target target = problem(which);
        long evaluations = 0;
        long time = 0;
        for (int run = 0; run < WARM + repeats; run++) {
            long before = cpu();
            long each = way.run(target, SETTINGS, RunContext.of(run));
            if (run >= WARM) {
                time += cpu() - before;
                evaluations += each;
            }
        }
        row(text, name, which, evaluations, time, aim, target);
    }

    /** What a run with a refinement takes longer than one without, over the evaluations that it makes more. */
    private static void refinement(StringBuilder text, String which, double aim, int repeats) {
        Target target = problem(which);
        long evaluations = 0;
        long time = 0;
        for (int run = 0; run < WARM + repeats; run++) {
            long start = cpu();
            Result without =
                    new NestedSampler(SETTINGS.withoutRefinement()).run(target, Precision.STANDARD, RunContext.of(run));
            long middle = cpu();
            Result with = new NestedSampler(SETTINGS).run(target, Precision.STANDARD, RunContext.of(run));
            if (run >= WARM) {
                time += cpu() - middle - (middle - start);
                evaluations += with.effort().evaluations() - without.effort().evaluations();
            }
        }
        row(text, "refinement", which, evaluations, time, aim, target);
    }

    private static void row(
            StringBuilder text, String name, String which, long evaluations, long time, double aim, Target target) {
        double each = time / 1e3 / evaluations - likelihood(target);
        text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.2f | %.0f, %s |%n",
                name,
                which,
                evaluations,
                each,
                aim,
                each <= aim ? "met" : "**missed**"));
    }

    private static Target problem(String which) {
        return which.equals("gauss10")
                ? Problems.gauss(10, 0.5).target()
                : ProblemCatalogue.named(which).target();
    }

    /** Microseconds per row of prior transform and likelihood. */
    private static double likelihood(Target target) {
        RandomSource random = RandomStream.of(1).generator();
        double[] u = random.doubles((long) ROWS * target.cubeDimension()).toArray();
        double[] theta = new double[ROWS * target.dimension()];
        double[] out = new double[ROWS];
        long before = 0;
        for (int b = -BATCHES; b < BATCHES; b++) {
            before = b == 0 ? cpu() : before;
            target.priorTransform(u, theta, ROWS);
            target.logLikelihood(theta, out, ROWS);
        }
        return (cpu() - before) / 1e3 / (ROWS * BATCHES);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
