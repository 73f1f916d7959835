package org.unblend.nmf.start;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.ReferenceMatrix;
import org.unblend.math.Dense;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.start.Nndsvd.Zeros;

class NndsvdTest {
    private static final RandomStream RANDOM = RandomStream.of(1);

    /** scikit-learn 1.2.1 takes a randomised decomposition, which is good to about 1e-6. */
    @Test
    void agreesWithScikitLearn() {
        FactorProblem problem = normal(ReferenceMatrix.read("nmf-golden/X.csv.gz"), 4);
        for (Zeros zeros : new Zeros[] {Zeros.KEEP, Zeros.MEAN}) {
            String name = zeros == Zeros.KEEP ? "nndsvd" : "nndsvda";
            Factors start = Nndsvd.of(problem, zeros, RANDOM);
            assertClose(ReferenceMatrix.read("nmf-golden/W_init_" + name + ".csv.gz"), start.w(), 2e-6);
            assertClose(ReferenceMatrix.read("nmf-golden/H_init_" + name + ".csv.gz"), start.h(), 2e-6);
        }
    }

    /** Two blocks that share nothing have block vectors as singular vectors: the start is the answer. */
    @Test
    void separatesBlocks() {
        Dense x = blocks();
        Factors start = Nndsvd.of(normal(x, 2), Zeros.KEEP, RANDOM);
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double sum = start.w().get(i, 0) * start.h().get(0, j)
                        + start.w().get(i, 1) * start.h().get(1, j);
                assertEquals(x.get(i, j), sum, 1e-10);
            }
        }
        Factors mean = Nndsvd.of(normal(x, 2), Zeros.MEAN, RANDOM);
        assertEquals(9.0 / 7, mean.w().get(4, 0), 1e-14);
        Factors random = Nndsvd.of(normal(x, 2), Zeros.RANDOM, RANDOM);
        assertTrue(random.w().get(4, 0) > 0 && random.w().get(4, 0) < 0.1 * 9 / 7);
        assertEquals(random.w(), Nndsvd.of(normal(x, 2), Zeros.RANDOM, RANDOM).w());
    }

    @Test
    void maskedEntriesHaveNoInfluence() {
        Dense x = blocks();
        Dense v = Dense.zeros(x.rows(), x.columns());
        for (double[] row : v.array()) {
            java.util.Arrays.fill(row, 1);
        }
        v.row(1)[1] = 0;
        Factors a = Nndsvd.of(normal(x, 2).weighted(v), Zeros.KEEP, RANDOM);
        x.row(1)[1] = Double.NaN;
        FactorProblem b = new FactorProblem(
                x,
                java.util.Optional.of(v),
                Loss.NORMAL,
                normal(blocks(), 2).w(),
                normal(blocks(), 2).h());
        assertEquals(a.w(), Nndsvd.of(b, Zeros.KEEP, RANDOM).w());
    }

    @Test
    void refusesARankThatTheDataDoNotHave() {
        assertThrows(IllegalArgumentException.class, () -> Nndsvd.of(normal(blocks(), 3), Zeros.KEEP, RANDOM));
        assertEquals(
                9.0 / 7, Nndsvd.of(normal(blocks(), 3), Zeros.MEAN, RANDOM).h().get(2, 5), 1e-14);
    }

    private static Dense blocks() {
        double[][] x = new double[5][7];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 7; j++) {
                x[i][j] = i < 3 && j < 4 ? 3 : i >= 3 && j >= 4 ? 1.5 : 0;
            }
        }
        return Dense.of(x);
    }

    private static FactorProblem normal(Dense x, int rank) {
        return FactorProblem.of(x, Loss.NORMAL, rank, Penalty.NONE, Penalty.NONE);
    }

    private static void assertClose(Dense expected, Dense actual, double tolerance) {
        for (int i = 0; i < expected.rows(); i++) {
            assertArrayEquals(expected.row(i), actual.row(i), tolerance);
        }
    }
}
