package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class PredictiveScoreTest {
    private static final int N = 30;
    private static final int DRAWS = 4000;

    /** x_i ~ N(m, 1), flat prior of m: leaving one out, x_i ~ N(mean of the others, 1 + 1 / (n - 1)). */
    private static double[] data(double outlier) {
        RandomSource random = RandomStream.of(2).generator();
        double[] x = new double[N];
        for (int i = 0; i < N; i++) {
            x[i] = random.nextGaussian();
        }
        x[0] += outlier;
        return x;
    }

    private static double mean(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v / x.length;
        }
        return sum;
    }

    private static PredictiveScore score(double[] x) {
        RandomSource random = RandomStream.of(3).generator();
        double mean = mean(x);
        double[] log = new double[DRAWS * N];
        for (int s = 0; s < DRAWS; s++) {
            double m = mean + random.nextGaussian() / Math.sqrt(N);
            for (int i = 0; i < N; i++) {
                log[s * N + i] = -0.5 * (x[i] - m) * (x[i] - m) - 0.5 * Math.log(2 * Math.PI);
            }
        }
        return PredictiveScore.of(log, N);
    }

    @Test
    void leavingOneOutOfNormalDataAgreesWithTheFormula() {
        double[] x = data(0);
        double exact = 0;
        double variance = 1 + 1.0 / (N - 1);
        for (double v : x) {
            double off = v - (mean(x) * N - v) / (N - 1);
            exact += -0.5 * off * off / variance - 0.5 * Math.log(2 * Math.PI * variance);
        }
        PredictiveScore score = score(x);
        // 4000 fixed draws: Monte Carlo errors of the sum are about 0.01; WAIC differs by terms of 1 / n^2 each.
        assertEquals(exact, score.loo(), 0.05);
        assertEquals(exact, score.waic(), 0.1);
        // The variance of -(x - m)^2 / 2 under m ~ N(mean, 1 / n).
        double effective = 0.5 / N;
        for (double v : x) {
            effective += (v - mean(x)) * (v - mean(x)) / N;
        }
        assertEquals(effective, score.effective(), 0.05);
        assertTrue(score.worst() < 0.5, "k-hat " + score.worst());
        assertEquals(0, score.bad());
        assertTrue(score.looError() > 0.5 && score.looError() < 10, "error " + score.looError());
    }

    @Test
    void anEntryThatRulesThePosteriorIsSeen() {
        PredictiveScore score = score(data(30));
        assertTrue(score.worst() > PredictiveScore.BAD, "k-hat " + score.worst());
        assertTrue(score.bad() >= 1);
    }
}
