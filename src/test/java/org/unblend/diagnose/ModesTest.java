package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class ModesTest {
    private static final int N = 2000;

    /** Weights 1/4 and 3/4, five standard errors of 2000 draws, 1000 of them looked at; along a diagonal, so that no coordinate alone shows the gap. */
    @Test
    void twoModesAreFoundWithTheirWeights() {
        int d = 4;
        RandomSource random = RandomStream.of(1).generator();
        double[] x = new double[N * d];
        for (int i = 0; i < N; i++) {
            double along = random.nextGaussian();
            double across = (random.nextOpen() < 0.25 ? -0.1 : 0.1) + 0.01 * random.nextGaussian();
            x[i * d] = along + across;
            x[i * d + 1] = along - across;
            x[i * d + 2] = random.nextGaussian();
            x[i * d + 3] = 1e-3 * random.nextGaussian();
        }
        List<Modes.Mode> modes = Modes.of(x, ones(), d, random);
        assertEquals(2, modes.size());
        assertEquals(0.75, modes.get(0).weight(), 5 * modes.get(0).error());
        assertEquals(1, modes.stream().mapToDouble(Modes.Mode::weight).sum(), 1e-12);
    }

    @Test
    void nineModesOnAGridAreCounted() {
        RandomSource random = RandomStream.of(2).generator();
        double[] x = IntStream.range(0, 2 * N)
                .mapToDouble(i -> random.nextInt(3) + 0.03 * random.nextGaussian())
                .toArray();
        assertEquals(9, Modes.of(x, ones(), 2, random).size());
    }

    /**
     * Gaussian, uniform, heavy-tailed and ring-shaped draws are one mode in each of 50 sets. A gap is seen by chance with a
     * probability of about 1000 places times exp(-20), 2e-6 per direction.
     */
    @Test
    void oneModeIsOne() {
        for (int seed = 0; seed < 50; seed++) {
            RandomSource random = RandomStream.of(seed).generator();
            double[][] sets = {new double[3 * N], new double[3 * N], new double[3 * N], new double[3 * N]};
            for (int i = 0; i < N; i++) {
                double angle = 2 * Math.PI * random.nextOpen();
                double heavy = 1 / Math.sqrt(random.nextOpen());
                for (int j = 0; j < 3; j++) {
                    sets[0][3 * i + j] = random.nextGaussian();
                    sets[1][3 * i + j] = random.nextOpen();
                    sets[2][3 * i + j] = heavy * random.nextGaussian();
                    sets[3][3 * i + j] = j == 2 ? 0 : (j == 0 ? Math.cos(angle) : Math.sin(angle));
                }
            }
            for (double[] set : sets) {
                assertEquals(1, Modes.of(set, ones(), 3, random).size(), "seed " + seed);
            }
        }
    }

    @Test
    void fewOrEqualDrawsAreOneMode() {
        RandomSource random = RandomStream.of(3).generator();
        assertEquals(
                1, Modes.of(new double[] {0.5}, new double[] {1}, 1, random).size());
        assertEquals(1, Modes.of(new double[3 * N], ones(), 3, random).size());
        double[] heavy = new double[N];
        heavy[7] = 1;
        List<Modes.Mode> one = Modes.of(new double[N], heavy, 1, random);
        assertTrue(one.size() == 1 && one.get(0).weight() == 1);
    }

    private static double[] ones() {
        double[] w = new double[N];
        Arrays.fill(w, 1);
        return w;
    }
}
