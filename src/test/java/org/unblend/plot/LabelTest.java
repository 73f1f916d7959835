package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LabelTest {

    @Test
    void unitsGetRaisedPowers() {
        assertEquals("cm⁻³", Label.unit("cm-3"));
        assertEquals("cm⁻² (km/s)⁻¹", Label.unit("cm-2 (km/s)-1"));
        assertEquals("m²", Label.unit("m^2"));
        assertEquals("K", Label.unit("K"));
        assertEquals("1.3 × 10⁻¹⁷/s", Label.unit("1.3e-17/s"));
        assertEquals("", Label.unit("1"));
        assertEquals("", Label.unit(""));
    }

    @Test
    void intervalsAreRoundedToTheirErrors() {
        assertEquals("118 +31 −19", Label.Interval.of(98.8, 118.1, 149.2).text());
        assertEquals(
                "0.302 +0.011 −0.011", Label.Interval.of(0.2911, 0.3021, 0.3131).text());
        assertEquals(
                "(2.3 +0.9 −0.5) × 10⁵", Label.Interval.of(1.8e5, 2.3e5, 3.2e5).text());
        assertEquals(
                "(1.0 +0.5 −0.5) × 10⁻³⁰⁰",
                Label.Interval.of(0.5e-300, 1e-300, 1.5e-300).text());
        assertEquals("−5.0 +0.4 −0.4", Label.Interval.of(-5.4, -5, -4.6).text());
        assertEquals("360 +160 −180", Label.Interval.of(183, 360, 524).text());
        assertEquals("7", Label.Interval.of(7, 7, 7).text());
        assertEquals("1.5 × 10³⁰⁰", Label.Interval.of(1.5e300, 1.5e300, 1.5e300).text());
        assertEquals("2.0 +1.0 −0.0", Label.Interval.of(2, 2, 3).text());
    }

    @Test
    void unitsThatAreMultiplesAreMultiplied() {
        Label.Interval zeta = Label.Interval.of(1.2, 1.6, 18.6);
        assertEquals("(1.6 +17.0 −0.4) × 1.3 × 10⁻¹⁷/s", Label.value(zeta, "1.3e-17/s"));
        assertEquals("1.6 +17.0 −0.4 K", Label.value(zeta, "K"));
        assertEquals("1.6 +17.0 −0.4", Label.value(zeta, "1"));
        assertEquals(
                "(2.3 +0.9 −0.5) × 10⁵ × 1.3 × 10⁻¹⁷/s",
                Label.value(Label.Interval.of(1.8e5, 2.3e5, 3.2e5), "1.3e-17/s"));
    }

    @Test
    void coordinatesHaveTwoDecimals() {
        assertEquals("0", Svg.number(-0.004));
        assertEquals("-0.01", Svg.number(-0.006));
        assertEquals("12.5", Svg.number(12.499));
        assertEquals("-3", Svg.number(-3));
    }
}
