package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class ConsensusTest {

    @Test
    void countsSharedComponents() {
        int no = Consensus.ABSENT;
        Consensus c = Consensus.of(new int[][] {{0, 0, 1, no}, {1, 1, 1, 0}, {2, 0, 2, no}});
        assertArrayEquals(new double[] {1, 2.0 / 3, 2.0 / 3, 0}, c.matrix()[0], 1e-15);
        assertEquals(c.matrix()[1][2], c.matrix()[2][1]);
        assertThrows(IllegalArgumentException.class, () -> Consensus.of(new int[0][]));
        assertThrows(IllegalArgumentException.class, () -> Consensus.of(new int[][] {{0, 1}, {0}}));
    }

    @Test
    void perfectAgreementIsOne() {
        Consensus c = Consensus.of(new int[][] {{0, 0, 1, 1, 2}, {2, 2, 0, 0, 1}});
        assertEquals(1, c.dispersion(), 1e-15);
        assertEquals(1, c.copheneticCorrelation(), 1e-15);
        Consensus all = Consensus.of(new int[][] {{0, 0, 0}});
        assertEquals(1, all.copheneticCorrelation());
        // A sample that no run has changes nothing.
        Consensus silent = Consensus.of(new int[][] {{0, 0, -1, 1, 1, 2}, {2, 2, -1, 0, 0, 1}});
        assertEquals(1, silent.copheneticCorrelation(), 1e-15);
    }

    /**
     * By hand: distances 0.2 (0,1), 0.6 (0,2), 0.8 (1,2) join at 0.2 and 0.7; Pearson's correlation of
     * (0.2, 0.6, 0.8) with (0.2, 0.7, 0.7) is 0.9449.
     */
    @Test
    void copheneticCorrelationByHand() {
        double[][] c = {{1, 0.8, 0.4}, {0.8, 1, 0.2}, {0.4, 0.2, 1}};
        assertEquals(0.9449111825230682, new Consensus(c).copheneticCorrelation(), 1e-12);
        double d = 4 * (3 * 0.25 + 2 * (0.09 + 0.01 + 0.09)) / 9;
        assertEquals(d, new Consensus(c).dispersion(), 1e-15);
    }

    /** Against the plain algorithm that looks for the nearest pair among all, on distances without ties. */
    @Test
    void averageLinkageAgreesWithThePlainAlgorithm() {
        RandomSource source = RandomStream.of(3).generator();
        for (int n : new int[] {2, 3, 10, 40}) {
            double[][] d = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    d[i][j] = source.nextOpen();
                    d[j][i] = d[i][j];
                }
            }
            double[][] plain = plain(d);
            double[][] chain = AverageLinkage.copheneticDistances(d);
            for (int i = 0; i < n; i++) {
                assertArrayEquals(plain[i], chain[i], 1e-12);
            }
        }
    }

    @Test
    void randomLabelsDisperse() {
        RandomSource source = RandomStream.of(4).generator();
        int[][] labels = new int[20][40];
        for (int[] run : labels) {
            for (int j = 0; j < 40; j++) {
                run[j] = source.nextInt(3);
            }
        }
        Consensus c = Consensus.of(labels);
        assertTrue(c.dispersion() < 0.3, "dispersion " + c.dispersion());
        assertTrue(c.copheneticCorrelation() < 0.9, "correlation " + c.copheneticCorrelation());
    }

    @Test
    void labelsTakeTheStrongestComponent() {
        Dense w = Dense.of(new double[][] {{3, 0}, {4, 1}});
        Dense h = Dense.of(new double[][] {{1, 1, 0}, {4, 6, 0}});
        assertArrayEquals(new int[] {0, 1, Consensus.ABSENT}, Consensus.labels(w, h));
    }

    private static double[][] plain(double[][] distance) {
        int n = distance.length;
        List<List<Integer>> clusters = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            clusters.add(new ArrayList<>(List.of(i)));
        }
        double[][] out = new double[n][n];
        while (clusters.size() > 1) {
            int a = 0;
            int b = 1;
            double least = Double.POSITIVE_INFINITY;
            for (int s = 0; s < clusters.size(); s++) {
                for (int t = s + 1; t < clusters.size(); t++) {
                    double mean = mean(distance, clusters.get(s), clusters.get(t));
                    if (mean < least) {
                        least = mean;
                        a = s;
                        b = t;
                    }
                }
            }
            for (int i : clusters.get(a)) {
                for (int j : clusters.get(b)) {
                    out[i][j] = least;
                    out[j][i] = least;
                }
            }
            clusters.get(a).addAll(clusters.remove(b));
        }
        return out;
    }

    private static double mean(double[][] distance, List<Integer> a, List<Integer> b) {
        double sum = 0;
        for (int i : a) {
            for (int j : b) {
                sum += distance[i][j];
            }
        }
        return sum / (a.size() * b.size());
    }
}
