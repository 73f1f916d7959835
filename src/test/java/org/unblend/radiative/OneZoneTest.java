package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class OneZoneTest {
    private static final double TBG = 2.73;
    private static final OneZone PAIR = new OneZone(MiniMolecule.pair(), Geometry.SPHERE);
    private static final OneZone ROTOR = new OneZone(MiniMolecule.rotor(), Geometry.SPHERE);

    /** Photon energy of the two-level molecule as a temperature: 10 cm^-1. */
    private static final double PHOTON = 14.38776877;

    private static final double A = 1e-4;
    private static final double Q = 1e-10;

    private static ZoneState solve(OneZone zone, double tkin, double nH2, double column, double tbg) {
        ZoneState s = zone.newState();
        zone.solve(tkin, Densities.h2(nH2), column, tbg, s);
        assertTrue(s.converged());
        return s;
    }

    /** Closed form of two levels at a given escape probability: the ratio of upper to lower population. */
    private static double ratio(double tkin, double nH2, double beta, double tbg) {
        double b = 1 / Math.expm1(PHOTON / tbg);
        double up = nH2 * Q * 3 * Math.exp(-PHOTON / tkin) + A * beta * b * 3;
        double down = nH2 * Q + A * beta * (1 + b);
        return up / down;
    }

    @ParameterizedTest
    @CsvSource({"20, 1e3", "20, 1e6", "300, 1e5", "3, 1e9", "5, 1e1"})
    void twoThinLevelsFollowTheClosedForm(double tkin, double nH2) {
        ZoneState s = solve(PAIR, tkin, nH2, 0, TBG);
        double r = ratio(tkin, nH2, 1, TBG);
        assertEquals(r, s.population(1) / s.population(0), 1e-12 * r);
        assertEquals(PHOTON / Math.log(3 / r), s.excitation(0), 1e-9 * tkin);
        assertEquals(0, s.tau(0));
        assertEquals(0, s.brightness(0));
    }

    @ParameterizedTest
    @CsvSource({"20, 1e3, 1e13", "20, 1e4, 1e15", "300, 1e5, 1e17", "100, 1e2, 1e19", "8, 1e6, 1e12"})
    void twoThickLevelsSolveTheClosedFormWithTheirOwnEscapeProbability(double tkin, double nH2, double column) {
        // Bisection on tau, independent of the solver: tau of the populations that tau brings falls as tau grows.
        double low = 0;
        double high = 1e12;
        for (int i = 0; i < 200; i++) {
            double tau = 0.5 * (low + high);
            double r = ratio(tkin, nH2, Geometry.SPHERE.beta(tau), TBG);
            double gauss = Math.sqrt(Math.PI) / (2 * Math.sqrt(Math.log(2)));
            double of = column / 1e5 * A / (8 * Math.PI * gauss * 1e3) * (3 - r) / (1 + r);
            if (of > tau) {
                low = tau;
            } else {
                high = tau;
            }
        }
        ZoneState s = solve(PAIR, tkin, nH2, column, TBG);
        assertEquals(low, s.tau(0), 1e-9 * low);
        double tex = PHOTON / Math.log(3 / ratio(tkin, nH2, Geometry.SPHERE.beta(low), TBG));
        assertEquals(tex, s.excitation(0), 1e-8 * tex);
        double brightness = PHOTON * (1 / Math.expm1(PHOTON / tex) - 1 / Math.expm1(PHOTON / TBG)) * -Math.expm1(-low);
        assertEquals(brightness, s.brightness(0), 1e-7 * brightness);
        assertEquals(1.0644670194312262 * 12.5 * brightness, s.flux(0, 12.5), 2e-6 * s.flux(0, 12.5));
    }

    @Test
    void thinLinesLoseEveryExcitation() {
        // At low density each collision upwards ends in one photon: flux = h c / (8 pi k) ... reduces to N x_u A /
        // nu^2.
        double column = 1e8;
        ZoneState s = solve(PAIR, 30, 1e3, column, 0);
        double xu = ratio(30, 1e3, 1, 0);
        // W = h c^3 A N_u / (8 pi k nu^2), the textbook relation of a thin line's intensity to its upper level.
        double perWidth = PHOTON / (8 * Math.PI * 1e3) * A * column / 1e5 * xu / (1 + xu);
        assertEquals(perWidth, s.flux(0, 1), 1e-4 * perWidth);
    }

    @Test
    void isThermalAtHighDensity() {
        for (double column : new double[] {1e8, 1e15, 1e20}) {
            ZoneState s = solve(ROTOR, 40, 1e14, column, TBG);
            for (int t = 0; t < 3; t++) {
                assertEquals(40, s.excitation(t), 1e-3, "column " + column);
            }
        }
    }

    @Test
    void takesTheTemperatureOfTheBackgroundAtLowDensity() {
        ZoneState s = solve(ROTOR, 40, 1e-6, 1e8, 9);
        for (int t = 0; t < 3; t++) {
            assertEquals(9, s.excitation(t), 1e-5);
            assertEquals(0, s.brightness(t), 1e-9);
        }
    }

    @Test
    void thickLinesAreThermalAtTheirCentre() {
        ZoneState s = solve(ROTOR, 40, 1e7, 1e21, TBG);
        double x = Constants.HC_K * 3 / 40;
        double planck = Constants.HC_K * 3 * (1 / Math.expm1(x) - 1 / Math.expm1(Constants.HC_K * 3 / TBG));
        assertEquals(planck, s.brightness(0), 1e-3 * planck);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e9, 1e14, 1e16, 1e18})
    void collisionsSupplyWhatLinesCarryAway(double column) {
        double tkin = 35;
        double para = 2e4;
        double ortho = 3e4;
        ZoneState s = ROTOR.newState();
        ROTOR.solve(tkin, Densities.paraOrtho(para, ortho), column, TBG, s);
        assertTrue(s.converged());
        Molecule m = MiniMolecule.rotor();
        double heat = 0;
        for (CollisionRates r : m.collisions().subList(0, 2)) {
            double density = r.partner() == Partner.PARA_H2 ? para : ortho;
            for (int t = 0; t < r.size(); t++) {
                Level u = m.levels().get(r.upper(t));
                Level l = m.levels().get(r.lower(t));
                double gap = u.energy() - l.energy();
                double down = density * r.at(tkin, t);
                double up = down * u.weight() / l.weight() * Math.exp(-Constants.HC_K * gap / tkin);
                heat += gap * (up * s.population(r.lower(t)) - down * s.population(r.upper(t)));
            }
        }
        double light = 0;
        for (int t = 0; t < 3; t++) {
            RadiativeLine line = m.lines().get(t);
            Level u = m.levels().get(line.upper());
            Level l = m.levels().get(line.lower());
            double gap = u.energy() - l.energy();
            double b = 1 / Math.expm1(Constants.HC_K * gap / TBG);
            double net =
                    (1 + b) * s.population(line.upper()) - b * u.weight() / l.weight() * s.population(line.lower());
            light += gap * line.einsteinA() * Geometry.SPHERE.beta(s.tau(t)) * net;
        }
        assertEquals(light, heat, 1e-8 * light);
    }

    @Test
    void plainIterationFindsTheSamePopulations() {
        RandomSource random = RandomStream.of(5).generator();
        for (int i = 0; i < 200; i++) {
            double tkin = 10 + 190 * random.nextOpen();
            double nH2 = Math.pow(10, 3 + 4 * random.nextOpen());
            double column = Math.pow(10, 10 + 7 * random.nextOpen());
            ZoneState newton = solve(ROTOR, tkin, nH2, column, TBG);
            ZoneState plain = solve(ROTOR, tkin, nH2, column, TBG);
            plain.equilibrium.boltzmannStart();
            assertTrue(plain.equilibrium.damped(i % 2 == 0));
            for (int k = 0; k < 4; k++) {
                assertEquals(newton.population(k), plain.population(k), 1e-7 * newton.population(k));
            }
        }
    }

    @Test
    void neverBrighterThanTheGasByMuch() {
        // Collisions can bring a line slightly above the kinetic temperature, a spurious maser brings it far above.
        RandomSource random = RandomStream.of(6).generator();
        ZoneState s = ROTOR.newState();
        for (int i = 0; i < 5000; i++) {
            double tkin = 10 + 290 * random.nextOpen();
            ROTOR.solve(
                    tkin,
                    Densities.h2(Math.pow(10, 1 + 9 * random.nextOpen())),
                    Math.pow(10, 5 + 16 * random.nextOpen()),
                    TBG,
                    s);
            assertTrue(s.converged());
            for (int t = 0; t < 3; t++) {
                assertTrue(s.brightness(t) < 1.1 * tkin && s.tau(t) > -2, "T_R " + s.brightness(t));
            }
        }
    }

    @Test
    void aUsedStateGivesTheSameBits() {
        ZoneState fresh = solve(ROTOR, 25, 1e5, 1e15, TBG);
        ZoneState used = solve(ROTOR, 300, 1e2, 1e19, 30);
        ROTOR.solve(25, Densities.h2(1e5), 1e15, TBG, used);
        for (int t = 0; t < 3; t++) {
            assertEquals(fresh.brightness(t), used.brightness(t));
            assertEquals(fresh.excitation(t), used.excitation(t));
        }
    }

    @Test
    void marksMildMasersAndKeepsThemMild() throws IOException {
        // Collisions to J = 2 and above, and quick decay from there, invert HCO+ 1-0 near 1e6 cm^-3.
        OneZone hcop = new OneZone(MoleculeCatalog.builtIn().find("HCO+"), Geometry.SPHERE);
        ZoneState s = solve(hcop, 100, 1e6, 1e14, TBG);
        assertTrue(s.masing(0) && s.tau(0) < -0.1 && s.tau(0) > -1, "tau " + s.tau(0));
        assertTrue(s.excitation(0) < 0);
        assertTrue(s.brightness(0) > 0 && s.brightness(0) < 100, "T_R " + s.brightness(0));
        assertFalse(s.masing(3));
    }

    @Test
    void emptyLevelsAreDefined() {
        ZoneState s = solve(PAIR, 0.02, 1e3, 1e12, 0);
        assertEquals(0, s.brightness(0), 1e-100);
        assertEquals(1, s.population(0));
        assertTrue(Double.isFinite(s.excitation(0)));
    }

    @Test
    void aLevelWithoutAnyTransitionLeavesThePointUnsolved() {
        Molecule m = MiniMolecule.pair();
        List<Level> levels = List.of(m.levels().get(0), m.levels().get(1), new Level(50, 5, "2"));
        Molecule isolated = new Molecule("Z", 12, levels, m.lines(), m.collisions(), List.of());
        OneZone zone = new OneZone(isolated, Geometry.SPHERE);
        ZoneState s = zone.newState();
        zone.solve(20, Densities.h2(1e3), 1e12, TBG, s);
        assertFalse(s.converged());
    }

    @Test
    void refusesWhatHasNoMeaning() {
        ZoneState s = PAIR.newState();
        Densities n = Densities.h2(1e3);
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> PAIR.solve(bad, n, 1e12, TBG, s));
            assertThrows(IllegalArgumentException.class, () -> Densities.h2(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> PAIR.solve(20, n, -1, TBG, s));
        assertThrows(IllegalArgumentException.class, () -> PAIR.solve(20, n, 1e12, -1, s));
        assertThrows(IllegalArgumentException.class, () -> PAIR.solve(20, n, Double.NaN, TBG, s));
        Densities helium = new Densities(0, Double.NaN, Double.NaN, 0, 0, 1e4, 0);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> PAIR.solve(20, helium, 1e12, TBG, s));
        assertTrue(e.getMessage().contains("collisions with H2"), e::getMessage);
        assertThrows(IllegalArgumentException.class, () -> Densities.paraOrtho(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> Densities.paraOrtho(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> Densities.paraOrtho(Double.POSITIVE_INFINITY, 2));
        assertThrows(IllegalArgumentException.class, () -> Densities.paraOrtho(0, 0));
        assertThrows(IllegalArgumentException.class, () -> Densities.h2(1).with(-1, 0, 0, 0));
    }

    @Test
    void splitsHydrogenAsItsTemperatureDoes() {
        assertEquals(3, Densities.orthoToPara(300));
        assertEquals(9 * Math.exp(-8.53), Densities.orthoToPara(20), 1e-15);
        Densities n = Densities.h2(1e4);
        double ortho = n.of(Partner.ORTHO_H2, true, 50);
        double para = n.of(Partner.PARA_H2, true, 50);
        assertEquals(1e4, ortho + para, 1e-9);
        assertEquals(9 * Math.exp(-170.6 / 50), ortho / para, 1e-12);
        assertEquals(1e4, n.of(Partner.PARA_H2, false, 50), "a molecule with rates for one kind takes all H2");
        assertEquals(1e4, n.of(Partner.H2, false, 50));
        assertEquals(5, Densities.paraOrtho(2, 3).of(Partner.H2, false, 50));
        assertEquals(5, new Densities(0, 2, 3, 0, 0, 0, 0).h2());
        assertEquals(7, n.with(7, 0, 0, 0).of(Partner.ELECTRON, true, 50));
    }

    @Test
    void countsEveryPartner() {
        ZoneState without = ROTOR.newState();
        ZoneState with = ROTOR.newState();
        ROTOR.solve(30, Densities.h2(1e3), 1e10, TBG, without);
        ROTOR.solve(30, Densities.h2(1e3).with(1, 0, 0, 0), 1e10, TBG, with);
        assertTrue(with.excitation(0) > without.excitation(0));
    }
}
