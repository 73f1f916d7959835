package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unblend.infer.Precision;
import org.unblend.infer.RunContext;

class FrozenMixtureTest {
    private static final NestedSampler EXPLORER =
            new NestedSampler(NestedSettings.STANDARD.withLive(200).withMaxRuns(1));

    static Stream<Problems.Problem> problems() {
        return Stream.of(Problems.gauss(5, 0.95), Problems.loggamma(2), Problems.shells(2, -1.745642));
    }

    static Stream<Problems.Problem> larger() {
        return Stream.of(Problems.gauss(8, 0.5), Problems.spikeSlab(5), Problems.loggamma(10));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("larger")
    void evidenceOfLargerProblemsIsRight(Problems.Problem problem) {
        evidenceIsRight(problem);
    }

    /** Within 4 standard errors: 6 false alarms in 100,000 per problem, should the random streams ever change. */
    @ParameterizedTest
    @MethodSource("problems")
    void evidenceIsRight(Problems.Problem problem) {
        var draws = EXPLORER.sample(problem.target(), Precision.STANDARD, RunContext.of(1));
        FrozenMixture check = FrozenMixture.estimate(
                problem.target(), draws.u(), draws.result().samples().logWeight(), 4000, 40_000, RunContext.of(2));
        assertEquals(problem.logZ(), check.logZ(), 4 * check.error(), check.toString());
        assertTrue(check.error() < 0.03 && check.ess() >= 4000, check.toString());
        assertTrue(check.paretoShape() < 0.7, check.toString());
    }

    @Test
    void drawsThatDoNotFitAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> FrozenMixture.estimate(
                        Problems.loggamma(2).target(), new double[3], new double[2], 10, 10, RunContext.of(1)));
    }
}
