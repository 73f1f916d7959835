package org.unblend.nmf;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.unblend.math.Parallel;

/**
 * Prints objective against CPU seconds of one thread: {@code Bench CASE SOLVER ITERATIONS [DIR]}. With a directory it
 * writes the inputs there as NPY files instead, so that other programs start from the same numbers.
 */
final class Bench {
    private Bench() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("blueprint")) {
            blueprint(args[1], Integer.parseInt(args[2]));
            return;
        }
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

    /** Random starts on line maps of rank 3, each to within 1e-4 of its own limit. */
    private static void blueprint(String name, int starts) {
        FactorProblem problem = FactorProblem.of(
                new Golden("nmf-blueprint").matrix("X_" + name), Loss.NORMAL, 3, Penalty.NONE, Penalty.NONE);
        double mean = BenchData.mean(problem.x().dense());
        Solver solver = new Hals();
        double[] objectives = new double[starts];
        int[] iterations = new int[starts];
        double seconds = 0;
        for (int seed = 0; seed < starts; seed++) {
            Factors start = BenchData.start(problem.x(), mean, 3, seed);
            PointFit whole = solver.solve(problem, start, new StopRule(3000, 1e-11, 1e-6, 1));
            iterations[seed] = whole.trace().stream()
                    .filter(m -> m.objective() <= (1 + 1e-4) * whole.objective())
                    .findFirst()
                    .orElseThrow()
                    .iteration();
            long begin = cpu();
            objectives[seed] = solver.solve(problem, start, StopRule.iterations(iterations[seed]))
                    .objective();
            seconds += (cpu() - begin) * 1e-9;
        }
        Arrays.sort(objectives);
        Arrays.sort(iterations);
        System.out.printf(
                "blueprint %s: %d starts %.3f s, iterations %d/%d/%d, objective %.6f/%.6f/%.6f%n",
                name,
                starts,
                seconds,
                iterations[0],
                iterations[starts / 2],
                iterations[starts - 1],
                objectives[0],
                objectives[starts / 2],
                objectives[starts - 1]);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
