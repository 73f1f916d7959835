package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void digitsEndWhereTheErrorBegins() {
        assertEquals("41.2", Digits.limited(41.2345, 0.21, false));
        assertEquals("41", Digits.limited(41.2345, 0.6, false));
        assertEquals("1230", Digits.limited(1234.5, 6, false));
        assertEquals("-0.0012", Digits.limited(-0.00123, 0.0002, false));
        assertEquals("2.31e+05", Digits.limited(231234, 4e3, true));
        assertEquals("3e-300", Digits.limited(3.2e-300, 1e-300, true));
        assertEquals("1234.56700", Digits.limited(1234.567, 1e-5, false));
        // Far below its error a value still shows one digit.
        assertEquals("0.03", Digits.limited(0.0312, 5, false));
    }

    @Test
    void withoutAnErrorSixDigits() {
        assertEquals("3.14159", Digits.limited(Math.PI, 0, false));
        assertEquals("3.5", Digits.limited(3.5, Double.NaN, false));
        assertEquals("100", Digits.limited(100, 0, false));
        assertEquals("-", Digits.limited(Double.NaN, 1, false));
        assertEquals("-inf", Digits.limited(Double.NEGATIVE_INFINITY, 1, true));
        assertEquals("0", Digits.limited(0, 1e-3, true));
    }

    @Test
    void boundsAreBrief() {
        assertEquals("1e7", Digits.brief(1e7));
        assertEquals("1e-4", Digits.brief(1e-4));
        assertEquals("2.73", Digits.brief(2.7255));
        assertEquals("1.5e18", Digits.brief(1.5e18));
        assertEquals("1e-300", Digits.brief(1e-300));
        assertEquals("600", Digits.brief(600));
        assertEquals("0", Digits.brief(0));
        assertEquals("inf", Digits.brief(Double.POSITIVE_INFINITY));
    }
}
