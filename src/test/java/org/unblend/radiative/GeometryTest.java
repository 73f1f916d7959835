package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {

    @ParameterizedTest
    @ValueSource(doubles = {-30, -5, -1, -0.5, -0.1, -1e-3, 1e-9, 1e-3, 0.1, 0.4999, 0.5, 1, 3, 10, 40, 100, 1000})
    void theSphereAveragesOverItsChords(double tau) {
        // Chords of a sphere of diameter 1 have the density 2u and the mean 2/3 (Dirac 1943), so beta is the integral
        // of
        // (1 - e^(-tau u)) 2u du over 0 to 1, divided by 2/3 tau.
        int n = 200_000;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            double u = (double) i / n;
            double weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * -Math.expm1(-tau * u) * 2 * u;
        }
        double quadrature = sum / (3.0 * n) / (2.0 / 3 * tau);
        assertEquals(1, Geometry.SPHERE.beta(tau) / quadrature, 1e-11);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPHERE", "LVG", "SLAB"})
    void isOneWithoutOpacityAndFallsEverywhere(Geometry g) {
        assertEquals(1, g.beta(0));
        double before = Double.POSITIVE_INFINITY;
        for (double tau = -30; tau < 100; tau += 0.01) {
            double beta = g.beta(tau);
            assertTrue(beta > 0 && beta < before, g + " at " + tau);
            before = beta;
        }
        assertTrue(g.beta(1e12) > 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPHERE", "LVG", "SLAB"})
    void slopeIsTheDerivative(Geometry g) {
        for (double tau = -29; tau < 200; tau += 0.0371) {
            double h = 1e-3;
            // Five-point formula, error of order h^4.
            double difference =
                    (8 * (g.beta(tau + h) - g.beta(tau - h)) - g.beta(tau + 2 * h) + g.beta(tau - 2 * h)) / (12 * h);
            assertEquals(1, g.slope(tau, g.beta(tau)) / difference, 1e-6, g + " at " + tau);
        }
    }

    @Test
    void thickZonesLoseTheirPhotonsThroughTheSurface() {
        assertEquals(-1.5e-20, Geometry.SPHERE.slope(1e10, Geometry.SPHERE.beta(1e10)), 1e-26);
        assertEquals(1, 3e10 * Geometry.SLAB.beta(1e10), 1e-9);
        double shell = 1 / (1e10 * Math.sqrt(Math.log(0.5e10 / Math.sqrt(Math.PI))));
        assertEquals(1, Geometry.LVG.beta(1e10) / shell, 1e-12);
    }

    @Test
    void theSlabAveragesOverDirectionsNearThreeTimesItsDepth() {
        // First term of the expansion: 1 - 3 tau / 2 (de Jong et al. 1975).
        assertEquals(1 - 1.5e-6, Geometry.SLAB.beta(1e-6), 1e-11);
        assertEquals(1 - 1.17e-6, Geometry.LVG.beta(2e-6), 1e-11);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPHERE", "LVG", "SLAB"})
    void theBranchesOfRadexComeClose(Geometry g) {
        assertTrue(g.radex().isRadex() && !g.isRadex());
        assertEquals(g, Geometry.named(g.toString()));
        assertEquals(g.radex(), Geometry.named("radex-" + g));
        for (double tau = -29; tau < 1000; tau += 0.0371) {
            double off = tau > 12 && tau < 16 ? 0.04 : 0.013;
            assertEquals(1, g.radex().beta(tau) / g.beta(tau), off, g + " at " + tau);
        }
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Geometry.named("cube"));
        assertTrue(e.getMessage().contains("radex-slab"), e::getMessage);
    }

    @Test
    void isContinuousWhereTheSeriesEnds() {
        for (double tau : new double[] {-0.5, 0.5}) {
            assertEquals(Geometry.SPHERE.beta(Math.nextDown(tau)), Geometry.SPHERE.beta(Math.nextUp(tau)), 2e-14);
        }
    }
}
