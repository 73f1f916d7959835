package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class AlignmentTest {

    /** A permutation with any scales is undone, whatever the sizes of the numbers. */
    @Test
    void undoesPermutationAndScale() {
        Dense w = uniform(30, 5, 1);
        int[] order = {3, 0, 4, 1, 2};
        double[] scale = {1e-200, 1e200, 3, 0.1, 1e10};
        Dense moved = Dense.zeros(30, 5);
        for (int i = 0; i < 30; i++) {
            for (int k = 0; k < 5; k++) {
                moved.row(i)[k] = scale[k] * w.get(i, order[k]);
            }
        }
        Alignment a = Alignment.of(w, moved);
        assertArrayEquals(order, a.match());
        assertEquals(1, a.meanCosine(), 1e-14);
    }

    /** By hand: the greedy choice (0.9 first) would leave 0.1; the best sum takes 0.8 and 0.8. */
    @Test
    void takesTheBestSumAndNotTheBestPair() {
        Dense reference = Dense.of(new double[][] {{1, 0}, {0, 1}});
        Dense candidate = Dense.of(new double[][] {{0.6, 0.8}, {0.8, 0.6}});
        Alignment a = Alignment.of(reference, candidate);
        assertArrayEquals(new int[] {1, 0}, a.match());
        assertArrayEquals(new double[] {0.8, 0.8}, a.cosine(), 1e-15);
    }

    @Test
    void matchesFewToManyAndManyToFew() {
        Dense table = uniform(20, 7, 2);
        Dense two = Dense.zeros(20, 2);
        for (int i = 0; i < 20; i++) {
            two.row(i)[0] = table.get(i, 5);
            two.row(i)[1] = table.get(i, 2);
        }
        assertArrayEquals(new int[] {5, 2}, Alignment.of(table, two).match());
        Alignment crowded = Alignment.of(two, table);
        assertArrayEquals(new int[] {-1, -1, 1, -1, -1, 0, -1}, crowded.match());
        assertTrue(Double.isNaN(crowded.cosine()[0]));
        assertEquals(1, crowded.meanCosine(), 1e-14);
        assertThrows(IllegalArgumentException.class, () -> Alignment.of(table, uniform(21, 2, 1)));
    }

    @Test
    void deadAndDuplicatedComponents() {
        Dense w = Dense.of(new double[][] {{1, 2.0001, 0, 1}, {2, 4, 0, 0}, {0, 0, 0, 3}});
        Dense h = Dense.of(new double[][] {{1, 0}, {1, 1}, {5, 5}, {0, 1e-9}});
        Redundancy found = Redundancy.of(w, h, 1e-6, 0.99);
        assertEquals(List.of(2, 3), found.dead());
        assertEquals(1, found.duplicates().size());
        assertEquals(0, found.duplicates().get(0).first());
        assertEquals(1, found.duplicates().get(0).second());
        Dense two = Dense.of(new double[][] {{1, 0}, {0, 1}});
        assertEquals(new Redundancy(List.of(), List.of()), Redundancy.of(two, two, 1e-6, 0.99));
        assertEquals(
                List.of(0, 1), Redundancy.of(two, Dense.zeros(2, 3), 1e-6, 0.99).dead());
    }

    @Test
    void stabilityOfTheSameAndOfNoise() {
        Dense w = uniform(40, 3, 4);
        Stability same = Stability.of(List.of(w, permuted(w, 1), permuted(w, 2)));
        assertEquals(1, same.leastSilhouette(), 1e-12);
        assertArrayEquals(new double[] {1, 1, 1}, same.cosine(), 1e-12);
        for (int t = 0; t < 3; t++) {
            for (int k = 0; k < 3; k++) {
                Dense run = t == 0 ? w : permuted(w, t);
                Alignment a = Alignment.of(same.centroids(), run);
                assertEquals(k, a.match()[same.order()[t][k]]);
            }
        }
        Stability noise = Stability.of(List.of(uniform(40, 3, 5), uniform(40, 3, 6), uniform(40, 3, 7)));
        assertTrue(noise.meanSilhouette() < 0.4, "silhouette " + noise.meanSilhouette());
        assertThrows(IllegalArgumentException.class, () -> Stability.of(List.of(w)));
        assertThrows(IllegalArgumentException.class, () -> Stability.of(List.of(w, uniform(40, 2, 1))));
    }

    /** Silhouettes straight from their definition, over all pairs of members. */
    @Test
    void silhouettesFollowTheirDefinition() {
        List<Dense> runs = List.of(uniform(10, 3, 5), uniform(10, 3, 6), uniform(10, 3, 7), uniform(10, 3, 8));
        Stability s = Stability.of(runs);
        for (int k = 0; k < 3; k++) {
            double sum = 0;
            for (int t = 0; t < 4; t++) {
                double[] mean = new double[3];
                for (int l = 0; l < 3; l++) {
                    for (int u = 0; u < 4; u++) {
                        double cosine = Alignment.cosines(runs.get(t), runs.get(u))[s.order()[t][k]][s.order()[u][l]];
                        mean[l] += (1 - cosine) / (l == k ? 3 : 4);
                    }
                }
                double other = Math.min(mean[(k + 1) % 3], mean[(k + 2) % 3]);
                sum += (other - mean[k]) / Math.max(other, mean[k]) / 4;
            }
            assertEquals(sum, s.silhouette()[k], 1e-12);
        }
    }

    @Test
    void stabilityOfOneComponentIsItsCosine() {
        Dense a = Dense.of(new double[][] {{1}, {0}});
        Dense b = Dense.of(new double[][] {{3}, {4}});
        assertEquals(0.6, Stability.of(List.of(a, b)).silhouette()[0], 1e-15);
    }

    private static Dense permuted(Dense w, int shift) {
        Dense out = Dense.zeros(w.rows(), w.columns());
        for (int i = 0; i < w.rows(); i++) {
            for (int k = 0; k < w.columns(); k++) {
                out.row(i)[k] = (k + 2) * w.get(i, (k + shift) % w.columns());
            }
        }
        return out;
    }

    private static Dense uniform(int rows, int columns, long seed) {
        RandomSource source = RandomStream.of(seed).generator();
        Dense x = Dense.zeros(rows, columns);
        for (double[] row : x.array()) {
            for (int j = 0; j < columns; j++) {
                row[j] = source.nextOpen();
            }
        }
        return x;
    }
}
