package org.unblend.nested;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.unblend.infer.Evaluator;
import org.unblend.infer.RunContext;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Prints what an evaluation costs besides the likelihood, in microseconds of processor time of one thread, in 10
 * dimensions with 500 live points. No test; run it as
 *
 * <pre>java -cp target/test-classes:target/classes:$(cat target/classpath-core.txt) org.unblend.nested.NestedFigures</pre>
 */
final class NestedFigures {
    /** The first ones warm the virtual machine up. */
    private static final int RUNS = 3;

    private NestedFigures() {}

    public static void main(String[] args) {
        Problems.Problem gauss = Problems.gauss(10, 0.5);
        Problems.Problem shells = Problems.shells(10, -14.590491);
        Problems.Problem loggamma = Problems.loggamma(10);
        figures("direct draws", gauss, RegionExplorer::new);
        figures("slices", gauss, SliceExplorer::new);
        figures("direct draws from many ellipsoids", shells, RegionExplorer::new);
        figures("slices in several ellipsoids", loggamma, SliceExplorer::new);
    }

    private static void figures(String way, Problems.Problem problem, ShrinkageTest.Maker maker) {
        NestedSettings settings = NestedSettings.STANDARD.withLive(500);
        for (int run = 0; run < RUNS; run++) {
            RunContext context = RunContext.of(run);
            Evaluator evaluator = new Evaluator(problem.target(), context);
            Explorer explorer = maker.make(
                    problem.target(), evaluator, settings, context.random().split("x"), Parallel.SERIAL);
            long before = cpu();
            new NestedRun(
                            problem.target(),
                            settings,
                            0.5,
                            explorer,
                            evaluator,
                            Optional::empty,
                            context.random().split("y"),
                            r -> {})
                    .run();
            double each = (cpu() - before) / 1e3 / evaluator.evaluations();
            if (run == RUNS - 1) {
                System.out.printf(
                        "%s, %s: %d evaluations, %.2f us each besides the likelihood%n",
                        way, problem.name(), evaluator.evaluations(), each - likelihood(problem));
            }
        }
    }

    /** Microseconds per row of prior transform and likelihood. */
    private static double likelihood(Problems.Problem problem) {
        int rows = 64;
        int batches = 5000;
        RandomSource random = RandomStream.of(1).generator();
        double[] u = random.doubles(rows * problem.dimension()).toArray();
        double[] theta = new double[u.length];
        double[] out = new double[rows];
        long before = cpu();
        for (int b = 0; b < batches; b++) {
            problem.target().priorTransform(u, theta, rows);
            problem.target().logLikelihood(theta, out, rows);
        }
        return (cpu() - before) / 1e3 / (rows * batches);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
