package org.unblend.cli.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.unblend.math.Parallel;
import org.unblend.radiative.MoleculeCatalog;

/** The same as the long case, with built-in molecules and few points. */
class LineBoxCheckTest {

    @Test
    void everyPointHasOneSolutionThatMovesSmoothly() throws IOException {
        MoleculeCatalog catalog = MoleculeCatalog.builtIn();
        Map<String, Measured> seen = new LineBoxCheck(1200)
                .measure(
                        List.of(
                                new LineBoxCheck.Species(catalog.find("CO"), 13, 19),
                                new LineBoxCheck.Species(catalog.find("CS"), 10, 18),
                                new LineBoxCheck.Species(catalog.find("HCN"), 9, 17),
                                new LineBoxCheck.Species(catalog.find("HCO+"), 8, 15)),
                        Parallel.SERIAL,
                        text -> {});
        for (String key : List.of("not converged", "starts differ", "hot lines", "jumps")) {
            assertEquals(0, seen.get(key).value(), key);
        }
        assertTrue(seen.get("masers").value() < 0.15, seen::toString);
    }
}
