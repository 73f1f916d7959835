package org.unblend.nmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Sparse;

/** Bad input is refused with its place and a remedy; odd but valid input gives the right answer. */
class FactorProblemTest {

    @Test
    void refusesWhatNoFactorisationCanFit() {
        refused("rank 3 is above both dimensions", () -> of(two(), Loss.NORMAL, 3));
        refused("rank of at least 1", () -> of(two(), Loss.NORMAL, 0));
        refused("row 1, column 2 is -1.0", () -> of(matrix(1, -1, 2, 3), Loss.POISSON, 1));
        refused("row 2, column 1 is 0.0", () -> of(matrix(1, 1, 0, 3), Loss.gamma(4), 1));
        refused("row 1, column 1 is NaN", () -> of(matrix(Double.NaN, 1, 2, 3), Loss.NORMAL, 1));
        refused("row 1, column 1 is Infinity", () -> of(matrix(Double.POSITIVE_INFINITY, 1, 2, 3), Loss.NORMAL, 1));
        refused("divide the data by it", () -> of(matrix(1e300, 1, 2, 3), Loss.NORMAL, 1));
        refused("divide the data by it", () -> of(matrix(1e-300, 1e-300, 0, 0), Loss.NORMAL, 1));
        refused(
                "weights are 1 x 2, the data are 2 x 2",
                () -> of(two(), Loss.NORMAL, 1).weighted(Dense.of(new double[][] {{1, 1}})));
        refused(
                "the weight at row 1, column 1 is -1.0",
                () -> of(two(), Loss.NORMAL, 1).weighted(matrix(-1, 1, 1, 1)));
        refused("every entry is masked", () -> of(two(), Loss.NORMAL, 1).weighted(matrix(0, 0, 0, 0)));
        refused("holds zeros", () -> of(Sparse.of(matrix(1, 0, 0, 1)), Loss.gamma(1), 1));
        refused("at least one row", () -> Dense.of(new double[0][]));
        refused("empty", () -> of(Dense.of(new double[1][0]), Loss.NORMAL, 1));
        refused("no mode", () -> Penalty.gamma(0.5, 1));
        refused("put it into the weights", () -> new Loss(2, 3));
    }

    @Test
    void refusesStartsThatDoNotFit() {
        FactorProblem problem = FactorProblem.of(two(), Loss.NORMAL, 1, Penalty.gamma(2, 1), Penalty.exponential(1));
        Dense column = Dense.of(new double[][] {{1}, {1}});
        Dense row = Dense.of(new double[][] {{1, 1}});
        problem.check(new Factors(column, row));
        refused("needed are W 2 x 1", () -> problem.check(new Factors(row, row)));
        refused("above 0", () -> problem.check(new Factors(Dense.zeros(2, 1), row)));
        refused("at least 0", () -> problem.check(new Factors(column, Dense.of(new double[][] {{-1, 1}}))));
    }

    @Test
    void warnsOfPenaltiesThatScaleAway() {
        FactorProblem problem = FactorProblem.of(two(), Loss.NORMAL, 1, Penalty.exponential(1), Penalty.NONE);
        assertEquals("scale", problem.findings().get(0).check());
        assertTrue(FactorProblem.of(two(), Loss.NORMAL, 1, Penalty.exponential(1), Penalty.halfNormal(1))
                .findings()
                .isEmpty());
    }

    @Test
    void solversRefuseWithAReason() {
        FactorProblem poisson = of(two(), Loss.POISSON, 1);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new Hals().solve(poisson, SolverContract.start(poisson, 1), StopRule.STANDARD));
        assertEquals("hals cannot fit this: it needs Normal noise, not Poisson", e.getMessage());
    }

    @Test
    void zerosOneColumnAndExactDataAreFitted() {
        for (Loss loss : new Loss[] {Loss.NORMAL, Loss.POISSON, new Loss(1.5, 1)}) {
            perfect(of(Dense.zeros(3, 4), loss, 2), loss.beta() == 1.5 ? 0.1 : 1e-12);
            perfect(of(Dense.of(new double[][] {{1}, {0}, {5}}), loss, 1), 1e-10);
            perfect(of(matrix(2, 4, 3, 6), loss, 1), 1e-10);
            // A row of zeros, and a column without any observation.
            Dense x = Dense.of(new double[][] {{0, 0, 7}, {1, 2, 7}, {2, 4, 7}});
            Dense v = Dense.of(new double[][] {{1, 1, 0}, {1, 1, 0}, {1, 1, 0}});
            perfect(of(x, loss, 1).weighted(v), 1e-10);
        }
        perfect(of(matrix(2, 4, 3, 6), Loss.gamma(5), 1), 1e-10);
    }

    @Test
    void theBestSolverFitsTheKindOfProblem() {
        assertEquals(
                "hals", Solvers.best(of(two(), Loss.NORMAL, 1)).orElseThrow().name());
        assertEquals(
                "weighted-cd",
                Solvers.best(of(two(), Loss.NORMAL, 1).weighted(matrix(1, 2, 3, 0)))
                        .orElseThrow()
                        .name());
        assertEquals(
                "scoring-cd",
                Solvers.best(of(two(), Loss.gamma(2), 1)).orElseThrow().name());
        assertEquals(
                "mu", Solvers.best(of(two(), new Loss(3, 1), 1)).orElseThrow().name());
        assertEquals(Optional.empty(), Solvers.named("none"));
    }

    private static void perfect(FactorProblem problem, double tolerance) {
        for (Solver solver : Solvers.ALL) {
            if (solver.refusal(problem).isEmpty()) {
                PointFit fit = solver.solve(problem, SolverContract.start(problem, 3), new StopRule(3000, 0, 0, 50));
                String place = solver.name() + " " + problem.loss();
                assertTrue(fit.objective() <= tolerance, place + ": " + fit.objective());
                assertTrue(
                        Arrays.stream(fit.factors().h().array())
                                .flatMapToDouble(Arrays::stream)
                                .allMatch(Double::isFinite),
                        place);
            }
        }
    }

    private static FactorProblem of(Matrix x, Loss loss, int rank) {
        return FactorProblem.of(x, loss, rank, Penalty.NONE, Penalty.NONE);
    }

    private static Dense two() {
        return matrix(1, 2, 3, 4);
    }

    private static Dense matrix(double a, double b, double c, double d) {
        return Dense.of(new double[][] {{a, b}, {c, d}});
    }

    private static void refused(String expected, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(expected), message);
    }
}
