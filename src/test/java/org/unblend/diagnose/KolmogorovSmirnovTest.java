package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {

    @Test
    void probabilitiesAreThoseOfTheLimitingDistribution() {
        // D = 0.1 for n = 100: t = (10 + 0.12 + 0.011) 0.1; Q(t) = 2 (e^(-2 t^2) - e^(-8 t^2) + ...).
        double[] x = new double[100];
        Arrays.setAll(x, i -> Math.min(1, (i + 0.5) / 100 + 0.095));
        double t = 1.0131;
        double expected = 2 * (Math.exp(-2 * t * t) - Math.exp(-8 * t * t) + Math.exp(-18 * t * t));
        assertEquals(expected, KolmogorovSmirnov.uniform(x), 1e-6);
    }

    @Test
    void aPerfectLatticeIsAccepted() {
        double[] x = new double[1000];
        Arrays.setAll(x, i -> (i + 0.5) / 1000);
        assertEquals(1, KolmogorovSmirnov.uniform(x));
    }
}
