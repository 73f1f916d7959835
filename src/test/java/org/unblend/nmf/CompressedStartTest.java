package org.unblend.nmf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class CompressedStartTest {
    private static final int ROWS = 180;
    private static final int COLUMNS = 150;
    private static final int RANK = 4;

    private final RandomSource random = RandomStream.of(5).generator();
    private final Dense w = RandomMatrix.exponential(random, ROWS, RANK);
    private final Dense h = RandomMatrix.exponential(random, RANK, COLUMNS);
    private final Dense x = noisy();
    private final Factors start =
            new Factors(RandomMatrix.exponential(random, ROWS, RANK), RandomMatrix.exponential(random, RANK, COLUMNS));

    @Test
    void worthManyIterations() {
        Factors better = compress(problem(x), start);
        assertNotSame(start, better);
        double after = Optimality.of(problem(x), better, Parallel.SERIAL).objective();
        // What coordinate descent on the whole data reaches from the same start in five iterations.
        double plain = new ScikitDescent()
                .solve(problem(x), start, StopRule.iterations(5))
                .objective();
        assertTrue(after < plain, after + " against " + plain);
    }

    @Test
    void theLimitIsAnOptimumOfTheWholeData() {
        PointFit fit = new Hals().solve(problem(x), start, new StopRule(3000, 1e-13, 1e-7, 10));
        assertTrue(fit.converged(), fit.ending());
        double truth =
                Optimality.of(problem(x), new Factors(w, h), Parallel.SERIAL).objective();
        assertTrue(fit.objective() < truth, fit.objective() + " is above the truth's " + truth);
    }

    @Test
    void goodStartsAreKept() {
        Factors good =
                new Hals().solve(problem(x), start, StopRule.iterations(200)).factors();
        assertSame(good, compress(problem(x), good));
    }

    @Test
    void fixedComponentsAndSmallDataAreLeftAlone() {
        List<Component> free = Component.free(RANK, Penalty.NONE);
        List<Component> one = new ArrayList<>(free);
        one.set(0, new Component(Penalty.NONE, true));
        FactorProblem fixed = new FactorProblem(x, Optional.empty(), Loss.NORMAL, one, free);
        assertSame(start, compress(fixed, start));
        Dense small = Dense.of(Arrays.copyOf(x.array(), 139));
        Factors few = new Factors(Dense.of(Arrays.copyOf(start.w().array(), 139)), start.h());
        assertSame(few, compress(problem(small), few));
    }

    @Test
    void permutedColumnsPermuteIt() {
        List<Integer> order = new ArrayList<>();
        for (int j = 0; j < COLUMNS; j++) {
            order.add(j);
        }
        Collections.reverse(order);
        Factors direct = compress(problem(x), start);
        Factors permuted = compress(problem(columns(x, order)), new Factors(start.w(), columns(start.h(), order)));
        for (int k = 0; k < RANK; k++) {
            assertArrayEquals(columns(direct.h(), order).row(k), permuted.h().row(k), 1e-7);
        }
    }

    @Test
    void zerosAndNegativeDataAreNoObstacle() {
        Dense nothing = Dense.zeros(ROWS, COLUMNS);
        assertSame(start, compress(problem(nothing), start));
        Dense negative = x.copy();
        for (double[] row : negative.array()) {
            for (int j = 0; j < COLUMNS; j++) {
                row[j] -= 1;
            }
        }
        PointFit fit = new Hals().solve(problem(negative), start, new StopRule(3000, 1e-13, 1e-7, 10));
        assertTrue(fit.kkt() < 1e-6, "KKT residual " + fit.kkt());
    }

    /** By Gram products a perfect fit would leave the rounding of |X|^2, about 1e-11 here. */
    @Test
    void thePriceOfAPerfectFitHasItsDigits() {
        Dense exact = RandomMatrix.product(w, h);
        assertEquals(
                0,
                Optimality.of(problem(exact), new Factors(w, h), Parallel.SERIAL)
                        .objective(),
                1e-24);
    }

    @Test
    void thePriceByProductsIsThatOfResiduals() {
        double sum = 0;
        Dense mean = RandomMatrix.product(w, h);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                sum += 0.5 * Math.pow(x.get(i, j) - mean.get(i, j), 2);
            }
        }
        assertEquals(
                sum,
                Optimality.of(problem(x), new Factors(w, h), Parallel.SERIAL).objective(),
                1e-10 * sum);
    }

    private static Factors compress(FactorProblem problem, Factors start) {
        Dense data = problem.x().dense();
        return CompressedStart.of(problem, data, data.transpose(), start, Parallel.SERIAL);
    }

    private static FactorProblem problem(Dense x) {
        List<Component> free = Component.free(RANK, Penalty.NONE);
        return new FactorProblem(x, Optional.empty(), Loss.NORMAL, free, free);
    }

    private Dense noisy() {
        Dense out = RandomMatrix.product(w, h);
        for (double[] row : out.array()) {
            for (int j = 0; j < COLUMNS; j++) {
                row[j] += random.nextGaussian();
            }
        }
        return out;
    }

    private static Dense columns(Dense x, List<Integer> order) {
        Dense out = Dense.zeros(x.rows(), x.columns());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                out.row(i)[j] = x.get(i, order.get(j));
            }
        }
        return out;
    }
}
