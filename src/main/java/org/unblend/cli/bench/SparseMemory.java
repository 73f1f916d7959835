package org.unblend.cli.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.math.Parallel;
import org.unblend.math.Sparse;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.Entries;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Solver;
import org.unblend.nmf.Solvers;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.graph.FactorPattern;

/**
 * Sparse counts from the graph to the solver, by how many entries are stored at one size of the matrix: bytes held amid a
 * fit (graph, compiled model, pattern and solver; data included) and CPU time of an iteration.
 */
final class SparseMemory {
    private static final int RANK = 20;
    private static final int FIRST = 3;
    private static final int LAST = 8;
    /** One of so many entries is kept. */
    private static final int[] THINNED = {8, 4, 2, 1};

    private SparseMemory() {}

    static String table(double scale) {
        int rows = (int) Math.max(RANK, scale * 20_000);
        int columns = (int) Math.max(RANK, scale * 5_000);
        StringBuilder text = new StringBuilder("| sparse end to end, " + rows + " x " + columns + ", rank " + RANK
                + ": entries | noise | MiB held | bytes per entry beside the smallest | ms of an iteration |\n"
                + "|---|---|---|---|---|\n");
        Sparse all = (Sparse) Inputs.sparse(rows, columns, RANK).x();
        for (boolean counts : new boolean[] {true, false}) {
            double[] least = null;
            for (int every : THINNED) {
                Sparse x = thinned(all, every);
                double[] cost = cost(x, counts);
                least = least == null ? new double[] {x.entries(), cost[0]} : least;
                double more = x.entries() - least[0];
                text.append(String.format(
                        Locale.ROOT,
                        "| %d | %s | %.1f | %s | %.3g |%n",
                        x.entries(),
                        counts ? "Poisson" : "Normal",
                        cost[0] / (1 << 20),
                        more > 0 ? String.format(Locale.ROOT, "%.0f", (cost[0] - least[1]) / more) : "",
                        1e3 * cost[1]));
            }
        }
        return text.toString();
    }

    /** Bytes held amid a fit, and CPU seconds of an iteration. */
    private static double[] cost(Sparse x, boolean counts) {
        long before = Memory.used();
        Axis feature = Axis.of("feature", x.rows());
        Axis component = Axis.of("component", RANK);
        Axis sample = Axis.of("sample", x.columns());
        Distribution noise = counts ? Poisson.mean("mean") : Normal.mean("mean").sd(1);
        CompiledModel model = new CompiledModel(ModelGraph.named("sparse")
                .parameter("W", Dims.of(feature, component), Flat.nonNegative())
                .parameter("H", Dims.of(component, sample), Flat.nonNegative())
                .product("mean", "W", "H")
                .observe("X", Dims.of(feature, sample), "", noise, new Entries.Stored(x))
                .build());
        FactorProblem problem = FactorPattern.of(model.graph()).problem();
        Solver solver = Solvers.best(problem).orElseThrow();
        double mean = Arrays.stream(x.value()).sum() / ((double) x.rows() * x.columns());
        long[] most = {0};
        double[] clock = new double[2];
        solver.solve(
                problem, Inputs.starts(x, mean, RANK, 1).get(0), new StopRule(LAST, 0, 0, 1), Parallel.SERIAL, m -> {
                    if (m.iteration() == FIRST) {
                        most[0] = Memory.used() - before;
                        clock[0] = cpu();
                    } else if (m.iteration() == LAST) {
                        clock[1] = cpu();
                    }
                    return Optional.empty();
                });
        // The graph is held to the end, as in a run.
        double data = 12.0
                * model.graph().observations().get(0).sparse().orElseThrow().entries();
        return new double[] {most[0] + data, (clock[1] - clock[0]) / (LAST - FIRST)};
    }

    private static Sparse thinned(Sparse x, int every) {
        int[] start = new int[x.rows() + 1];
        int[] column = new int[x.entries()];
        double[] value = new double[x.entries()];
        int n = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                if (p % every == 0) {
                    column[n] = x.column()[p];
                    value[n++] = x.value()[p];
                }
            }
            start[i + 1] = n;
        }
        return new Sparse(x.columns(), start, Arrays.copyOf(column, n), Arrays.copyOf(value, n));
    }

    private static double cpu() {
        return 1e-9 * ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
