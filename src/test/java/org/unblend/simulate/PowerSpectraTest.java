package org.unblend.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.math.RandomStream;

class PowerSpectraTest {

    @Test
    void noiseIsGammaWhateverThePower() {
        int segments = 5;
        PowerSpectra spectra = PowerSpectra.simulate(60, 500, segments, RandomStream.of(1));
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 500; j++) {
                double mean = 0;
                for (int k = 0; k < 3; k++) {
                    mean += spectra.w().get(i, k) * spectra.h().get(k, j);
                }
                assertTrue(spectra.power().get(i, j) > 0);
                double ratio = spectra.power().get(i, j) / mean;
                sum += ratio / 30_000;
                squares += (ratio - 1) * (ratio - 1) / 30_000;
            }
        }
        // Standard errors 0.0026 and 0.0021 (kurtosis 3 + 6/5); 4 of these: false alarm once in 8,000 seeds.
        assertEquals(1, sum, 0.0104);
        assertEquals(1.0 / segments, squares, 0.0084);
    }

    @Test
    void rhythmsPeakWhereTheyShould() {
        PowerSpectra spectra = PowerSpectra.simulate(60, 2, 1, RandomStream.of(1));
        assertEquals(8, spectra.frequency()[7]);
        assertTrue(spectra.w().get(7, 1) > spectra.w().get(5, 1)
                && spectra.w().get(7, 1) > spectra.w().get(9, 1));
        assertTrue(spectra.w().get(44, 2) > spectra.w().get(40, 2)
                && spectra.w().get(44, 2) > spectra.w().get(48, 2));
        assertEquals(spectra.w().get(9, 0) / 4, spectra.w().get(19, 0), 1e-15);
    }

    @Test
    void equalStreamsGiveEqualSpectraAndEmptySizesAreRefused() {
        assertEquals(
                PowerSpectra.simulate(9, 5, 2, RandomStream.of(3)).power(),
                PowerSpectra.simulate(9, 5, 2, RandomStream.of(3)).power());
        assertThrows(IllegalArgumentException.class, () -> PowerSpectra.simulate(0, 5, 2, RandomStream.of(3)));
        assertThrows(IllegalArgumentException.class, () -> PowerSpectra.simulate(5, 5, 0, RandomStream.of(3)));
    }
}
