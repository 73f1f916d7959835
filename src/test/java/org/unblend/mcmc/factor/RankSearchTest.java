package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.infer.RunContext;
import org.unblend.model.Distribution;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/** Evidences of ranks that are as precise as the posterior of the rank needs them; seeds are fixed. */
class RankSearchTest {

    @Test
    void aLadderIsCutIntoEqualParts() {
        double[] finer = TemperedEvidence.finer(new double[] {0, 0.4, 1}, 2);
        assertArrayEquals(new double[] {0, 0.2, 0.4, 0.7, 1}, finer, 1e-15);
        assertEquals(1, finer[4]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gauss", "poisson", "gamma"})
    void agreesWithBruteForce(String noise) throws IOException {
        Path folder = Path.of(System.getProperty("unblend.data", "../shared/data"), "nmf-evidence");
        assumeTrue(
                Files.exists(folder),
                "skipped: no reference data at " + folder + "; set -Dunblend.data to their folder");
        double[] x = EvidenceRoadsTest.data(folder, noise);
        Distribution likelihood = switch (noise) {
            case "gauss" -> Normal.mean("mean").sd(0.5);
            case "poisson" -> Poisson.mean("mean");
            default -> Gamma.shape(5).mean("mean");
        };
        RankPosterior found = new RankSearch(1, 2, 16, 6)
                .of(rank -> EvidenceRoadsTest.model(x, 3, rank, likelihood), RunContext.of(5));
        for (int t = 0; t < 2; t++) {
            double[] truth = EvidenceRoadsTest.truth(folder, noise, t + 1);
            // The error comes from 6 runs: a right estimate is off by more than 5 of them once in 240; there are six.
            assertEquals(truth[0], found.logZ()[t], 5 * Math.hypot(found.error()[t], truth[1]), "rank " + (t + 1));
            assertTrue(found.error()[t] < 0.5, "error " + found.error()[t]);
        }
    }
}
