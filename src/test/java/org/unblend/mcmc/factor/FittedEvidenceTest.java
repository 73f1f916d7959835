package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.infer.RunContext;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Distribution;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/** Tempering from a fitted density against brute force, Chib's estimate, and what it says of itself. */
class FittedEvidenceTest {

    @ParameterizedTest
    @CsvSource({"poisson,1", "poisson,2", "gamma,1", "gamma,2"})
    void errorsAreThoseOfBruteForce(String noise, int rank) throws IOException {
        Path folder = Path.of(System.getProperty("unblend.data", "../shared/data"), "nmf-evidence");
        assumeTrue(
                Files.exists(folder),
                "skipped: no reference data at " + folder + "; set -Dunblend.data to their folder");
        double[] truth = EvidenceRoadsTest.truth(folder, noise, rank);
        double[] x = EvidenceRoadsTest.data(folder, noise);
        Distribution likelihood =
                noise.equals("poisson") ? Poisson.mean("mean") : Gamma.shape(5).mean("mean");
        FactorForm form = FactorForm.of(EvidenceRoadsTest.model(x, 3, rank, likelihood));
        int seeds = 12;
        double squares = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Estimate found = new FittedEvidence(64, 8, 1, 200, 400)
                    .of(form, RunContext.of(100 + seed))
                    .estimate();
            squares += Math.pow((found.logZ() - truth[0]) / Math.hypot(found.error(), truth[1]), 2);
            assertTrue(found.error() < 0.3, "error " + found.error());
        }
        // Fixed seeds. A right estimate is off by t of 7 degrees of freedom times its error, whose mean square over 12
        // seeds
        // is above 4 once in 90 times (by simulation).
        assertTrue(squares / seeds < 4, "rms z " + Math.sqrt(squares / seeds));
    }

    @Test
    void agreesWithChibAndWithTemperingFromThePrior() {
        FactorForm form = FactorForm.of(EvidenceRoadsTest.model(counts(5, 12), 5, 2, Poisson.mean("mean")));
        FittedEvidence.Found found = new FittedEvidence(64, 8, 2, 200, 400).of(form, RunContext.of(3));
        Estimate chib = new Chib(1000, 40_000).of(form, RandomStream.of(4));
        // Fixed seeds; a right estimate is off by more than 4 errors (7 degrees of freedom) once in 200 seeds.
        agree(chib, found.estimate());
        assertTrue(found.agree(), found.text());

        // Here Chib's estimate itself scatters by nats, between chains of 100,000 draws.
        form = FactorForm.of(EvidenceRoadsTest.model(counts(10, 60), 10, 2, Poisson.mean("mean")));
        found = new FittedEvidence(32, 8, 1, 400, 400).of(form, RunContext.of(3));
        FactorMoves moves = FactorMoves.of(form);
        TemperedEvidence prior = new TemperedEvidence(32, 5, 4);
        RunContext context = RunContext.of(5);
        agree(prior.forward(moves, prior.ladder(moves, context), context), found.estimate());
        assertTrue(found.estimate().error() < 0.5, found.toString());
    }

    private static void agree(Estimate expected, Estimate found) {
        double error = Math.hypot(expected.error(), found.error());
        assertEquals(expected.logZ(), found.logZ(), 4 * error, found + " against " + expected);
    }

    /** Of a Poisson factorisation of rank 2 with exponential factors, W of mean 1 and H of mean 4. */
    private static double[] counts(int features, int samples) {
        RandomSource random = RandomStream.of(11).generator();
        double[][] w = new double[features][2];
        double[][] h = new double[2][samples];
        for (double[] row : w) {
            Arrays.setAll(row, k -> -Math.log(random.nextOpen()));
        }
        for (double[] row : h) {
            Arrays.setAll(row, j -> -4 * Math.log(random.nextOpen()));
        }
        double[] x = new double[features * samples];
        for (int e = 0; e < x.length; e++) {
            int i = e / samples;
            int j = e % samples;
            x[e] = PoissonDraw.next(random, w[i][0] * h[0][j] + w[i][1] * h[1][j]);
        }
        return x;
    }

    @Test
    void sumsOverAllLabels() {
        double[][] log = {{0.3, -1, -900}, {-2000, 0.5, 1}, {-0.7, 0.1, -3000}};
        double sum = 0;
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] o : orders) {
            sum += Math.exp(log[0][o[0]] + log[1][o[1]] + log[2][o[2]]);
        }
        assertEquals(Math.log(sum), LabelSum.of(log), 1e-12);
        double[][] apart = {{0, -1000}, {0, -1000}};
        assertEquals(-1000 + Math.log(2), LabelSum.of(apart), 1e-12, "underflow is left to logarithms");
        double[][] level = new double[10][10];
        assertEquals(Math.log(3_628_800), LabelSum.of(level), 1e-9);
    }

    @Test
    void runsInDifferentModesSaySo() {
        List<FittedEvidence.One> alike = List.of(
                new FittedEvidence.One(-100, 0.2),
                new FittedEvidence.One(-101, 0.2),
                new FittedEvidence.One(-100.4, 0.2));
        assertTrue(FittedEvidence.Found.of(alike).agree());
        List<FittedEvidence.One> apart = List.of(
                new FittedEvidence.One(-100, 0.2),
                new FittedEvidence.One(-140, 0.2),
                new FittedEvidence.One(-100.4, 0.2));
        FittedEvidence.Found found = FittedEvidence.Found.of(apart);
        assertFalse(found.agree());
        assertEquals(1, found.left());
        assertEquals(-100.2, found.estimate().logZ(), 0.05, "a mode of e^-40 adds nothing");
        List<FittedEvidence.One> alone = List.of(new FittedEvidence.One(-100, 0.2), new FittedEvidence.One(-140, 0.2));
        assertTrue(FittedEvidence.Found.of(alone).estimate().error() > 20, "one run alone does not tell its error");
    }

    @Test
    void saysWhereItDoesNotApply() {
        double[] x = {1, 2, 3, 4};
        FactorForm normal = FactorForm.of(
                EvidenceRoadsTest.model(x, 2, 1, Normal.mean("mean").sd(0.5)));
        assertTrue(FittedEvidence.refusal(normal).isPresent());
        FactorForm poisson = FactorForm.of(EvidenceRoadsTest.model(x, 2, 1, Poisson.mean("mean")));
        assertTrue(FittedEvidence.refusal(poisson).isEmpty());
    }
}
