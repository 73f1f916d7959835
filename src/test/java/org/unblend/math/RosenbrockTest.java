package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RosenbrockTest {
    private static final Rosenbrock.Observer ANY = (t, h, y) -> true;

    private static double[] solve(StiffProblems.Problem p, double rtol, double atol, boolean autonomous) {
        Rosenbrock solver = new Rosenbrock(StiffProblems.system(p, autonomous));
        double[] y = p.y0().clone();
        Rosenbrock.Status status =
                solver.integrate(0, p.end(), y, new Rosenbrock.Options(rtol, atol, 200_000, false), ANY);
        assertEquals(Rosenbrock.Status.DONE, status);
        return y;
    }

    private static void reproduces(StiffProblems.Problem p, double atol, double within) {
        double[] y = solve(p, 1e-8, atol, true);
        for (int i = 0; i < y.length; i++) {
            double off = Math.abs(y[i] - p.expected()[i]);
            assertTrue(
                    off <= within * Math.abs(p.expected()[i]) + 100 * atol,
                    "component " + i + ": " + y[i] + " for " + p.expected()[i]);
        }
    }

    /** Within ten times the tolerance asked for per step, and 100 times in the oscillating problem, which multiplies errors. */
    @Test
    void publishedSolutionsComeBack() {
        reproduces(StiffProblems.robertson(), 1e-20, 1e-6);
        reproduces(StiffProblems.hires(), 1e-12, 1e-7);
        reproduces(StiffProblems.oregonator(), 1e-12, 1e-5);
        reproduces(StiffProblems.pollution(), 1e-22, 1e-7);
    }

    @Test
    void tighterTolerancesGiveSmallerErrors() {
        StiffProblems.Problem p = StiffProblems.hires();
        double before = Double.POSITIVE_INFINITY;
        for (double rtol : new double[] {1e-3, 1e-5, 1e-7}) {
            double[] y = solve(p, rtol, 1e-4 * rtol, true);
            double worst = 0;
            for (int i = 0; i < y.length; i++) {
                worst = Math.max(worst, Math.abs(y[i] / p.expected()[i] - 1));
            }
            assertTrue(worst < 0.2 * before, "rtol " + rtol + ": " + worst + " after " + before);
            before = worst;
        }
    }

    /** Prothero-Robinson: y' = -lambda (y - cos t) - sin t with y = cos t, stiff and driven by time: order 4 is asked for. */
    @Test
    void timeDependentTermsKeepTheOrder() {
        StiffProblems.Problem p = new StiffProblems.Problem(
                (t, y, d) -> {
                    d[0] = -2 * (y[0] - Math.cos(t)) - Math.sin(t);
                    d[1] = y[0] * y[1];
                },
                new double[] {1, 1},
                2,
                new double[] {Math.cos(2), Math.exp(Math.sin(2))});
        double[] error = new double[2];
        int[] steps = new int[2];
        for (int i = 0; i < 2; i++) {
            Rosenbrock solver = new Rosenbrock(StiffProblems.system(p, false));
            double[] y = p.y0().clone();
            double tol = i == 0 ? 1e-5 : 1e-9;
            solver.integrate(0, 2, y, new Rosenbrock.Options(tol, tol, 10_000, false), ANY);
            error[i] = Math.abs(y[1] - p.expected()[1]);
            steps[i] = (int) solver.steps();
        }
        // error ~ steps^-4, allow order 3.3
        double order = Math.log(error[0] / error[1]) / Math.log(steps[1] / (double) steps[0]);
        assertTrue(order > 3.3, "order " + order + " from errors " + error[0] + ", " + error[1]);
        assertTrue(error[1] < 1e-7);
    }

    @Test
    void linearInvariantsAreKeptToRounding() {
        double[] y = solve(StiffProblems.robertson(), 1e-3, 1e-12, true);
        assertEquals(1, y[0] + y[1] + y[2], 1e-12);
    }

    /** A component that would go below 0 is held there, where that is asked for. */
    @Test
    void positiveStaysPositive() {
        StiffProblems.Problem p = new StiffProblems.Problem(
                (t, y, d) -> {
                    d[0] = y[1];
                    d[1] = -y[0];
                },
                new double[] {1, 1},
                6,
                new double[] {Math.cos(6) + Math.sin(6), Math.cos(6) - Math.sin(6)});
        for (boolean positive : new boolean[] {false, true}) {
            double[] least = {0};
            Rosenbrock solver = new Rosenbrock(StiffProblems.system(p, true));
            solver.integrate(0, 6, p.y0().clone(), new Rosenbrock.Options(1e-6, 1e-9, 1000, positive), (t, h, x) -> {
                least[0] = Math.min(least[0], Math.min(x[0], x[1]));
                return true;
            });
            assertEquals(positive ? 0 : -Math.sqrt(2), least[0], 0.02);
        }
    }

    @Test
    void endsAreTold() {
        StiffProblems.Problem p = StiffProblems.hires();
        Rosenbrock solver = new Rosenbrock(StiffProblems.system(p, true));
        Rosenbrock.Options few = new Rosenbrock.Options(1e-6, 1e-9, 5, false);
        assertEquals(Rosenbrock.Status.TOO_MANY_STEPS, solver.integrate(0, 300, p.y0().clone(), few, ANY));
        Rosenbrock.Options many = new Rosenbrock.Options(1e-6, 1e-9, 5000, false);
        assertEquals(Rosenbrock.Status.STOPPED, solver.integrate(0, 300, p.y0().clone(), many, (t, h, y) -> t < 10));
        assertTrue(solver.time() >= 10 && solver.time() < 300);
        StiffProblems.Problem nan = new StiffProblems.Problem(
                (t, y, d) -> d[0] = t < 1 ? -y[0] : Double.NaN, new double[] {1}, 2, new double[] {0});
        Rosenbrock lost = new Rosenbrock(StiffProblems.system(nan, true));
        assertEquals(Rosenbrock.Status.STALLED, lost.integrate(0, 2, new double[] {1}, many, ANY));
        assertEquals(1, lost.time(), 1e-6);
        for (double bad : List.of(0.0, -1.0, Double.NaN)) {
            assertThrows(IllegalArgumentException.class, () -> new Rosenbrock.Options(bad, 1e-9, 10, false));
            assertThrows(IllegalArgumentException.class, () -> new Rosenbrock.Options(1e-3, bad, 10, false));
        }
    }
}
