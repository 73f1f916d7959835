package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineNameTest {

    @ParameterizedTest
    @CsvSource({
        "CO(3-2), CO(3-2)",
        "HCN 4-3, HCN(4-3)",
        "HCO+(4-3), HCO+(4-3)",
        "' CS ( 7-6 ) ', CS(7-6)",
        "CO J=1-0, CO(1-0)",
        "CO (J = 10-9), CO(10-9)",
        "CO(3\u20132), CO(3-2)",
        "OH(1.5_-_1-1.5_+_1), OH(1.5_-_1-1.5_+_1)",
        "o-NH3(1_1-1_0), o-NH3(1_1-1_0)"
    })
    void readsTheUsualForms(String text, String name) {
        assertEquals(name, LineName.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CO", "CO(3)", "(3-2)", "CO32", "CO(3-2", "CO(3-2) x", "3-2"})
    void refusesOthers(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> LineName.parse(text))
                .getMessage();
        assertTrue(message.contains("CO(3-2)"), message);
    }
}
