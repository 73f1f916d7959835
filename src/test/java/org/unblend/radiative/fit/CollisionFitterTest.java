package org.unblend.radiative.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.unblend.radiative.CollisionFit;
import org.unblend.radiative.CollisionRates;
import org.unblend.radiative.Partner;
import org.unblend.radiative.ReferenceData;

class CollisionFitterTest {
    private static final double[] TEMPERATURES = {10, 30, 100, 300};
    private static final int MAX_J = 10;

    /** A smooth invented law with a preference for even dJ, inside the span of the fit. */
    private static double law(int upper, int lower, double temperature) {
        int dJ = upper - lower;
        double even = dJ % 2 == 0 ? 0.2 : -0.2;
        return 1e-10 * Math.pow(dJ, -1.5) * Math.pow(1 + lower, 0.3) * Math.pow(temperature / 50, 0.2) * Math.exp(even);
    }

    private static CollisionRates table(double outlier) {
        int n = MAX_J * (MAX_J + 1) / 2;
        int[] upper = new int[n];
        int[] lower = new int[n];
        double[] rates = new double[n * TEMPERATURES.length];
        int t = 0;
        for (int u = 1; u <= MAX_J; u++) {
            for (int l = 0; l < u; l++) {
                upper[t] = u;
                lower[t] = l;
                for (int i = 0; i < TEMPERATURES.length; i++) {
                    rates[i * n + t] = law(u, l, TEMPERATURES[i]);
                }
                t++;
            }
        }
        rates[17] *= outlier;
        return new CollisionRates(Partner.H2, "invented", TEMPERATURES, upper, lower, rates);
    }

    @Test
    void findsALawWithinItsSpan() {
        CollisionFit fit = CollisionFitter.fit(table(1), MAX_J, TEMPERATURES, 0);
        for (int u = 1; u <= MAX_J; u++) {
            for (int l = 0; l < u; l++) {
                for (double temperature : TEMPERATURES) {
                    assertEquals(1, fit.rate(u, l, temperature) / law(u, l, temperature), 1e-3);
                }
            }
        }
    }

    @Test
    void oneBadEntryDoesNotBendTheRest() {
        CollisionFit fit = CollisionFitter.fit(table(5), MAX_J, TEMPERATURES, 0);
        assertEquals(1, fit.rate(10, 9, 100) / law(10, 9, 100), 0.01);
        assertEquals(1, fit.rate(3, 1, 30) / law(3, 1, 30), 0.01);
    }

    @Test
    void fitsRefuseNonsense() {
        double[] c = new double[CollisionFit.size()];
        assertThrows(IllegalArgumentException.class, () -> new CollisionFit(10, 10, 300, new double[3]));
        assertThrows(IllegalArgumentException.class, () -> new CollisionFit(1, 10, 300, c));
        assertThrows(IllegalArgumentException.class, () -> new CollisionFit(10, 300, 10, c));
    }

    @Test
    @Tag("slow")
    void theBuiltInMoleculesAreWhatTheProgramMakes() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode made = json.readTree(MakeMolecules.make(ReferenceData.path("lamda")));
        try (InputStream in = CollisionFit.class.getResourceAsStream("molecules.json")) {
            assertSame("", json.readTree(in), made);
        }
    }

    /** Equal texts, and numbers equal but for what another processor's logarithms may change in an open coefficient. */
    private static void assertSame(String path, JsonNode expected, JsonNode made) {
        assertEquals(expected.getNodeType(), made.getNodeType(), path);
        assertEquals(expected.size(), made.size(), path);
        if (expected.isObject()) {
            expected.fieldNames().forEachRemaining(k -> assertSame(path + "/" + k, expected.get(k), made.required(k)));
        } else if (expected.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                assertSame(path + "/" + i, expected.get(i), made.get(i));
            }
        } else if (expected.isNumber()) {
            assertEquals(expected.doubleValue(), made.doubleValue(), 1e-3, path);
        } else {
            assertEquals(expected, made, path);
        }
    }
}
