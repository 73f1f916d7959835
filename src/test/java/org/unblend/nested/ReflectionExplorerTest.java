package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.density.FunctionTarget;
import org.unblend.infer.Budget;
import org.unblend.infer.Evaluator;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Journal;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Progress;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Task;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Dims;
import org.unblend.model.ModelGraph;
import org.unblend.model.ToyPhysics;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Uniform;

/** Reflections alone. What they leave as it is: {@link InvarianceTest}, {@link ShrinkageTest}. */
class ReflectionExplorerTest {
    private static final NestedSettings SETTINGS = NestedSettings.STANDARD
            .withExplorer(Way.GRADIENT)
            .withoutRefinement()
            .withMaxRuns(1);

    /** A normal density with unit variances and equal correlations, with its derivatives. */
    private static FunctionTarget gauss(int d, double rho) {
        double c = rho / (1 + (d - 1) * rho);
        return Problems.gauss(d, rho).target().withGradient((x, out, rows) -> {
            for (int r = 0; r < rows; r++) {
                double sum = Arrays.stream(x, r * d, (r + 1) * d).sum();
                for (int i = r * d; i < (r + 1) * d; i++) {
                    out[i] = (c * sum - x[i]) / (1 - rho);
                }
            }
        });
    }

    /** Three seeds: the mean z must be within 4/sqrt(3), one false alarm in 16,000; seeds are fixed. */
    @Test
    void evidenceOfANormalDensityIsRight() {
        check(8, 100, 3);
    }

    @Tag("slow")
    @Test
    void evidenceInManyDimensionsIsRight() {
        check(50, 500, 4);
        check(100, 800, 2);
    }

    private static void check(int d, int live, int seeds) {
        double z = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Result result = new NestedSampler(SETTINGS.withLive(live))
                    .run(gauss(d, 0.4), Precision.STANDARD, RunContext.of(seed));
            z += (result.evidence().orElseThrow().logZ() + d * Math.log(20))
                    / result.evidence().orElseThrow().error();
        }
        assertEquals(0, z / seeds, 4 / Math.sqrt(seeds), "mean z in " + d + " dimensions");
    }

    @Test
    void threadsDoNotMatter() {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            assertArrayEquals(run(Parallel.SERIAL), run(new Parallel(threads)));
        } finally {
            threads.shutdown();
        }
    }

    /** A step and the same step with the velocity reversed lead back, in any case. */
    @Test
    void flightsAndReflectionsAreReversed() {
        RandomSource random = RandomStream.of(2).generator();
        double[] u = new double[5 * 40];
        Arrays.setAll(u, i -> 0.2 + 0.3 * random.nextOpen());
        Flight flight = Flight.around(u, 5);
        double[] start = flight.enter(Arrays.copyOf(u, 5));
        double[] y = start.clone();
        double[] w = new double[5];
        Arrays.setAll(w, i -> random.nextGaussian());
        double[] begin = w.clone();
        flight.fly(y, w, 0.7);
        double[] at = new double[5];
        flight.leave(y, at, 0);
        double[] slope = {1, -2, 0.5, 3, 0};
        assertTrue(flight.reflect(at, slope, 0, w));
        for (int k = 0; k < 5; k++) {
            w[k] = -w[k];
        }
        assertTrue(flight.reflect(at, slope, 0, w));
        flight.fly(y, w, 0.7);
        assertArrayEquals(start, y, 1e-12);
        assertArrayEquals(begin, Arrays.stream(w).map(v -> -v).toArray(), 1e-12);
        double[] back = new double[5];
        flight.leave(start, back, 0);
        assertArrayEquals(Arrays.copyOf(u, 5), back, 1e-12);
    }

    @Test
    void whereThereIsNoDerivativeThereIsNoReflection() {
        double[] w = {1, 2};
        assertTrue(!Flight.free(2).reflect(new double[] {0.5, 0.5}, new double[] {0, 0}, 0, w));
        assertTrue(!Flight.free(2).reflect(new double[] {0.5, 0.5}, new double[] {Double.NaN, 1}, 0, w));
        assertArrayEquals(new double[] {1, 2}, w);
    }

    @Test
    void aTargetWithoutDerivativesIsRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new NestedSampler(SETTINGS)
                        .run(Problems.gauss(3, 0).target(), Precision.STANDARD, RunContext.of(1)));
        assertTrue(e.getMessage().contains("derivatives"), e.getMessage());
    }

    @Test
    void plansNameTheNodeWithoutDerivative() {
        Map<String, Double> knobs = Map.of("explorer", (double) Way.GRADIENT.ordinal());
        String detail = new NestedEngine().detail(problem(true, knobs)).orElseThrow();
        assertTrue(detail.startsWith("explorer gradient"), detail);
        InvalidRequest e = assertThrows(InvalidRequest.class, () -> new NestedEngine().detail(problem(false, knobs)));
        assertTrue(e.getMessage().contains("'physics' has none"), e.getMessage());
    }

    private static Problem problem(boolean differentiable, Map<String, Double> knobs) {
        CompiledModel model = new CompiledModel(ModelGraph.named("toy")
                .parameter("T", Dims.SCALAR, "K", "", Uniform.between(0, 100))
                .parameter("n", Dims.SCALAR, "cm-3", "", Uniform.between(1, 9))
                .forward("physics", new ToyPhysics(differentiable), "T", "n")
                .observe("X", Dims.of(ToyPhysics.LINES), Normal.mean("physics").sd(1), new double[] {1, 2})
                .build());
        return new Problem(model, Set.of(Task.EVIDENCE), Precision.STANDARD, knobs, Optional.empty());
    }

    private static double[] run(Parallel parallel) {
        FunctionTarget target = gauss(3, 0.4);
        RunContext context =
                new RunContext(RandomStream.of(4), parallel, Progress.SILENT, Budget.UNLIMITED, Journal.NONE);
        Evaluator evaluator = new Evaluator(target, context);
        NestedSettings settings = SETTINGS.withLive(40);
        return new NestedRun(
                        target,
                        settings,
                        0.5,
                        new ReflectionExplorer(target, evaluator, settings, context.random(), parallel),
                        evaluator,
                        context.budget(),
                        context.random().split("run"),
                        r -> {})
                .run().points().stream().mapToDouble(Point::logL).toArray();
    }
}
