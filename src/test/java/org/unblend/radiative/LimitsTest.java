package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.math.Parallel;

/** Limits of excitation, intensities, and points at the ends of what can be asked for. */
class LimitsTest {
    private final Molecule rotor = MiniMolecule.rotor();

    private ZoneState solve(Geometry g, double tkin, double n, double column, Excitation e) {
        OneZone zone = new OneZone(rotor, g);
        ZoneState s = zone.newState();
        zone.solve(tkin, Densities.h2(n), column, Background.cmb(2.73), e, s);
        return s;
    }

    @ParameterizedTest
    @EnumSource
    void denseGasIsThermalAndThinGasLetsPhotonsGo(Geometry g) {
        ZoneState dense = solve(g, 30, 1e13, 1e14, Excitation.FULL);
        ZoneState lte = solve(g, 30, 1, 1e14, Excitation.LTE);
        ZoneState faint = solve(g, 30, 1e4, 1e3, Excitation.FULL);
        ZoneState thin = solve(g, 30, 1e4, 1e3, Excitation.THIN);
        ZoneState thick = solve(g, 30, 1e4, 1e16, Excitation.THIN);
        for (int t = 0; t < 3; t++) {
            assertEquals(30, lte.excitation(t), 1e-9);
            assertEquals(lte.brightness(t), dense.brightness(t), 1e-4 * lte.brightness(t));
            assertEquals(thin.brightness(t), faint.brightness(t), 1e-6 * thin.brightness(t));
            assertEquals(thin.excitation(t), thick.excitation(t), 1e-9);
        }
    }

    @Test
    void thinLinesHaveTheAreaOfAGaussianAndASphereTwoThirdsOfIt() {
        assertEquals(Constants.GAUSS, Intensity.INTEGRATED.overCentre(1e-7), 1e-7);
        assertEquals(Constants.GAUSS, Intensity.INTEGRATED.overCentre(0), 1e-7);
        assertEquals(Constants.GAUSS / 1.5, Intensity.SOURCE.overCentre(1e-7), 1e-7);
        assertEquals(Constants.GAUSS, Intensity.CENTRE.overCentre(1e5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-5, -0.1, 0.01, 1, 10, 1e3, 1e6})
    void saturatedLinesAreTheIntegralOverTheirProfile(double tau) {
        // Midpoints in velocity, and for the sphere over impact parameters p: chord sqrt(1 - p^2), area 2 p dp.
        int n = 4000;
        double centre = 0;
        double source = 0;
        for (int i = 0; i < n; i++) {
            double v = 5.0 * (i + 0.5) / n;
            double depth = tau * Math.exp(-4 * Math.log(2) * v * v);
            centre += -Math.expm1(-depth);
            for (int k = 0; k < 200; k++) {
                double u = (k + 0.5) / 200;
                source += -Math.expm1(-depth * u) * 2 * u / 200;
            }
        }
        double scale = 2 * 5.0 / n / -Math.expm1(-tau);
        assertEquals(1, Intensity.INTEGRATED.overCentre(tau) / (centre * scale), 1e-6);
        assertEquals(1, Intensity.SOURCE.overCentre(tau) / (source * scale), 2e-4);
    }

    @Test
    void pointsOfEqualColumnOverWidthShareTheirPopulations() {
        LineTable.Point a = new LineTable.Point(rotor, 20, 1e4, 1e14, 1, 2.73);
        LineTable.Point b = new LineTable.Point(rotor, 20, 1e4, 8e14, 8, 2.73);
        LineTable.Point c =
                new LineTable.Point(rotor, 20, Densities.h2(1e4), 8e14, 8, 2.73, Physics.STANDARD.in(Geometry.SLAB));
        List<LineTable.Row> rows = LineTable.compute(List.of(a, c, b), 3, Parallel.SERIAL);
        for (int t = 0; t < 3; t++) {
            assertEquals(rows.get(t).tau(), rows.get(6 + t).tau());
            assertEquals(
                    8 * rows.get(t).flux(),
                    rows.get(6 + t).flux(),
                    1e-13 * rows.get(6 + t).flux());
            assertNotEquals(rows.get(t).tau(), rows.get(3 + t).tau());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 1e25, 1e30})
    void columnsOfNothingAndOfEverythingHaveAnswers(double column) throws IOException {
        Molecule co = MoleculeCatalog.builtIn().find("CO");
        for (Geometry g : new Geometry[] {Geometry.SPHERE, Geometry.LVG, Geometry.SLAB}) {
            LineTable.Point p = new LineTable.Point(co, 30, Densities.h2(1e4), column, 1, 2.73, Physics.STANDARD.in(g));
            for (LineTable.Row row : LineTable.compute(List.of(p), 10, Parallel.SERIAL)) {
                assertEquals(LineTable.Status.OK, row.status(), g + " " + row);
                assertTrue(row.brightness() >= 0 && row.brightness() <= 30, row::toString);
            }
        }
    }

    @Test
    void temperaturesOutsideTheRatesAreFlagged() {
        // Of the partners present only: electrons have rates from 10 to 100 K, para-H2 at 50 K alone.
        assertFalse(new LineTable.Point(rotor, 50, 1e4, 1e14, 1, 2.73).extrapolated());
        assertTrue(new LineTable.Point(rotor, 120, 1e4, 1e14, 1, 2.73).extrapolated());
        Densities electrons = new Densities(0, Double.NaN, Double.NaN, 10, 0, 0, 0);
        assertTrue(new LineTable.Point(rotor, 5, electrons, 1e14, 1, 2.73, Physics.STANDARD).extrapolated());
        assertFalse(new LineTable.Point(rotor, 5, electrons, 1e14, 1, 2.73, Physics.STANDARD.with(Excitation.LTE))
                .extrapolated());
    }

    @Test
    void partnersThatTheMoleculeDoesNotKnowAreRefused() {
        OneZone pair = new OneZone(MiniMolecule.pair(), Geometry.SPHERE);
        Densities helium = Densities.h2(1).with(0, 0, 100, 0);
        pair.solve(20, helium, 1e14, 2.73, pair.newState());
        Densities only = new Densities(0, Double.NaN, Double.NaN, 0, 0, 100, 0);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> pair.solve(20, only, 1e14, 2.73, pair.newState()));
        assertTrue(e.getMessage().contains("collisions with H2 only"), e::getMessage);
        assertThrows(IllegalArgumentException.class, () -> Densities.h2(0));
        assertThrows(IllegalArgumentException.class, () -> Densities.h2(-1));
        assertThrows(IllegalArgumentException.class, () -> Densities.h2(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Densities(1, 1, Double.NaN, 0, 0, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Physics(
                        Geometry.SLAB, Excitation.FULL, Intensity.SOURCE, Optional.empty(), Optional.empty()));
    }
}
