package org.unblend.nmf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Sparse;

class NormalStartTest {
    private static final int ROWS = 180;
    private static final int COLUMNS = 150;
    private static final int RANK = 4;

    private final RandomSource random = RandomStream.of(6).generator();
    private final Dense x = counts(5);
    private final Factors start =
            new Factors(RandomMatrix.exponential(random, ROWS, RANK), RandomMatrix.exponential(random, RANK, COLUMNS));

    @Test
    void denseAndSparseDataBeginLower() {
        for (Matrix data : List.of(x, Sparse.of(counts(0.05)))) {
            FactorProblem problem = problem(data, Penalty.NONE);
            Factors better = NormalStart.of(problem, start, Parallel.SERIAL);
            // What multiplicative updates reach from the same start in twenty iterations.
            double plain = new Multiplicative()
                    .solve(problem, start, StopRule.iterations(20))
                    .objective();
            double after = Optimality.of(problem, better, Parallel.SERIAL).objective();
            assertTrue(after < plain, after + " against " + plain);
        }
    }

    @Test
    void goodStartsAreKept() {
        FactorProblem problem = problem(x, Penalty.NONE);
        Factors good = new ScoringDescent()
                .solve(problem, start, StopRule.iterations(200))
                .factors();
        assertSame(good, NormalStart.of(problem, good, Parallel.SERIAL));
    }

    @Test
    void priorsWeightsAndSmallDenseDataAreLeftAlone() {
        assertSame(start, NormalStart.of(problem(x, new Penalty(1, 0, 0)), start, Parallel.SERIAL));
        Dense weights = Dense.zeros(ROWS, COLUMNS);
        for (double[] row : weights.array()) {
            Arrays.fill(row, 2);
        }
        List<Component> free = Component.free(RANK, Penalty.NONE);
        FactorProblem weighted = new FactorProblem(x, Optional.of(weights), Loss.POISSON, free, free);
        assertSame(start, NormalStart.of(weighted, start, Parallel.SERIAL));
        Factors few = new Factors(Dense.of(Arrays.copyOf(start.w().array(), 30)), start.h());
        FactorProblem small = problem(Dense.of(Arrays.copyOf(x.array(), 30)), Penalty.NONE);
        assertSame(few, NormalStart.of(small, few, Parallel.SERIAL));
    }

    @Test
    void emptyRowsAndColumnsAreNoObstacle() {
        Dense gaps = x.copy();
        Arrays.fill(gaps.row(3), 0);
        for (double[] row : gaps.array()) {
            row[7] = 0;
        }
        for (Matrix data : List.of(gaps, Sparse.of(gaps))) {
            FactorProblem problem = problem(data, Penalty.NONE);
            assertNotSame(start, NormalStart.of(problem, start, Parallel.SERIAL));
            PointFit fit = new ScoringDescent().solve(problem, start, new StopRule(3000, 1e-12, 1e-6, 10));
            assertTrue(fit.kkt() < 1e-5, "KKT residual " + fit.kkt());
            assertArrayEquals(new double[RANK], fit.factors().w().row(3), 1e-12);
        }
        Dense nothing = Dense.zeros(ROWS, COLUMNS);
        assertSame(start, NormalStart.of(problem(Sparse.of(nothing), Penalty.NONE), start, Parallel.SERIAL));
    }

    /** With H held every row of W is a problem of its own, whatever the size of its counts. */
    @Test
    void theWayOfARowDoesNotDependOnItsSize() {
        Dense positive = x.copy();
        for (double[] row : positive.array()) {
            Arrays.setAll(row, j -> row[j] + 1);
        }
        for (Loss loss : List.of(Loss.POISSON, Loss.gamma(2))) {
            Dense a = scaled(fitted(positive, start.w(), loss));
            Dense b = fitted(scaled(positive), scaled(start.w()), loss);
            for (int i = 0; i < ROWS; i++) {
                assertArrayEquals(a.row(i), b.row(i), 1e-9 * factor(i), "row " + i);
            }
        }
    }

    private Dense fitted(Dense data, Dense w, Loss loss) {
        FactorProblem problem = new FactorProblem(
                data, Optional.empty(), loss, Component.free(RANK, Penalty.NONE), Component.fixed(RANK));
        return new ScoringDescent()
                .solve(problem, new Factors(w, start.h()), StopRule.iterations(2))
                .factors()
                .w();
    }

    /** Row i times its factor. */
    private static Dense scaled(Dense x) {
        Dense out = x.copy();
        for (int i = 0; i < out.rows(); i++) {
            double[] row = out.row(i);
            double factor = factor(i);
            Arrays.setAll(row, j -> row[j] * factor);
        }
        return out;
    }

    private static double factor(int row) {
        return Math.pow(2, 7 * row % 13);
    }

    private static FactorProblem problem(Matrix x, Penalty penalty) {
        List<Component> free = Component.free(RANK, penalty);
        return new FactorProblem(x, Optional.empty(), Loss.POISSON, free, free);
    }

    private Dense counts(double level) {
        Dense out = RandomMatrix.product(
                RandomMatrix.exponential(random, ROWS, RANK), RandomMatrix.exponential(random, RANK, COLUMNS));
        for (double[] row : out.array()) {
            Arrays.setAll(row, j -> RandomMatrix.poisson(random, level * row[j]));
        }
        return out;
    }
}
