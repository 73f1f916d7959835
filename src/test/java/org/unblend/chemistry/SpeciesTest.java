package org.unblend.chemistry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpeciesTest {
    private static Species of(String text) {
        return Species.parse(text).orElseThrow();
    }

    @Test
    void bothWaysOfWritingAreOneSpecies() {
        assertEquals(of("He+"), of("HE+"));
        assertEquals(of("SiO"), of("SIO"));
        assertEquals(of("H2Cl+"), of("H2CL+"));
        assertEquals(of("e-"), of("E-"));
        assertEquals("c-C3H2", of("C-C3H2").name());
        assertEquals("C-", of("C-").name());
    }

    @Test
    void formulasAreCounted() {
        Species s = of("CH3OH2+");
        assertEquals(Map.of("C", 1, "H", 5, "O", 1), s.atoms());
        assertEquals(1, s.charge());
        assertEquals(33, s.mass());
        assertEquals(-1, of("e-").charge());
        assertTrue(of("#CO").ice());
        assertEquals(12 * 10 + 1, of("C10H-").mass());
        assertEquals(32 + 12 + 16, of("OCS").mass());
    }

    @Test
    void whatIsNoFormulaIsNoSpecies() {
        for (String text : new String[] {"", "+", "Qq", "CO)", "GRAIN0", "X", "12"}) {
            assertTrue(Species.parse(text).isEmpty(), text);
        }
    }
}
