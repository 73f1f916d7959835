package org.unblend.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PowerLawTest {

    @Test
    void exactLawHasNoError() {
        PowerLaw law = PowerLaw.fit(new double[] {1, 2, 4, 8}, new double[] {3, 12, 48, 192});
        assertEquals(2, law.exponent(), 1e-12);
        assertEquals(0, law.error(), 1e-6);
    }

    @Test
    void errorIsThatOfLeastSquares() {
        // ln x = 0, 1, 2 and ln y = 0, 2, 1: slope 1/2, residuals -1/2, 1, -1/2, error sqrt(3/2 / 1 / 2).
        double e = Math.E;
        PowerLaw law = PowerLaw.fit(new double[] {1, e, e * e}, new double[] {1, e * e, e});
        assertEquals(0.5, law.exponent(), 1e-12);
        assertEquals(Math.sqrt(0.75), law.error(), 1e-12);
    }
}
