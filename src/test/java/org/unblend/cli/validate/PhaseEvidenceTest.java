package org.unblend.cli.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.math.RandomStream;

/** Against sums over a fine grid of all that the estimate draws or integrates. */
class PhaseEvidenceTest {
    private static final double[] DATA = {3, 10, 4};
    private static final double[] SD = {0.6, 2, 0.8};
    /** Two states of three lines; a third that has no solution. */
    private static final double[] STATES = {1, 2, 0.1, 0.2, 4, 3, Double.NaN, 1, 1};

    private static double likelihood(double[] mean) {
        double p = 1;
        for (int l = 0; l < DATA.length; l++) {
            double z = (DATA[l] - mean[l]) / SD[l];
            p *= Math.exp(-0.5 * z * z) / (SD[l] * Math.sqrt(2 * Math.PI));
        }
        return p;
    }

    private static double cell(int i, int n) {
        return (i + 0.5) / n;
    }

    private static double grid(int first, int second, double fill2, double dv) {
        double sum = 0;
        for (int i = 0; i < 2000; i++) {
            double[] mean = new double[3];
            for (int l = 0; l < 3; l++) {
                mean[l] = dv * (cell(i, 2000) * STATES[3 * first + l] + fill2 * STATES[3 * second + l]);
            }
            sum += likelihood(mean) / 2000;
        }
        return sum;
    }

    @Test
    void onePhase() {
        double exact = 0;
        for (int i = 0; i < 100; i++) {
            double dv = 1 + 9 * cell(i, 100);
            exact += (grid(0, 0, 0, dv) + grid(1, 0, 0, dv)) / 300;
        }
        double ours = new PhaseEvidence(DATA, SD, 1, 10)
                .one(STATES, 200_000, RandomStream.of(3).generator());
        // 600,000 draws: 0.3 % in Z; the seed is fixed.
        assertEquals(Math.log(exact), ours, 0.012);
    }

    @Test
    void twoPhases() {
        double exact = 0;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 40; j++) {
                double dv = 1 + 9 * cell(i, 40);
                // Six ordered pairs of different states, of which two have solutions for both.
                exact += (grid(0, 1, cell(j, 40), dv) + grid(1, 0, cell(j, 40), dv)) / (6 * 1600);
            }
        }
        double ours = new PhaseEvidence(DATA, SD, 1, 10)
                .two(STATES, 600_000, RandomStream.of(3).generator());
        assertEquals(Math.log(exact), ours, 0.02);
    }

    @Test
    void dataFarFromTheModelsDoNotUnderflow() {
        double[] far = {1e6, 1e6, -1e6};
        double log = new PhaseEvidence(far, SD, 1, 10)
                .one(new double[] {1, 2, 0.1}, 4, RandomStream.of(3).generator());
        assertTrue(log < -1e11 && log > Double.NEGATIVE_INFINITY, "" + log);
    }

    @Test
    void darkStatesLeaveTheNoise() {
        double log = new PhaseEvidence(DATA, SD, 1, 10)
                .one(new double[3], 4, RandomStream.of(3).generator());
        assertEquals(Math.log(likelihood(new double[3])), log, 1e-12);
    }
}
