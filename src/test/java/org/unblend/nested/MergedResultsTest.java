package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.infer.Evidence;
import org.unblend.infer.Finding;
import org.unblend.infer.Precision;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;

class MergedResultsTest {
    private static final Problems.Problem GAUSS = Problems.gauss(5, 0.95);
    private static final NestedSampler SMALL = new NestedSampler(
            NestedSettings.STANDARD.withLive(100).withMaxRuns(1).withoutRefinement());
    private static final Precision ANY = new Precision(0.1, 1);

    @Test
    void fourRunsAreOneOfFourTimesTheLivePoints() {
        List<Result> four = IntStream.range(0, 4)
                .mapToObj(s -> SMALL.run(GAUSS.target(), ANY, RunContext.of(s)))
                .toList();
        Result merged = MergedResults.of(four);
        Evidence e = merged.evidence().orElseThrow();
        double single = four.stream()
                .mapToDouble(r -> r.evidence().orElseThrow().error())
                .average()
                .orElseThrow();
        assertEquals(single / 2, e.error(), 0.1 * single);
        assertEquals(GAUSS.logZ(), e.logZ(), 4 * e.error());
        assertEquals(400, merged.samples().path().orElseThrow().live()[0]);
        assertEquals(
                four.stream().mapToInt(r -> r.samples().size()).sum(),
                merged.samples().size());
        assertEquals(1, Arrays.stream(merged.samples().weights()).sum(), 1e-9);
        assertEquals(
                four.stream().mapToLong(r -> r.effort().evaluations()).sum(),
                merged.effort().evaluations());
    }

    @Test
    void refinedResultsAreMergedByTheirNestedDraws() {
        NestedSampler refining =
                new NestedSampler(NestedSettings.STANDARD.withLive(150).withMaxRuns(1));
        List<Result> two = IntStream.range(0, 2)
                .mapToObj(s -> refining.run(GAUSS.target(), ANY, RunContext.of(s)))
                .toList();
        assertTrue(two.stream().anyMatch(r -> r.explored().isPresent()));
        Evidence e = MergedResults.of(two).evidence().orElseThrow();
        assertEquals(GAUSS.logZ(), e.logZ(), 4 * e.error());
        assertTrue(e.error() > 0.05);
    }

    @Test
    void runsOfDifferentProblemsDisagreeOrAreRefused() {
        Result gauss = SMALL.run(GAUSS.target(), ANY, RunContext.of(1));
        Result shells = SMALL.run(Problems.shells(5, -5.673601).target(), ANY, RunContext.of(1));
        Result disagreeing = MergedResults.of(List.of(gauss, shells));
        assertTrue(disagreeing.findings().stream()
                .anyMatch(f -> f.check().equals("agreement of runs") && f.severity() == Finding.Severity.CAUTION));
        Result other = SMALL.run(Problems.gauss(2, 0).target(), ANY, RunContext.of(1));
        assertThrows(IllegalArgumentException.class, () -> MergedResults.of(List.of(gauss, other)));
        assertThrows(IllegalArgumentException.class, () -> MergedResults.of(List.of(gauss)));
    }
}
