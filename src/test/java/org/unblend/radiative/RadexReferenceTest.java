package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against tables made with RADEX (van der Tak et al. 2007) and with an independent solver. Every
 * line is within 3e-4, which leaves room for the tables' constants and digits, and on the grid for beta at tau above 100,
 * where RADEX takes its first term only; the other table is compared with the branches of RADEX.
 */
class RadexReferenceTest {
    private static final double WORST = 3e-4;

    private static final double BRIGHT = 1e-3;

    /** True to take the branches of RADEX. */
    private boolean radex;

    private final Map<String, OneZone> zones = new HashMap<>();

    /** Lines of one case. */
    private static final class Tally {
        private int lines;
        private double worst;
    }

    /** Fluxes [K km/s] of RADEX, dv = 10 km/s, tbg = 2.73 K; the built-in rates are good to about 1 %. */
    @ParameterizedTest
    @CsvSource({
        "CO, 50, 1e4, 1e17, 1, 70.3054",
        "CO, 50, 1e4, 1e17, 3, 131.673",
        "CO, 50, 1e4, 1e17, 6, 9.85999",
        "CS, 100, 1e5, 1e13, 7, 0.231009",
        "CS, 100, 1e5, 1e15, 4, 99.7551",
        "HCN, 100, 1e5, 1e13, 4, 0.325498",
        "HCN, 100, 1e5, 1e15, 7, 2.19016",
        "HCO+, 100, 1e5, 1e14, 4, 30.4999",
        "HCO+, 100, 1e5, 1e16, 7, 238.390"
    })
    void builtInMoleculesComeClose(String name, double tkin, double nH2, double column, int jUp, double flux)
            throws IOException {
        OneZone zone = new OneZone(MoleculeCatalog.builtIn().find(name), Geometry.SPHERE);
        ZoneState state = zone.newState();
        zone.solve(tkin, Densities.h2(nH2), column / 10, 2.73, state);
        assertEquals(flux, state.flux(jUp - 1, 10), 0.015 * flux);
    }

    @Test
    void agreesOnTheGrid() throws IOException {
        Map<String, Tally> tallies = compare("radex_grid.csv", true);
        assertEquals(4, tallies.size());
        assertGood(tallies, 2500);
    }

    @Test
    void agreesOnOtherGeometriesBackgroundsPartnersFilesAndTemperatures() throws IOException {
        radex = true;
        Map<String, Tally> tallies = compare("radex_extra.csv", false);
        assertEquals(20, tallies.size());
        assertGood(tallies, 100);
    }

    private static void assertGood(Map<String, Tally> tallies, int atLeast) {
        tallies.forEach((name, t) -> {
            assertTrue(t.lines > atLeast, name + " has only " + t.lines + " lines");
            assertTrue(t.worst < WORST, name + ": the worst of " + t.lines + " lines is off by " + t.worst);
        });
    }

    private Map<String, Tally> compare(String table, boolean independent) throws IOException {
        Map<String, Tally> tallies = new TreeMap<>();
        String before = "";
        ZoneState state = null;
        for (Map<String, String> row : ReferenceData.csv(ReferenceData.path("radex-reference/" + table))) {
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
                t.worst = Math.max(t.worst, error);
            }
        }
        return tallies;
    }

    private ZoneState solve(Map<String, String> row) throws IOException {
        String file = row.get("molfile");
        Geometry shape = Geometry.named(row.get("geometry"));
        Geometry geometry = radex ? shape.radex() : shape;
        OneZone zone = zones.get(file + geometry);
        if (zone == null) {
            zone = new OneZone(LamdaReader.read(ReferenceData.path("lamda/" + file)), geometry);
            zones.put(file + geometry, zone);
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
