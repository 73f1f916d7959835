package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomStream;

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

    @Test
    void twoSamplesOfOneLawAgreeAndShiftedOnesDoNot() {
        var random = RandomStream.of(3).generator();
        double[] a = random.doubles(400).toArray();
        double[] b = random.doubles(900).toArray();
        double[] shifted = Arrays.stream(b).map(v -> v + 0.15).toArray();
        assertTrue(KolmogorovSmirnov.twoSamples(a, b) > 0.01);
        assertTrue(KolmogorovSmirnov.twoSamples(a, shifted) < 1e-4);
        assertEquals(KolmogorovSmirnov.twoSamples(a, b), KolmogorovSmirnov.twoSamples(b, a), 0.02);
        // By hand: the largest distance of {1, 2, 3} and {2.5, 3.5} is 2/3, n = 6/5.
        double t = (Math.sqrt(1.2) + 0.12 + 0.11 / Math.sqrt(1.2)) * 2 / 3;
        double p = 2 * (Math.exp(-2 * t * t) - Math.exp(-8 * t * t) + Math.exp(-18 * t * t));
        assertEquals(p, KolmogorovSmirnov.twoSamples(new double[] {1, 2, 3}, new double[] {2.5, 3.5}), 1e-6);
    }
}
