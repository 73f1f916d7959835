package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.infer.Finding;
import org.unblend.infer.Precision;
import org.unblend.infer.RunContext;

/** Fixed seeds: nothing here is random. */
class PhaseFindingTest {
    @Test
    void aSpikeInASlabIsACautionWhereNothingElseWeighsIt() {
        Finding plain = finding(Problems.spikeSlab(5), NestedSettings.STANDARD.withoutRefinement());
        assertEquals(Finding.Severity.CAUTION, plain.severity(), plain.message());
        assertTrue(plain.message().contains("a narrow peak with 0.9"), plain.message());
        assertTrue(plain.remedy().contains("several seeds"), plain.remedy());

        Finding refined = finding(Problems.spikeSlab(5), NestedSettings.STANDARD);
        assertEquals(Finding.Severity.OK, refined.severity(), refined.message());
        assertTrue(refined.message().contains("the refinement weighed both"), refined.message());
    }

    @Test
    void modesThatAreEquallyNarrowAreNoPhases() {
        for (NestedSettings settings :
                new NestedSettings[] {NestedSettings.STANDARD, NestedSettings.STANDARD.withoutRefinement()}) {
            Finding finding = finding(Problems.eggbox(), settings);
            assertEquals(Finding.Severity.OK, finding.severity(), finding.message());
            assertTrue(finding.message().startsWith("none"), finding.message());
        }
    }

    private static Finding finding(Problems.Problem problem, NestedSettings settings) {
        return new NestedSampler(settings.withMaxRuns(1))
                .run(problem.target(), new Precision(0.1, 1), RunContext.of(1)).findings().stream()
                        .filter(f -> f.check().equals("phase transition"))
                        .findFirst()
                        .orElseThrow();
    }
}
