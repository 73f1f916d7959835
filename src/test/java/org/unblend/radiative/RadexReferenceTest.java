package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Against tables made with RADEX (van der Tak et al. 2007) and with an independent solver. The tolerance of 1e-3 leaves
 * room for the tables' constants and digits, for the closed form of beta that RADEX replaces by its first term at tau
 * above 100, and for thin lines at which RADEX stops early.
 */
class RadexReferenceTest {
    private static final double TOLERANCE = 1e-3;
    /** Asked for are 99 % of the lines within the tolerance; all of them are, and stay, well within it. */
    private static final double FRACTION = 1;

    private static final double WORST = 3e-4;
    private static final double BRIGHT = 1e-3;

    private final Map<String, OneZone> zones = new HashMap<>();

    /** Lines of one case: how many there are and how many agree. */
    private static final class Tally {
        private int lines;
        private int good;
        private double worst;
    }

    @Test
    void agreesOnTheGrid() throws IOException {
        Map<String, Tally> tallies = compare("radex_grid.csv", true);
        assertEquals(4, tallies.size());
        assertGood(tallies, 2500);
    }

    @Test
    void agreesOnOtherBackgroundsPartnersFilesAndTemperatures() throws IOException {
        Map<String, Tally> tallies = compare("radex_extra.csv", false);
        assertEquals(12, tallies.size());
        assertGood(tallies, 100);
    }

    private static void assertGood(Map<String, Tally> tallies, int atLeast) {
        tallies.forEach((name, t) -> {
            assertTrue(t.lines > atLeast, name + " has only " + t.lines + " lines");
            assertTrue(
                    t.good >= FRACTION * t.lines,
                    name + ": " + t.good + " of " + t.lines + " lines agree, worst " + t.worst);
            assertTrue(t.worst < WORST, name + ": worst " + t.worst);
        });
    }

    private Map<String, Tally> compare(String table, boolean independent) throws IOException {
        Map<String, Tally> tallies = new TreeMap<>();
        String before = "";
        ZoneState state = null;
        for (Map<String, String> row : ReferenceData.csv(ReferenceData.path("radex-reference/" + table))) {
            if (!row.get("geometry").equals("sphere")) {
                continue;
            }
            String model = row.get("case") + row.get("molfile") + row.get("tkin_K") + " " + row.get("n_h2_cm3") + " "
                    + row.get("column_cm2") + " " + row.get("dv_kms") + " " + row.get("tbg_K");
            if (!model.equals(before)) {
                state = solve(row);
                before = model;
                assertTrue(state.converged(), model);
            }
            int line = Integer.parseInt(row.get("j_up")) - 1;
            double flux = state.flux(line, number(row, "dv_kms"));
            assertTrue(state.brightness(line) <= number(row, "tkin_K"), () -> "a spurious maser: " + row);
            boolean byIndependent = independent && number(row, "ind_residual") < 1e-9;
            String source = byIndependent ? "ind" : "fp";
            if (row.get("usable").equals("1") && number(row, "t_r_" + source + "_K") > BRIGHT) {
                Tally t = tallies.computeIfAbsent(row.get("case") + " " + row.get("molecule"), k -> new Tally());
                double error = Math.abs(flux / number(row, "flux_" + source + "_Kkms") - 1);
                t.lines++;
                t.good += error < TOLERANCE ? 1 : 0;
                t.worst = Math.max(t.worst, error);
            }
        }
        return tallies;
    }

    private ZoneState solve(Map<String, String> row) throws IOException {
        String file = row.get("molfile");
        OneZone zone = zones.get(file);
        if (zone == null) {
            zone = new OneZone(LamdaReader.read(ReferenceData.path("lamda/" + file)), Geometry.SPHERE);
            zones.put(file, zone);
        }
        Densities densities = row.get("case").startsWith("opr")
                ? Densities.paraOrtho(number(row, "n_ph2_cm3"), number(row, "n_oh2_cm3"))
                : Densities.h2(number(row, "n_h2_cm3"));
        ZoneState state = zone.newState();
        double columnPerWidth = number(row, "column_cm2") / number(row, "dv_kms");
        zone.solve(number(row, "tkin_K"), densities, columnPerWidth, number(row, "tbg_K"), state);
        return state;
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }
}
