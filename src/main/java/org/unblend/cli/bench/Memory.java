package org.unblend.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Locale;
import java.util.Optional;
import org.unblend.math.Parallel;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Solver;
import org.unblend.nmf.Solvers;
import org.unblend.nmf.StopRule;

/** What a solver holds beside the problem: the heap in use after a collection amid a fit, less that before the fit. */
final class Memory {
    private static final int ITERATIONS = 3;

    private Memory() {}

    /** Dense cases as a Markdown table, in copies of the data matrix. */
    static String table(double scale) {
        StringBuilder text = new StringBuilder(
                "| case | solver | matrix, MiB | held beside the problem, copies |\n|---|---|---|---|\n");
        for (String name : new String[] {"dense", "weighted", "kl-dense"}) {
            BenchCase item = BenchCase.named(name);
            Input input = item.input().apply(scale);
            FactorProblem problem = input.problem(item.loss());
            Solver solver = Solvers.best(problem).orElseThrow();
            double matrix = 8.0 * input.x().rows() * input.x().columns();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.2f |%n",
                    name,
                    solver.name(),
                    matrix / (1 << 20),
                    held(solver, problem, input) / matrix));
        }
        return text.toString();
    }

    /** Bytes; the largest of the looks. */
    static double held(Solver solver, FactorProblem problem, Input input) {
        long before = used();
        long[] most = {0};
        solver.solve(problem, input.starts().get(0), new StopRule(ITERATIONS, 0, 0, 1), Parallel.SERIAL, m -> {
            most[0] = Math.max(most[0], used() - before);
            return Optional.empty();
        });
        return most[0];
    }

    /** Bytes of the heap in use after a collection. */
    static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
