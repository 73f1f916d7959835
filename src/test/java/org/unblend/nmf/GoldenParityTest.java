package org.unblend.nmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;

/** Iterates of the ported algorithms against those of the programs that made them popular. */
class GoldenParityTest {
    private static final Golden DATA = new Golden("nmf-golden");
    private static final Golden TOY = new Golden("nearly-nmf-toy");

    @ParameterizedTest
    @CsvSource({
        "mu_b2, 2, 0, 0, 0",
        "mu_b1, 1, 0, 0, 0",
        "mu_b0, 0, 0, 0, 0",
        "mu_b15, 1.5, 0, 0, 0",
        "mu_b1_en, 1, 0.005, 0.015, 0.3"
    })
    void multiplicativeUpdatesMatchScikitLearn(String name, double beta, double alphaW, double alphaH, double l1Ratio) {
        Dense x = DATA.matrix("X");
        FactorProblem problem = scikit(x, new Loss(beta, 1), alphaW, alphaH, l1Ratio);
        for (int k : new int[] {1, 10, 100}) {
            check(DATA, name, k, fit(new Multiplicative(), problem, DATA, k), 1e-10);
        }
    }

    @ParameterizedTest
    @CsvSource({"wmu_b1, 1", "wmu_b0, 0", "wmu_b05, 0.5"})
    void weightedMultiplicativeUpdatesMatchTheirReference(String name, double beta) {
        Dense v = DATA.matrix("Vs");
        double sum = 0;
        int n = 0;
        for (double[] row : v.array()) {
            for (double w : row) {
                sum += w;
                n += w > 0 ? 1 : 0;
            }
        }
        Dense scaled = v.copy();
        for (double[] row : scaled.array()) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= sum / n;
            }
        }
        FactorProblem problem =
                scikit(DATA.matrix("X"), new Loss(beta, 1), 0, 0, 0).weighted(scaled);
        for (int k : new int[] {1, 10, 100}) {
            check(DATA, name, k, fit(new Multiplicative(), problem, DATA, k), 1e-10);
        }
    }

    @ParameterizedTest
    @CsvSource({"cd, 0, 0, 0", "cd_l1, 0.01, 0.02, 1", "cd_l2, 0.01, 0.02, 0", "cd_en, 0.005, 0.015, 0.3"})
    void coordinateDescentMatchesScikitLearn(String name, double alphaW, double alphaH, double l1Ratio) {
        FactorProblem problem = scikit(DATA.matrix("X"), Loss.NORMAL, alphaW, alphaH, l1Ratio);
        for (int k : new int[] {1, 10, 100}) {
            // Late iterates amplify rounding.
            check(DATA, name, k, fit(new ScikitDescent(0), problem, DATA, k), k == 100 ? 1e-8 : 1e-10);
        }
    }

    @ParameterizedTest
    @CsvSource({"cd, 0, 0, 0", "cd_l1, 0.01, 0.02, 1", "cd_l2, 0.01, 0.02, 0", "cd_en, 0.005, 0.015, 0.3"})
    void everySolverEndsAtTheSameMinimum(String name, double alphaW, double alphaH, double l1Ratio) {
        FactorProblem problem = scikit(DATA.matrix("X"), Loss.NORMAL, alphaW, alphaH, l1Ratio);
        // The golden iterate 100 is close to its limit; all go on from there to the bottom of the same valley.
        Factors near = new Factors(DATA.matrix("W_" + name + "_it100"), DATA.matrix("H_" + name + "_it100"));
        StopRule stop = new StopRule(20000, 1e-15, 1e-9, 10);
        PointFit reference = new ScikitDescent(0).solve(problem, near, stop);
        assertTrue(reference.kkt() < 1e-7, "reference " + reference.kkt());
        for (Solver solver : List.of(new Hals(), new WeightedDescent(), new Anls())) {
            PointFit fit = solver.solve(problem, near, stop);
            assertEquals(reference.objective(), fit.objective(), 1e-8 * reference.objective(), solver.name());
            assertTrue(fit.kkt() < 1e-6, solver.name() + " " + fit.kkt());
        }
    }

    @ParameterizedTest
    @CsvSource({"shift, false", "nearly, true"})
    void publishedUpdatesMatchTheirProgram(String name, boolean nearly) {
        Dense x = DATA.matrix("Xs");
        FactorProblem problem = scikit(x, Loss.NORMAL, 0, 0, 0).weighted(DATA.matrix("Vs"));
        Solver solver = nearly ? NegativeData.nearly() : NegativeData.shift(shift(x));
        for (int k : new int[] {1, 10, 100}) {
            check(DATA, name, k, fit(solver, problem, DATA, k), 1e-10);
        }
    }

    @ParameterizedTest
    @CsvSource({"shift, false", "nearly, true"})
    void publishedUpdatesMatchOnTheToyProblem(String name, boolean nearly) {
        Dense x = TOY.matrix("X");
        FactorProblem problem =
                FactorProblem.of(x, Loss.NORMAL, 2, Penalty.NONE, Penalty.NONE).weighted(TOY.matrix("V"));
        Solver solver = nearly ? NegativeData.nearly() : NegativeData.shift(shift(x));
        for (int k : new int[] {1, 10, 100}) {
            check(TOY, name, k, fit(solver, problem, TOY, k), 1e-10);
        }
        double published = nearly ? 254164.23678752192 : 254187.03903917706;
        double chi2 = 2 * fit(solver, problem, TOY, 500).objective();
        assertEquals(published, chi2, 1e-9 * published);
        PointFit ours = new WeightedDescent()
                .solve(problem, new Factors(TOY.matrix("W0"), TOY.matrix("H0")), StopRule.STANDARD);
        assertTrue(2 * ours.objective() < 254150.41, "found " + 2 * ours.objective());
    }

    @Test
    void projectionsMatchScikitLearn() {
        Dense x = DATA.matrix("X");
        Dense rows = Dense.of(Arrays.copyOf(x.array(), 10));
        Dense h = DATA.matrix("H_cd_fixed");
        FactorProblem problem = new FactorProblem(
                rows, Optional.empty(), Loss.NORMAL, Component.free(4, Penalty.NONE), Component.fixed(4));
        Factors start = new Factors(Dense.zeros(10, 4), h);
        PointFit fit = new Anls().solve(problem, start, StopRule.iterations(1));
        assertTrue(Golden.distance(
                        DATA.matrix("W_cd_transform_rows0_9"), fit.factors().w())
                < 1e-7);
        assertTrue(fit.kkt() < 1e-12, "kkt " + fit.kkt());
    }

    private static FactorProblem scikit(Matrix x, Loss loss, double alphaW, double alphaH, double l1Ratio) {
        List<Penalty> p = ScikitDescent.penalties(x.rows(), x.columns(), alphaW, alphaH, l1Ratio);
        return FactorProblem.of(x, loss, 4, p.get(0), p.get(1));
    }

    /** The shift of the reference program: over all entries, masked ones included. */
    private static double shift(Dense x) {
        double smallest = 0;
        for (double[] row : x.array()) {
            for (double v : row) {
                smallest = Math.min(smallest, v);
            }
        }
        return -smallest;
    }

    private static PointFit fit(Solver solver, FactorProblem problem, Golden data, int iterations) {
        Factors start = new Factors(data.matrix("W0"), data.matrix("H0"));
        return solver.solve(problem, start, StopRule.iterations(iterations), Parallel.SERIAL, Watcher.NONE);
    }

    private static void check(Golden data, String name, int iteration, PointFit fit, double tolerance) {
        String place = name + "_it" + iteration;
        assertEquals(iteration, fit.iterations(), place);
        double w = Golden.distance(data.matrix("W_" + place), fit.factors().w());
        double h = Golden.distance(data.matrix("H_" + place), fit.factors().h());
        assertTrue(w < tolerance && h < tolerance, place + ": W " + w + ", H " + h);
    }
}
