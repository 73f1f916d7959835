package org.unblend.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.math.RandomStream;

class GaussianDoubletTest {

    @Test
    void weightsAreInverseVariances() {
        GaussianDoublet doublet = GaussianDoublet.simulate(100, 400, RandomStream.of(1));
        double chi2 = 0;
        double negative = 0;
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 400; j++) {
                double off = doublet.flux().get(i, j) - doublet.truth().get(i, j);
                chi2 += doublet.weights().get(i, j) * off * off / 40_000;
                negative += doublet.flux().get(i, j) < 0 ? 1.0 / 40_000 : 0;
            }
        }
        // Standard error 0.0071 for Normal noise; 4 of these: false alarm once in 16,000 seeds.
        assertEquals(1, chi2, 0.03);
        assertTrue(negative > 0.25 && negative < 0.35, "negative: " + negative);
    }

    @Test
    void theRatioOfTheLinesIsBetweenOneHalfAndTwo() {
        GaussianDoublet doublet = GaussianDoublet.simulate(50, 300, RandomStream.of(2));
        int first = 20;
        int second = 29;
        assertEquals(-4.5, doublet.position()[first], 1e-12);
        assertEquals(4.5, doublet.position()[second], 1e-12);
        double low = 9;
        double high = 0;
        for (int j = 0; j < 300; j++) {
            double ratio = doublet.truth().get(second, j) / doublet.truth().get(first, j);
            low = Math.min(low, ratio);
            high = Math.max(high, ratio);
        }
        assertTrue(low > 0.5 && low < 0.55 && high < 2 && high > 1.9, low + " to " + high);
    }

    @Test
    void equalStreamsGiveEqualExposuresAndEmptySizesAreRefused() {
        assertEquals(
                GaussianDoublet.simulate(9, 5, RandomStream.of(3)).flux(),
                GaussianDoublet.simulate(9, 5, RandomStream.of(3)).flux());
        assertThrows(IllegalArgumentException.class, () -> GaussianDoublet.simulate(1, 5, RandomStream.of(3)));
        assertThrows(IllegalArgumentException.class, () -> GaussianDoublet.simulate(9, 0, RandomStream.of(3)));
    }
}
