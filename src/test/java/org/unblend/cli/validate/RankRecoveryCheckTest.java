package org.unblend.cli.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.math.Parallel;
import org.unblend.mcmc.factor.RankPosterior;
import org.unblend.mcmc.factor.RankSearch;

/** Ranks of simulated factorisations by evidence; seeds are fixed. */
class RankRecoveryCheckTest {
    private static RankTrial trial(int number, double... logZ) {
        return new RankTrial(
                new KnownRank("normal", number), new RankPosterior(new int[] {1, 2}, logZ, new double[] {0, 0}), 1);
    }

    @Test
    void scoresAreThoseOfTheStatedProbabilities() {
        // Probabilities 0.75 and 0.25; the truths are 1 and 2.
        RankScores scores = new RankScores(List.of(trial(0, Math.log(3), 0), trial(1, Math.log(3), 0)));
        assertEquals(1, scores.right());
        assertEquals(1 - 1.5, scores.excess().value(), 1e-9);
        assertEquals(Math.sqrt(2 * 0.75 * 0.25), scores.excess().error(), 1e-9);
        // Brier's scores are 0.125 and 1.125, 0.375 is expected of each; its standard deviation is 2 sd(p) = 0.433.
        assertEquals(0.625 - 0.375, scores.excessBrier().value(), 1e-9);
        assertEquals(0.4330127 / Math.sqrt(2), scores.excessBrier().error(), 1e-6);
    }

    @Test
    void aTrialSurvivesItsLine() {
        RankTrial t = trial(1, -10.25, -12.5);
        RankTrial read = RankTrial.read(t.line());
        assertEquals(t.line(), read.line());
        assertEquals(t.set(), read.set());
        assertTrue(t.holdsTruth() == read.holdsTruth() && !t.isRight());
    }

    @Test
    void finishedSetsAreNotDoneAgain(@TempDir Path folder) throws IOException {
        RankRecoveryCheck check = new RankRecoveryCheck(1, 3, new RankSearch(1, 1, 4, 2));
        List<String> told = new ArrayList<>();
        DetailedCheck.Outcome first = check.detailed(folder, folder, Parallel.SERIAL, told::add);
        assertEquals(3, told.size());
        assertEquals(5, Files.readAllLines(folder.resolve("trials.csv")).size());
        told.clear();
        DetailedCheck.Outcome second = check.detailed(folder, folder, Parallel.SERIAL, told::add);
        assertEquals(List.of(), told);
        assertEquals(first.values(), second.values());
        // Rank 1, the only one that is tried, is the truth of the first set.
        assertEquals(1, first.values().get("normal right").value());
        // Another search has other trials.
        new RankRecoveryCheck(2, 3, new RankSearch(1, 1, 5, 2)).detailed(folder, folder, Parallel.SERIAL, told::add);
        assertEquals(3, told.size());
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(ints = {0, 1, 2, 3})
    void theTrueRankIsNotToldFromTheBest(int number) {
        RankTrial t = RankTrial.of(new KnownRank("normal", number), RankRecoveryCheck.STANDARD.search());
        assertTrue(t.holdsTruth(), t.line());
        assertFalse(t.posterior().alike().size() > 2, t.line());
    }
}
