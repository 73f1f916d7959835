package org.unblend.nested.refine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unblend.density.FunctionTarget;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Evaluator;
import org.unblend.infer.Evidence;
import org.unblend.infer.Finding;
import org.unblend.infer.Precision;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;
import org.unblend.nested.ProblemCatalogue;
import org.unblend.nested.Problems;

class RefinementTest {
    private static final NestedSampler SAMPLER = new NestedSampler(NestedSettings.STANDARD.withLive(300));

    static Stream<Problems.Problem> quick() {
        return Stream.of("gauss5_0.95", "shells2", "eggbox").map(ProblemCatalogue::named);
    }

    static Stream<Problems.Problem> longer() {
        return Stream.of("shells10", "loggamma10", "gauss20_0.5", "funnel5", "rosen4", "spikeslab5")
                .map(ProblemCatalogue::named);
    }

    /**
     * Whatever is reported is within 4 standard errors over six seeds (4 false alarms in 10,000 per problem, should the random
     * streams ever change); a refinement that its gates refuse now and then leaves the evidence of nested sampling.
     */
    @ParameterizedTest
    @MethodSource("quick")
    void reportedEvidenceIsRightAndMostlyRefined(Problems.Problem problem) {
        int refined = 0;
        for (int seed = 4; seed < 10; seed++) {
            Result result = SAMPLER.run(problem.target(), Precision.STANDARD, RunContext.of(seed));
            Evidence evidence = result.evidence().orElseThrow();
            assertEquals(problem.logZ(), evidence.logZ(), 4 * evidence.error(), "seed " + seed);
            if (result.explored().isPresent()) {
                refined++;
                Evidence nested = evidence.other().orElseThrow();
                // Held-out draws where the proposal never came count in the error: it may be above the 0.02 wanted.
                assertTrue(evidence.error() <= 0.03 && nested.error() > 2 * evidence.error(), evidence.toString());
                assertTrue(Weighted.effectiveSampleSize(result.samples().weights()) >= 1000);
                assertTrue(result.nested().orElseThrow().path().isPresent());
            }
        }
        assertTrue(refined >= 3, "refined in " + refined + " of 6 seeds");
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("longer")
    void refinedEvidenceOfHarderProblemsIsRight(Problems.Problem problem) {
        Evidence evidence = new NestedSampler(NestedSettings.STANDARD)
                .run(problem.target(), Precision.STANDARD, RunContext.of(4))
                .evidence()
                .orElseThrow();
        assertEquals(problem.logZ(), evidence.logZ(), 4 * evidence.error(), evidence.toString());
    }

    /** Moments of the importance draws of a normal density: four standard errors of 1000 effective draws. */
    @Test
    void drawsFollowThePosterior() {
        Result result =
                SAMPLER.run(ProblemCatalogue.named("gauss5_0.95").target(), Precision.STANDARD, RunContext.of(5));
        Samples s = result.samples();
        for (int i = 0; i < 5; i++) {
            assertEquals(0, Weighted.mean(s.column(i), s.weights()), 0.13);
            assertEquals(1, Weighted.sd(s.column(i), s.weights()), 0.09);
        }
        assertEquals(1, Arrays.stream(s.weights()).sum(), 1e-9);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        Problems.Problem problem = ProblemCatalogue.named("shells2");
        Result one = SAMPLER.run(problem.target(), Precision.STANDARD, RunContext.of(6));
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            Result four = SAMPLER.run(
                    problem.target(), Precision.STANDARD, RunContext.of(6).with(new Parallel(executor)));
            assertEquals(one.evidence(), four.evidence());
            assertArrayEquals(one.samples().theta(), four.samples().theta());
        } finally {
            executor.shutdownNow();
        }
    }

    /** An evidence of nested sampling that is off by ten of its errors. */
    @Test
    void whatNestedSamplingContradictsIsNotUsed() {
        Refined refined = refine(draws(0.3, 0.05, 1500), oneMode(), 0.5, 0.05);
        assertTrue(
                refined.refused().orElseThrow().contains("standard errors from that of nested sampling"),
                refined::toString);
        assertTrue(refined.apart());
        assertEquals(0, refined.logZ(), 4 * refined.error());
    }

    /** The part of the proposal that is the prior may find what nested sampling lost, if it is large enough. */
    @Test
    void aModeThatWasLostMayBeFound() {
        Refined refined = refine(draws(0.3, 0.05, 1500), twoModes(), Math.log(2), 0.1);
        assertTrue(refined.accepted(), refined::toString);
        assertEquals(Math.log(2), refined.logZ(), 4 * refined.error());
    }

    /** The same with the right evidence: then there is nothing to object to. */
    @Test
    void whatItConfirmsIsUsed() {
        Refined refined = refine(draws(0.3, 0.05, 1500), oneMode(), 0, 0.05);
        assertTrue(refined.accepted(), refined::toString);
        assertEquals(0, refined.logZ(), 4 * refined.error());
        assertTrue(refined.error() <= 0.02);
    }

    /**
     * A spike with 100 times the evidence of the slab around it, in 10 dimensions: live points pass it by, the search for peaks
     * meets it, and a deeper exploration weighs it. Four standard errors; the search found it with all of 32 seeds.
     */
    @Test
    void aSpikeInsideASlabIsFound() {
        Problems.Problem problem = ProblemCatalogue.named("spikeslab10");
        Evidence evidence = new NestedSampler(NestedSettings.STANDARD.withMaxRuns(1))
                .run(problem.target(), Precision.STANDARD, RunContext.of(7))
                .evidence()
                .orElseThrow();
        assertEquals(problem.logZ(), evidence.logZ(), 4 * evidence.error(), evidence.toString());
        assertTrue(evidence.error() < 0.05, evidence.toString());
    }

    @Test
    void drawsThatSayNothingAreLeftAlone() {
        Explored few = draws(0.3, 0.05, 20);
        RunContext context = RunContext.of(1);
        var target = oneMode();
        assertTrue(Refinement.of(
                        target, new Evaluator(target, context), context, few, new RefineGoal(0.02, 1000, 2000, 50_000))
                .isEmpty());
        assertThrows(
                IllegalArgumentException.class, () -> new Explored(new double[3], new double[2], new double[2], 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new RefineGoal(0, 1, 1, 1));
    }

    @Test
    void theDiagnosisSaysWhatWasUsed() {
        Result result = SAMPLER.run(ProblemCatalogue.named("shells2").target(), Precision.STANDARD, RunContext.of(6));
        Finding finding = result.findings().stream()
                .filter(f -> f.check().equals("refinement"))
                .findFirst()
                .orElseThrow();
        assertTrue(finding.message().startsWith("used: ln Z"), finding.message());
        assertTrue(
                result.findings().stream()
                        .anyMatch(f -> f.check().equals("modes") && f.message().startsWith("2 apart, weights 0.5")),
                result.findings()::toString);
        Result plain = new NestedSampler(NestedSettings.STANDARD.withLive(300).withoutRefinement())
                .run(ProblemCatalogue.named("shells2").target(), Precision.STANDARD, RunContext.of(6));
        assertFalse(plain.explored().isPresent());
        assertTrue(plain.evidence().orElseThrow().other().isEmpty());
    }

    private static Refined refine(Explored found, FunctionTarget target, double logZ, double error) {
        RunContext context = RunContext.of(7);
        Explored claimed = new Explored(found.u(), found.logL(), found.logWeight(), logZ, error);
        return Refinement.of(
                        target,
                        new Evaluator(target, context),
                        context,
                        claimed,
                        new RefineGoal(0.02, 1000, 2000, 50_000))
                .orElseThrow();
    }

    /** Normal density about (0.3, 0.3), normalised. */
    private static FunctionTarget oneMode() {
        return FunctionTarget.ofCube(2, FunctionTarget.rowByRow(2, u -> logNormal(u, 0.3)));
    }

    /** The same, and another about (0.7, 0.7). */
    private static FunctionTarget twoModes() {
        return FunctionTarget.ofCube(
                2, FunctionTarget.rowByRow(2, u -> Math.max(logNormal(u, 0.3), logNormal(u, 0.7))));
    }

    private static double logNormal(double[] u, double m) {
        double sum = 0;
        for (double v : u) {
            sum -= 0.5 * Math.pow((v - m) / 0.05, 2) + Math.log(0.05 * Math.sqrt(2 * Math.PI));
        }
        return sum;
    }

    private static Explored draws(double m, double sd, int n) {
        RandomSource random = RandomStream.of(9).generator();
        double[] u = IntStream.range(0, 2 * n)
                .mapToDouble(i -> m + sd * random.nextGaussian())
                .toArray();
        double[] logL = IntStream.range(0, n)
                .mapToDouble(i -> logNormal(Arrays.copyOfRange(u, 2 * i, 2 * i + 2), m))
                .toArray();
        return new Explored(u, logL, new double[n], 0, 1);
    }
}
