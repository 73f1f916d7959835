package org.unblend.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.model.Dims;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Normal;

class PredictionsTest {

    @Test
    void threadsDoNotMatter() {
        CompiledModel model = Graphs.nmf(Graphs.likelihoods().get(1));
        double[] theta = Graphs.draws(model, 150, 1);
        Predictions serial = Predictions.of(model, theta, 150, RandomStream.of(2), Parallel.SERIAL);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            Predictions spread = Predictions.of(model, theta, 150, RandomStream.of(2), new Parallel(pool));
            assertArrayEquals(serial.pointwise(), spread.pointwise());
            assertArrayEquals(serial.replicated().get(0), spread.replicated().get(0));
        } finally {
            pool.shutdownNow();
        }
        double[] pointwise = new double[150 * model.observedEntries()];
        model.pointwise(theta, pointwise, 150);
        assertArrayEquals(pointwise, serial.pointwise());
    }

    @Test
    void replicatedDataFollowTheLikelihood() {
        CompiledModel model = new CompiledModel(ModelGraph.named("m")
                .parameter("mu", Normal.mean(0).sd(1))
                .observe("X", Dims.of(Graphs.PART), "", Normal.mean("mu").sd(3), new double[2], new double[] {4, 0})
                .build());
        int rows = 10_000;
        double[] theta = new double[rows];
        Arrays.fill(theta, 5);
        double[] drawn = Predictions.of(model, theta, rows, RandomStream.of(3), Parallel.SERIAL)
                .replicated()
                .get(0);
        double[] first = Graphs.column(drawn, 2, 0);
        double mean = Arrays.stream(first).average().orElseThrow();
        double variance = Arrays.stream(first).map(x -> (x - mean) * (x - mean)).sum() / (rows - 1);
        // Weight 4 halves the sd to 1.5. Both bounds are 4 standard errors: false alarm 1.3e-4.
        assertEquals(5, mean, 4 * 1.5 / Math.sqrt(rows));
        assertEquals(2.25, variance, 4 * 2.25 * Math.sqrt(2.0 / rows));
        assertTrue(Arrays.stream(Graphs.column(drawn, 2, 1)).allMatch(Double::isNaN));
    }

    @Test
    void failedRowsHaveNoPrediction() {
        CompiledModel model = Graphs.physics(true);
        double[] theta = Graphs.draws(model, 2, 4);
        theta[0] = 13;
        Predictions p = Predictions.of(model, theta, 2, RandomStream.of(5), Parallel.SERIAL);
        for (int i = 0; i < 16; i++) {
            assertEquals(i < 8, Double.isNaN(p.replicated().get(0)[i]));
            assertEquals(i < 8, Double.isNaN(p.pointwise()[i]));
        }
    }
}
