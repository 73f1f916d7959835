package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

    private static List<String> labels(Scale scale, int most) {
        return scale.ticks(most).ticks().stream()
                .map(Scale.Tick::label)
                .filter(l -> !l.isEmpty())
                .toList();
    }

    @Test
    void roundTicks() {
        assertEquals(List.of("0", "50", "100", "150"), labels(new Scale(-3, 160, false), 5));
        assertEquals(List.of("−0.2", "0.0", "0.2"), labels(new Scale(-0.3, 0.35, false), 4));
        assertEquals(List.of("4", "6", "8"), labels(new Scale(2.2, 9.8, false), 3));
        assertEquals(List.of("10²", "10³", "10⁴"), labels(new Scale(50, 2e4, true), 4));
        assertEquals(List.of("10⁻⁴", "10⁰", "10⁴", "10⁸"), labels(new Scale(1e-7, 1e8, true), 4));
        assertEquals(
                List.of("2", "5", "10", "20"),
                labels(new Scale(1.5, 30, true), 4).subList(0, 4));
    }

    @Test
    void largeNumbersShareAFactorAndNarrowRangesAShift() {
        Scale.Ticks large = new Scale(2.1e7, 6.3e7, false).ticks(3);
        assertEquals("10⁷", large.factor());
        assertEquals("n [10⁷ cm⁻³]", large.label("n", "cm⁻³"));
        assertEquals("n [× 10⁷]", large.label("n", ""));
        Scale.Ticks narrow = new Scale(1234.56781, 1234.56829, false).ticks(3);
        assertEquals("f − 1234.568 [10⁻⁴ Hz]", narrow.label("f", "Hz"));
        assertEquals(
                List.of("0", "2"),
                narrow.ticks().stream().map(Scale.Tick::label).toList());
    }

    @Test
    void ticksStandWhereTheirNumbersSay() {
        for (double exponent : new double[] {-300, -8, -1, 0, 3, 12, 299}) {
            double low = 1.37 * Math.pow(10, exponent);
            for (double factor : new double[] {1.3, 1.9, 4, 30, 1e4}) {
                for (boolean logarithmic : new boolean[] {false, true}) {
                    Scale scale = new Scale(low, Math.min(low * factor, 1e308), logarithmic);
                    Scale.Ticks ticks = scale.ticks(4);
                    long numbered = ticks.ticks().stream()
                            .filter(t -> !t.label().isEmpty())
                            .count();
                    assertTrue(numbered >= 2 && numbered <= 7, scale + " has " + ticks);
                    for (Scale.Tick tick : ticks.ticks()) {
                        if (!tick.label().isEmpty()) {
                            double value = value(tick.label()) * (ticks.factor().isEmpty() ? 1 : value(ticks.factor()));
                            assertEquals(tick.place(), scale.place(value), 1e-6, scale + " " + tick);
                        }
                    }
                }
            }
        }
    }

    /** Reads {@code 12.5} or {@code 10⁻³}. */
    private static double value(String label) {
        String plain = label.replace('−', '-');
        if (!plain.matches("10[⁻⁰¹²³⁴-⁹]+")) {
            return Double.parseDouble(plain);
        }
        StringBuilder exponent = new StringBuilder();
        for (char c : plain.substring(2).toCharArray()) {
            exponent.append(c == '⁻' ? '-' : (char) ('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)));
        }
        return Math.pow(10, Integer.parseInt(exponent.toString()));
    }

    @Test
    void placesAndValuesAreInverse() {
        for (Scale scale :
                List.of(new Scale(-2, 7, false), new Scale(1e-3, 1e9, true), new Scale(-1e308, 1e308, false))) {
            for (double place : new double[] {0, 0.25, 0.5, 1}) {
                assertEquals(place, scale.place(scale.value(place)), 1e-12);
            }
        }
        assertEquals(Double.NEGATIVE_INFINITY, new Scale(1, 10, true).place(0));
    }

    @Test
    void anyRangeGetsAnAxis() {
        for (double v : new double[] {0, 5, -5, 1e300, -1e300, 1e-300, Double.MIN_VALUE}) {
            Scale scale = Scale.around(v, v, true);
            assertTrue(scale.low() < v && v < scale.high());
            assertTrue(scale.ticks(4).ticks().size() < 12);
        }
        assertEquals(false, Scale.around(-1, 5, true).logarithmic());
        assertThrows(IllegalArgumentException.class, () -> new Scale(2, 1, false));
        assertThrows(IllegalArgumentException.class, () -> new Scale(0, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new Scale(0, Double.NaN, false));
    }
}
