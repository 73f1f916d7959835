package org.unblend.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import org.unblend.math.Parallel;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.Solver;
import org.unblend.nmf.StopRule;

/** A solver of ours, in this process and thread. Its time is that of the thread, without
 * compiler and garbage collector; the JVM is warm after {@link #reach}. */
record Ours(Solver solver, FactorProblem problem, Input input) implements Contender {

    @Override
    public String name() {
        return "our " + solver.name();
    }

    @Override
    public Timing time(int[] iterations) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        double[] objectives = new double[iterations.length];
        long begin = clock.getCurrentThreadCpuTime();
        for (int t = 0; t < iterations.length; t++) {
            objectives[t] = solver.solve(problem, input.starts().get(t), StopRule.iterations(iterations[t]))
                    .objective();
        }
        return new Timing((clock.getCurrentThreadCpuTime() - begin) * 1e-9, objectives);
    }

    @Override
    public int[] reach(double[] targets, int limit) {
        int[] iterations = new int[targets.length];
        for (int t = 0; t < targets.length; t++) {
            double target = targets[t];
            PointFit fit = solver.solve(
                    problem,
                    input.starts().get(t),
                    new StopRule(limit, 0, 0, 1),
                    Parallel.SERIAL,
                    m -> m.objective() <= target ? Optional.of("the target is reached") : Optional.empty());
            iterations[t] = fit.iterations();
        }
        return iterations;
    }
}
