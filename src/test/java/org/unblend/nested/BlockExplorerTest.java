package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.density.CompiledModel;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.RunContext;
import org.unblend.infer.Start;
import org.unblend.infer.Task;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** Slices within blocks alone. That moves keep the law: {@link InvarianceTest}; that parts are right: {@code PartsTest}. */
class BlockExplorerTest {
    private static final NestedSettings SETTINGS =
            NestedSettings.STANDARD.withLive(100).withExplorer(Way.BLOCKS);

    static Stream<BlockProblems.Known> small() {
        return Stream.of(BlockProblems.hierarchy(20, 0.5), BlockProblems.hierarchy(20, 3), BlockProblems.counts(6, 6));
    }

    static Stream<BlockProblems.Known> large() {
        return Stream.of(
                BlockProblems.hierarchy(50, 0.5), BlockProblems.hierarchy(50, 3), BlockProblems.counts(15, 15));
    }

    /** With k seeds the mean z must be within 4/sqrt(k): one false alarm in 16,000 per problem; seeds are fixed. */
    @ParameterizedTest
    @MethodSource("small")
    void evidenceIsRight(BlockProblems.Known problem) {
        double[] z = scores(problem, 3);
        assertEquals(0, mean(z), 4 / Math.sqrt(3), Arrays.toString(z));
    }

    /** Rank 2, whose two orders of the parts are modes of their own, against Sobol points with H integrated out. */
    @ParameterizedTest
    @ValueSource(strings = {"poisson", "gauss"})
    void evidenceOfRankTwoIsThatOfBruteForce(String noise) throws IOException {
        Path place = Path.of(System.getProperty("unblend.data", "../shared/data"), "nmf-evidence");
        assumeTrue(Files.isReadable(place.resolve("log_evidence.csv")), "reference data are absent: " + place);
        double[] x = Files.readAllLines(place.resolve("X_" + noise + ".csv")).stream()
                .flatMap(l -> Arrays.stream(l.split(",")))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double truth = Files.readAllLines(place.resolve("log_evidence.csv")).stream()
                .filter(l -> l.startsWith(noise) && l.matches(".*,2,[-0-9.]+,[^,]*"))
                .mapToDouble(l -> Double.parseDouble(l.split(",")[l.split(",").length - 2]))
                .findFirst()
                .orElseThrow();
        double[] z = scores(new BlockProblems.Known(BlockProblems.product(noise.equals("gauss"), x, 3, 2), truth), 3);
        assertEquals(0, mean(z), 4 / Math.sqrt(3), Arrays.toString(z));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("large")
    void evidenceOfLargerProblemsIsRight(BlockProblems.Known problem) {
        double[] z = scores(problem, 8);
        assertEquals(0, mean(z), 4 / Math.sqrt(8), Arrays.toString(z));
    }

    /** Chains from the prior, at a threshold that a hundredth of it exceeds. */
    @Test
    void aPointTakesFarFewerEvaluationsThanBySlicesOfAllCoordinates() {
        assertCheaper(3, BlockProblems.hierarchy(20, 1).model());
        assertCheaper(7, BlockProblems.hierarchy(50, 1).model());
        assertCheaper(4, BlockProblems.counts(10, 10).model());
    }

    private static void assertCheaper(double times, CompiledModel model) {
        double blocks = cost(model, BlockExplorer::new);
        double slices = cost(model, SliceExplorer::new);
        assertTrue(
                times * blocks < slices,
                blocks + " and " + slices + " for " + model.graph().name());
    }

    @Test
    void blocksAreTakenWhereTheyAreAClearGain() {
        assertEquals(Way.BLOCKS, Explorers.way(BlockProblems.hierarchy(20, 1).model(), NestedSettings.STANDARD));
        assertEquals(Way.AUTO, Explorers.way(BlockProblems.hierarchy(4, 1).model(), NestedSettings.STANDARD));
        assertEquals(Way.AUTO, Explorers.way(Problems.gauss(20, 0).target(), NestedSettings.STANDARD));
        assertEquals(
                Way.SLICES,
                Explorers.way(
                        BlockProblems.hierarchy(20, 1).model(), NestedSettings.STANDARD.withExplorer(Way.SLICES)));
    }

    @Test
    void plansTellOfBlocksAndRefuseThemAfterAWarmStart() {
        NestedEngine engine = new NestedEngine();
        CompiledModel model = BlockProblems.hierarchy(20, 1).model();
        String detail =
                engine.detail(problem(model, Map.of(), Optional.empty())).orElseThrow();
        assertTrue(detail.startsWith("explorer blocks: 21 blocks of coordinates"), detail);
        Map<String, Double> blocks = Map.of("explorer", (double) Way.BLOCKS.ordinal());
        Optional<Start> start =
                Optional.of(new Start.Draws(new double[model.dimension()], new double[] {1}, "an earlier run"));
        assertTrue(engine.detail(problem(model, Map.of(), start)).isEmpty());
        String message = assertThrows(InvalidRequest.class, () -> engine.detail(problem(model, blocks, start)))
                .getMessage();
        assertTrue(message.contains("explorer blocks") && message.contains("take one of them out"), message);
        CompiledModel few = BlockProblems.hierarchy(4, 1).model();
        assertTrue(engine.detail(problem(few, Map.of(), Optional.empty())).isEmpty());
        assertTrue(engine.detail(problem(few, blocks, Optional.empty()))
                .orElseThrow()
                .startsWith("explorer blocks, asked for: 5 blocks"));
    }

    private static Problem problem(CompiledModel model, Map<String, Double> knobs, Optional<Start> start) {
        return new Problem(model, Set.of(Task.EVIDENCE), Precision.STANDARD, knobs, start);
    }

    private static double cost(CompiledModel model, ShrinkageTest.Maker maker) {
        RandomSource source = RandomStream.of(2).generator();
        int d = model.cubeDimension();
        int n = 20_000;
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] u = new double[d];
            Arrays.setAll(u, k -> source.nextOpen());
            double[] theta = new double[model.dimension()];
            double[] logL = new double[1];
            model.priorTransform(u, theta, 1);
            model.logLikelihood(theta, logL, 1);
            points.add(new Point(u, theta, logL[0], Double.NEGATIVE_INFINITY, i));
        }
        points.sort(Comparator.comparingDouble(Point::logL));
        int dead = n - n / 100;
        Front front = new Front(
                points.subList(dead, n),
                points.subList(0, dead),
                points.get(dead - 1).logL(),
                Math.log(0.01));
        Evaluator evaluator = new Evaluator(model, RunContext.of(0));
        Candidates c = maker.make(model, evaluator, SETTINGS, RandomStream.of(3), Parallel.SERIAL)
                .next(front);
        return evaluator.evaluations() / (double) c.rows();
    }

    private static double[] scores(BlockProblems.Known problem, int seeds) {
        double[] z = new double[seeds];
        for (int s = 0; s < seeds; s++) {
            Target target = problem.model();
            RunContext context = RunContext.of(100 + s);
            Evaluator evaluator = new Evaluator(target, context);
            Explorer explorer = new BlockExplorer(
                    target, evaluator, SETTINGS, context.random().split("x"), Parallel.SERIAL);
            RunRecord run = new NestedRun(
                            target,
                            SETTINGS,
                            0.01,
                            explorer,
                            evaluator,
                            Optional::empty,
                            context.random().split("y"),
                            r -> {})
                    .run();
            MergedRuns merged = MergedRuns.of(List.of(run));
            double error =
                    EvidenceError.bootstrap(merged, 200, RandomStream.of(s).generator());
            z[s] = (merged.weights().logZ() - problem.logZ()) / error;
        }
        return z;
    }

    private static double mean(double[] z) {
        return Arrays.stream(z).average().orElseThrow();
    }
}
