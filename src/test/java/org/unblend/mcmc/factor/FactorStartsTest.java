package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Task;
import org.unblend.math.Parallel;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.family.Poisson;

/** Chains that begin at the best of several tries. */
class FactorStartsTest {
    private static final int FEATURES = 6;

    private static CompiledModel model() {
        RandomSource random = RandomStream.of(8).generator();
        double[] x = new double[FEATURES * 10];
        for (int e = 0; e < x.length; e++) {
            int feature = e / 10;
            int sample = e % 10;
            x[e] = PoissonDraw.next(random, (feature + sample) % 3 == 0 ? 60 : 5 + feature);
        }
        return EvidenceRoadsTest.model(x, FEATURES, 3, Poisson.mean("mean"));
    }

    @Test
    void chainsBeginAtTheirBestTry() {
        CompiledModel model = model();
        FactorMoves moves = FactorMoves.of(FactorForm.of(model));
        List<FactorStarts.Start> starts = new FactorStarts(5, 60).of(moves, 2, RunContext.of(1));
        for (FactorStarts.Start start : starts) {
            double[] log = new double[1];
            model.logLikelihood(start.theta(), log, 1);
            // A draw of 48 unknowns of the mode lies within some tens of its mean log likelihood.
            assertEquals(start.best(), log[0], 40);
            assertEquals(5, Arrays.stream(start.logLikelihood()).distinct().count());
        }
        assertTrue(starts.get(0).theta()[0] != starts.get(1).theta()[0], "chains try apart from each other");
    }

    @Test
    void threadsDoNotChangeThem() {
        FactorMoves moves = FactorMoves.of(FactorForm.of(model()));
        FactorStarts starts = new FactorStarts(3, 40);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<FactorStarts.Start> alone = starts.of(moves, 2, RunContext.of(1));
            List<FactorStarts.Start> together =
                    starts.of(moves, 2, RunContext.of(1).with(new Parallel(two)));
            for (int c = 0; c < 2; c++) {
                assertArrayEquals(alone.get(c).theta(), together.get(c).theta());
            }
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void theEngineTellsWhatItTried() {
        Result result = new FactorEngine()
                .run(
                        new Problem(
                                model(),
                                Set.of(Task.POSTERIOR),
                                Precision.STANDARD,
                                Map.of("chains", 2.0, "warmup", 100.0, "draws", 50.0, "tries", 4.0)),
                        RunContext.of(2));
        String told = result.info().stream()
                .filter(i -> i.name().equals("tries"))
                .findFirst()
                .orElseThrow()
                .value();
        assertTrue(told.startsWith("4 per chain, log likelihood "), told);
        // Two chains, each four tries and a warm-up of 100 sweeps and 50 draws.
        assertEquals(2 * (4 * 100 + 100 + 50), result.effort().evaluations());
    }
}
