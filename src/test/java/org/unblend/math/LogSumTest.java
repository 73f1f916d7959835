package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogSumTest {
    private static final double ZERO = Double.NEGATIVE_INFINITY;

    @Test
    void sumsAndDifferences() {
        assertEquals(Math.log(5), LogSum.add(Math.log(2), Math.log(3)), 1e-15);
        assertEquals(Math.log(1), LogSum.subtract(Math.log(3), Math.log(2)), 1e-15);
        assertEquals(Math.log(6), LogSum.of(0, Math.log(2), Math.log(3)), 1e-15);
    }

    @Test
    void nothingOverflowsAndZeroIsZero() {
        assertEquals(1e5 + Math.log(2), LogSum.add(1e5, 1e5), 1e-9);
        assertEquals(-1e5 + Math.log(2), LogSum.of(-1e5, -1e5), 1e-9);
        assertEquals(3, LogSum.add(ZERO, 3));
        assertEquals(ZERO, LogSum.add(ZERO, ZERO));
        assertEquals(ZERO, LogSum.of());
        assertEquals(ZERO, LogSum.of(ZERO, ZERO));
        assertEquals(3, LogSum.subtract(3, ZERO));
        assertEquals(ZERO, LogSum.subtract(3, 3));
    }
}
