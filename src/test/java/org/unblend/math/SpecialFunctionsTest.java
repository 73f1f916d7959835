package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Against closed forms, and against mpmath 1.3 at 40 digits where a number has many. */
class SpecialFunctionsTest {

    private static void close(double expected, double actual, double relative) {
        assertEquals(expected, actual, relative * Math.abs(expected));
    }

    @Test
    void probit() {
        close(-37.047096299361199237, Probit.quantile(1e-300), 1e-15);
        close(-7.0344838253011319326, Probit.quantile(1e-12), 1e-15);
        close(1.9599639845400542355, Probit.quantile(0.975), 1e-15);
        assertEquals(0, Probit.quantile(0.5));
        close(1e-12 * Math.sqrt(Math.PI / 2), Probit.absolute(1e-12), 1e-15);
        close(-804.60844201375378817, Probit.logCdf(-40), 1e-15);
        close(-500007.82669481218431, Probit.logCdf(-1000), 1e-15);
        close(-1e-300, Probit.logCdf(37.047096299361199237), 1e-11);
    }

    @Test
    void tailRatioJoinsItsTwoForms() {
        // Mills ratio R' = z R - 1: by differences across the switch at 5.
        double h = 1e-3;
        double slope = (Probit.tailRatio(5 + h) - Probit.tailRatio(5 - h)) / (2 * h);
        close(5 * Probit.tailRatio(5) - 1, slope, 1e-5);
        close(1 / 1e9, Probit.tailRatio(1e9), 1e-15);
    }

    @Test
    void intervals() {
        double all = Math.log(Math.sqrt(2 * Math.PI));
        close(all, Probit.logInterval(-50, 100), 1e-15);
        // Narrow: the width itself. Far: exponential. Below zero: the mirror image.
        close(Math.log(1e-12), Probit.logInterval(1e5, 1e-12), 1e-8);
        close(Math.log(1e-8 * -Math.expm1(-3)), Probit.logInterval(1e8, 3e-8), 1e-15);
        close(Probit.logInterval(3, 2) - 4.5, Probit.logInterval(-5, 2), 1e-15);
        // Additive: across the switch between quadrature and tails.
        double parts = Math.exp(Probit.logInterval(-1, 1.5)) + Math.exp(Probit.logInterval(0.5, 0.4) - 0.125);
        close(Math.exp(Probit.logInterval(-1, 1.9)), parts, 1e-15 * 10);
    }

    @Test
    void digamma() {
        double euler = 0.57721566490153286061;
        close(-euler, Digamma.of(1), 1e-14);
        close(-euler - 2 * Math.log(2), Digamma.of(0.5), 1e-14);
        close(-100000.57719921567289, Digamma.of(1e-5), 1e-14);
        close(Math.log(1e10), Digamma.of(1e10), 1e-11);
        close(-euler + 1 + 1 / 2.0 + 1 / 3.0, Digamma.of(4), 1e-14);
    }

    @Test
    void quantilesOfGammasInvertTheirProbabilities() {
        // Small shapes above their median begin far from the root; one in a hundred once ended far from it, too.
        RandomSource random = RandomStream.of(1).generator();
        for (int i = 0; i < 20_000; i++) {
            double shape = Math.exp(-5 + 11 * random.nextOpen());
            double p = random.nextOpen();
            double log = IncompleteGamma.logQuantile(shape, p, 1 - p);
            if (log > -700) {
                assertEquals(p, IncompleteGamma.lower(shape, Math.exp(log)), 1e-11, "shape " + shape);
            }
        }
    }

    @Test
    void incompleteGamma() {
        close(0.93857065252612898538, IncompleteGamma.lower(0.01, 1e-3), 1e-13);
        close(0.061429347473871014617, IncompleteGamma.upper(0.01, 1e-3), 1e-13);
        close(0.045500263896358414401, IncompleteGamma.upper(0.5, 2), 1e-14);
        close(0.017108313035133114166, IncompleteGamma.lower(100, 80), 1e-13);
        close(0.15865521363165970837, IncompleteGamma.upper(1e6, 1.001e6), 1e-12);
        close(5.4466446930108086708e-24, IncompleteGamma.lower(1e6, 0.99e6), 1e-11);
        close(Math.exp(-700), IncompleteGamma.upper(1, 700), 1e-13);
        assertEquals(0, IncompleteGamma.lower(2, 0));
        assertEquals(1, IncompleteGamma.lower(2, Double.POSITIVE_INFINITY));
    }

    @Test
    void incompleteGammaKeepsItsRecurrenceAcrossTheSwitchToQuadrature() {
        // P(a, x) - P(a + 1, x) = x^a e^-x / Γ(a + 1).
        for (double x : new double[] {340, 399, 405, 470}) {
            double step = Math.exp(IncompleteGamma.logKernel(399.5, x, Math.log(x))) / 399.5;
            double difference = IncompleteGamma.lower(399.5, x) - IncompleteGamma.lower(400.5, x);
            assertEquals(step, difference, 1e-14);
        }
    }

    @Test
    void incompleteBeta() {
        close(0.65953459865678614841, IncompleteBeta.lower(0.01, 0.02, Math.log(1 / 3.0)), 1e-13);
        close(0.3483, IncompleteBeta.lower(2, 3, Math.log(3 / 7.0)), 1e-14);
        close(0.00012305476058402225553, IncompleteBeta.lower(500, 600, Math.log(2 / 3.0)), 1e-12);
        close(0.3166429150200123125, IncompleteBeta.lower(5, 0.5, Math.log(9)), 1e-14);
        assertEquals(0, IncompleteBeta.lower(2, 3, Double.NEGATIVE_INFINITY));
        assertEquals(1, IncompleteBeta.lower(2, 3, Double.POSITIVE_INFINITY));
    }

    @Test
    void rootOfAHardFunction() {
        Root.Slope cube = (x, out) -> {
            out[0] = (x - 1) * (x - 1) * (x - 1);
            out[1] = 3 * (x - 1) * (x - 1);
        };
        double inf = Double.POSITIVE_INFINITY;
        assertEquals(1, Root.increasing(cube, -inf, inf, 50, 0), 1e-9);
        Root.Slope step = (x, out) -> {
            out[0] = x < 1e8 ? -1 : 1;
            out[1] = 0;
        };
        assertEquals(1e8, Root.increasing(step, 0, inf, Double.NaN, 1e-8), 1e-7);
    }
}
