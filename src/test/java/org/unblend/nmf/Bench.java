package org.unblend.nmf;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import org.unblend.math.Parallel;

/**
 * Prints objective against CPU seconds of one thread: {@code Bench CASE SOLVER ITERATIONS [DIR]}. With a directory it
 * writes the inputs there as NPY files instead, so that other programs start from the same numbers.
 */
final class Bench {
    private Bench() {}

    public static void main(String[] args) throws IOException {
        BenchData data = switch (args[0]) {
            case "dense" -> BenchData.dense(2000, 2000, 20);
            case "sparse" -> BenchData.sparse(20000, 5000, 20);
            case "quasars" -> BenchData.quasars(5700, 750, 5);
            default -> throw new IllegalArgumentException(args[0]);
        };
        if (args.length > 3) {
            data.write(Path.of(args[3]));
            return;
        }
        boolean poisson = args[1].startsWith("kl");
        int rank = data.start().h().rows();
        FactorProblem problem = new FactorProblem(
                data.x(),
                Optional.ofNullable(data.weights()),
                poisson ? Loss.POISSON : Loss.NORMAL,
                Component.free(rank, Penalty.NONE),
                Component.free(rank, Penalty.NONE));
        Solver solver = Solvers.ALL.stream()
                .filter(s -> s.name().equals(args[1].replace("kl:", "")))
                .findFirst()
                .orElseThrow();
        int iterations = Integer.parseInt(args[2]);
        for (int repeat = 0; repeat < 3; repeat++) {
            long begin = cpu();
            StringBuilder trace = new StringBuilder();
            PointFit fit = solver.solve(
                    problem,
                    data.start(),
                    new StopRule(iterations, 0, 0, Math.max(1, iterations / 20)),
                    Parallel.SERIAL,
                    m -> {
                        trace.append(String.format(
                                "%6d %9.4f s  %.6f  kkt %.2e%n",
                                m.iteration(), (cpu() - begin) * 1e-9, m.objective(), m.kkt()));
                        return Optional.empty();
                    });
            System.out.print(repeat < 2 ? "" : trace);
            System.out.printf(
                    "%s %s: %.3f s, objective %.6f, kkt %.2e%n",
                    args[0], fit.solver(), (cpu() - begin) * 1e-9, fit.objective(), fit.kkt());
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
