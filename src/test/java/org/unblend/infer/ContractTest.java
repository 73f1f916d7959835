package org.unblend.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.density.FunctionTarget;
import org.unblend.math.Parallel;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Normal;

/** The planner's choice, the evaluator's book-keeping, and the small records. */
class ContractTest {

    /** An engine that grades every question alike. */
    private record Graded(String name, Fit fit) implements Engine {
        @Override
        public List<Knob> knobs() {
            return List.of();
        }

        @Override
        public Match match(CompiledModel model, Set<Task> tasks) {
            return new Match(fit, "it is " + name);
        }

        @Override
        public Result run(Problem problem, RunContext context) {
            return result(List.of());
        }

        @Override
        public List<String> citations() {
            return List.of();
        }
    }

    private static final Graded GOOD = new Graded("good", Fit.PREFERRED);
    private static final Graded TWIN = new Graded("twin", Fit.PREFERRED);
    private static final Graded POOR = new Graded("poor", Fit.COMPATIBLE);
    private static final Graded UNFIT = new Graded("unfit", Fit.INCOMPATIBLE);
    private static final Set<Task> EVIDENCE = Set.of(Task.POSTERIOR, Task.EVIDENCE);

    private static CompiledModel model(Distribution prior) {
        return new CompiledModel(ModelGraph.named("m")
                .parameter("mu", prior)
                .observe("X", Dims.SCALAR, Normal.mean("mu").sd(1), new double[1])
                .build());
    }

    private static final CompiledModel PROPER = model(Normal.mean(0).sd(1));

    private static InvalidRequest refused(Planner planner, CompiledModel model, Set<Task> tasks, String wanted) {
        return assertThrows(InvalidRequest.class, () -> planner.plan(model, tasks, Optional.ofNullable(wanted)));
    }

    @Test
    void thinningKeepsChainsAndAtLeastTheirLastDraws() {
        ChainPath path = new ChainPath(2, 4, Map.of("energy", new double[] {1, 2, 3, 4, 5, 6, 7, 8}));
        double[] theta = {1, 2, 3, 4, 5, 6, 7, 8};
        Samples samples = Samples.ofChains(List.of("x"), theta, theta, path);
        assertArrayEquals(new double[] {2, 4, 6, 8}, samples.everyOf(2).theta());
        assertArrayEquals(
                new double[] {3, 7},
                samples.everyOf(3).chains().orElseThrow().figures().get("energy"));
        assertArrayEquals(new double[] {4, 8}, samples.everyOf(1000).theta());
    }

    @Test
    void theBestEngineIsChosenAndTheOthersAreListed() {
        Plan plan = new Planner(List.of(POOR, UNFIT, GOOD, TWIN)).plan(PROPER, EVIDENCE, Optional.empty());
        assertSame(GOOD, plan.engine());
        assertEquals("it is good", plan.reason());
        assertEquals(
                List.of(
                        new Plan.Rejected("twin", Fit.PREFERRED, "it is twin"),
                        new Plan.Rejected("poor", Fit.COMPATIBLE, "it is poor"),
                        new Plan.Rejected("unfit", Fit.INCOMPATIBLE, "it is unfit")),
                plan.others());
    }

    @Test
    void aNamedEngineIsTakenIfItCan() {
        Planner planner = new Planner(List.of(GOOD, POOR, UNFIT));
        Plan plan = planner.plan(PROPER, EVIDENCE, Optional.of("poor"));
        assertSame(POOR, plan.engine());
        assertTrue(plan.reason().startsWith("asked for by name"), plan.reason());
        InvalidRequest unfit = refused(planner, PROPER, EVIDENCE, "unfit");
        assertEquals("R012", unfit.code());
        assertTrue(unfit.reason().contains("'unfit' cannot do this: it is unfit"), unfit.reason());
        InvalidRequest unknown = refused(planner, PROPER, EVIDENCE, "goood");
        assertEquals("R011", unknown.code());
        assertTrue(unknown.remedy().contains("did you mean 'good'?"), unknown.remedy());
    }

    @Test
    void whereNoEngineFitsAllReasonsAreTold() {
        Planner planner = new Planner(List.of(UNFIT, new Graded("useless", Fit.INCOMPATIBLE)));
        InvalidRequest e = refused(planner, PROPER, EVIDENCE, null);
        assertEquals("R012", e.code());
        assertTrue(e.reason().contains("unfit: it is unfit; useless: it is useless"), e.reason());
        assertThrows(IllegalArgumentException.class, () -> new Planner(List.of()));
    }

    @Test
    void someEnginesRunOnlyIfAskedForByName() {
        Graded modest = new Graded("modest", Fit.ON_REQUEST);
        Planner planner = new Planner(List.of(modest, UNFIT));
        InvalidRequest e = refused(planner, PROPER, EVIDENCE, null);
        assertTrue(e.reason().contains("modest: it is modest (only if asked for by name)"), e.reason());
        assertSame(modest, planner.plan(PROPER, EVIDENCE, Optional.of("modest")).engine());
        Planner better = new Planner(List.of(modest, POOR));
        assertSame(POOR, better.plan(PROPER, EVIDENCE, Optional.empty()).engine());
    }

    @Test
    void evidenceNeedsProperPriors() {
        Planner planner = new Planner(List.of(GOOD));
        CompiledModel improper = model(Flat.real());
        for (Task task : List.of(Task.EVIDENCE, Task.RANK)) {
            InvalidRequest e = refused(planner, improper, Set.of(task), null);
            assertEquals("R010", e.code());
            assertTrue(e.reason().contains("prior of mu"), e.reason());
        }
        assertSame(
                GOOD,
                planner.plan(improper, Set.of(Task.POSTERIOR), Optional.empty()).engine());
    }

    /** A journal in memory. */
    private static final class Memory implements Journal {
        private final List<double[]> batches = new ArrayList<>();
        private int next;

        @Override
        public int replay(double[] theta, double[] logLikelihood, int rows) {
            if (next == batches.size()) {
                return -1;
            }
            System.arraycopy(batches.get(next++), 0, logLikelihood, 0, rows);
            return 2;
        }

        @Override
        public void record(double[] theta, double[] logLikelihood, int rows, int failed) {
            batches.add(logLikelihood.clone());
            next = batches.size();
        }
    }

    private static FunctionTarget squares(List<double[]> calls) {
        return FunctionTarget.ofCube(1, (theta, out, rows) -> {
            synchronized (calls) {
                calls.add(theta.clone());
            }
            for (int i = 0; i < rows; i++) {
                out[i] = -theta[i] * theta[i];
            }
        });
    }

    private static double[] ramp(int rows) {
        return IntStream.range(0, rows).mapToDouble(i -> 0.1 * i).toArray();
    }

    @Test
    void evaluatorCountsAndThreadsDoNotMatter() {
        double[] theta = ramp(100);
        double[] serial = new double[100];
        List<double[]> calls = new ArrayList<>();
        Evaluator evaluator = new Evaluator(squares(calls), RunContext.of(1));
        evaluator.logLikelihood(theta, serial, 100);
        evaluator.logLikelihood(theta, new double[5], 5);
        assertEquals(105, evaluator.evaluations());
        assertEquals(2, evaluator.batches());
        assertEquals(0, evaluator.failed());
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            double[] spread = new double[100];
            new Evaluator(squares(calls), RunContext.of(1).with(new Parallel(pool))).logLikelihood(theta, spread, 100);
            assertArrayEquals(serial, spread);
        } finally {
            pool.shutdownNow();
        }
        assertEquals(-theta[7] * theta[7], serial[7]);
    }

    @Test
    void recordedBatchesAreReplayedAndNotEvaluated() {
        Memory journal = new Memory();
        List<double[]> calls = new ArrayList<>();
        double[] first = new double[3];
        new Evaluator(squares(calls), RunContext.of(1).with(journal)).logLikelihood(ramp(3), first, 3);
        assertEquals(1, calls.size());
        journal.next = 0;
        Evaluator again = new Evaluator(squares(calls), RunContext.of(1).with(journal));
        double[] second = new double[3];
        again.logLikelihood(ramp(3), second, 3);
        assertArrayEquals(first, second);
        assertEquals(1, calls.size());
        assertEquals(2, again.failed());
        assertEquals(3, again.evaluations());
        again.logLikelihood(ramp(3), second, 3);
        assertEquals(2, calls.size());
        assertEquals(2, journal.batches.size());
    }

    @Test
    void anImpossibleLikelihoodStopsTheRunAndIsNotRecorded() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            FunctionTarget target = FunctionTarget.ofCube(2, (theta, out, rows) -> {
                for (int i = 0; i < rows; i++) {
                    out[i] = theta[2 * i] == 0.5 ? bad : -1;
                }
            });
            Memory journal = new Memory();
            Evaluator evaluator = new Evaluator(target, RunContext.of(1).with(journal));
            IllegalStateException e = assertThrows(
                    IllegalStateException.class,
                    () -> evaluator.logLikelihood(new double[] {0, 0, 0.5, 0.25}, new double[2], 2));
            assertTrue(e.getMessage().contains(bad + " at [u0, u1] = [0.5, 0.25]"), e.getMessage());
            assertTrue(journal.batches.isEmpty());
        }
    }

    @Test
    void failuresOfTheModelAreCounted() {
        CompiledModel model = new CompiledModel(ModelGraph.named("m")
                .parameter("s", Normal.mean(0).sd(1))
                .observe("X", Dims.SCALAR, Normal.mean(0).sd("s"), new double[1])
                .build());
        Evaluator evaluator = new Evaluator(model, RunContext.of(1));
        double[] theta =
                IntStream.range(0, 40).mapToDouble(i -> i % 4 == 0 ? -1 : 1).toArray();
        evaluator.logLikelihood(theta, new double[40], 40);
        assertEquals(10, evaluator.failed());
    }

    @Test
    void precisionIsPositive() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new Precision(bad, 100));
            assertThrows(IllegalArgumentException.class, () -> new Precision(0.1, bad));
        }
        assertThrows(IllegalArgumentException.class, () -> new Precision(0.1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Problem(PROPER, Set.of(), Precision.STANDARD, Map.of()));
    }

    private static Result result(List<Finding> findings) {
        Samples samples = new Samples(
                List.of("a", "b"), new double[] {1, 2, 3, 4}, new double[2], new double[2], Optional.empty());
        return new Result(
                "fake", samples, Optional.empty(), findings, new Effort(1, 1, 0, Optional.empty()), List.of());
    }

    @Test
    void theVerdictIsTheWorstFinding() {
        Finding ok = Finding.ok("a", "fine");
        Finding caution = Finding.caution("b", "hm", "look");
        Finding fatal = Finding.fatal("c", "bad", "repair");
        assertEquals(Finding.Severity.OK, result(List.of()).verdict());
        assertEquals(Finding.Severity.CAUTION, result(List.of(ok, caution, ok)).verdict());
        assertEquals(
                Finding.Severity.DO_NOT_USE, result(List.of(fatal, ok, caution)).verdict());
        assertEquals("DO NOT USE", Finding.Severity.DO_NOT_USE.toString());
    }

    @Test
    void samplesAreTables() {
        assertArrayEquals(new double[] {2, 4}, result(List.of()).samples().column(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Samples(List.of("a"), new double[3], new double[2], new double[2], Optional.empty()));
    }
}
