package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** Derivatives of random sums of line temperatures against five-point differences of the solver (error of order h^4). */
class ZoneGradientTest {
    private static final double H = 1e-3;

    /** One function: a sum of line temperatures with given weights. */
    private record Case(OneZone zone, double[] bar, double tkin, double para, double ortho, double e, double column) {

        double at(double tkin, Densities densities, double column, double tbg) {
            ZoneState s = zone.newState();
            zone.solve(tkin, densities, column, tbg, s);
            assertTrue(s.converged());
            double sum = 0;
            for (int t = 0; t < bar.length; t++) {
                sum += bar[t] * s.brightness(t);
            }
            return sum;
        }

        Densities densities() {
            return Densities.paraOrtho(para, ortho).with(e, 0, 0, 0);
        }
    }

    /** x df/dx. */
    private static double difference(double x, DoubleUnaryOperator f) {
        double a = f.applyAsDouble(x * (1 + H)) - f.applyAsDouble(x * (1 - H));
        double b = f.applyAsDouble(x * (1 + 2 * H)) - f.applyAsDouble(x * (1 - 2 * H));
        return (8 * a - b) / (12 * H);
    }

    /** Thick and thin, thermal and sub-thermal: tau from 1e-6 to 1e5, n(H2) from 1e2 to 1e9. */
    @ParameterizedTest
    @CsvSource({
        "CO, 13, 20, sphere, 25",
        "CS, 10, 18, sphere, 15",
        "HCN, 9, 18, slab, 15",
        "HCO+, 8, 18, lvg, 15",
        "rotor, 9, 18, sphere, 40",
        "rotor, 9, 18, lvg, 40"
    })
    void areThoseOfDifferences(String name, double low, double high, String geometry, int points) throws IOException {
        Molecule molecule = name.equals("rotor")
                ? MiniMolecule.rotor()
                : MoleculeCatalog.builtIn().find(name);
        OneZone zone = new OneZone(molecule, Geometry.named(geometry));
        ZoneGradient g = zone.newGradient();
        ZoneState s = zone.newState();
        double worst = 0;
        for (int i = 0; i < points; i++) {
            RandomSource random = RandomStream.of(31).split(i).generator();
            Case c = draw(zone, random, low, high);
            // Ortho and para given: every partner has a derivative of its own.
            zone.solve(c.tkin, c.densities(), c.column, 2.73, s);
            double scale = 0;
            for (int t = 0; t < c.bar.length; t++) {
                scale += Math.abs(c.bar[t] * s.brightness(t));
            }
            assertTrue(g.pull(s, c.bar));
            double tolerance = 2e-6 * scale;
            String what = name + " " + geometry + " " + c.tkin + " " + c.densities() + " " + c.column;
            boolean split = zone.collidesWithBoth;
            if (split) {
                double para = difference(c.para, n -> c.at(c.tkin, with(n, c.ortho, c.e), c.column, 2.73));
                double ortho = difference(c.ortho, n -> c.at(c.tkin, with(c.para, n, c.e), c.column, 2.73));
                assertEquals(para, c.para * g.density(Partner.PARA_H2), tolerance, what);
                assertEquals(ortho, c.ortho * g.density(Partner.ORTHO_H2), tolerance, what);
            }
            double e = difference(c.e, n -> c.at(c.tkin, with(c.para, c.ortho, n), c.column, 2.73));
            assertEquals(e, c.e * g.density(Partner.ELECTRON), tolerance, what);
            double column = difference(c.column, n -> c.at(c.tkin, c.densities(), n, 2.73));
            assertEquals(column, c.column * g.columnPerWidth(), tolerance, what);
            double tbg = difference(2.73, t -> c.at(c.tkin, c.densities(), c.column, t));
            assertEquals(tbg, 2.73 * g.cmb(), tolerance, what);
            assertEquals(split ? 0 : g.h2(), g.h2());
            // Thermal ratio: temperature and all H2.
            Densities thermal = Densities.h2(c.para).with(c.e, 0, 0, 0);
            zone.solve(c.tkin, thermal, c.column, 2.73, s);
            assertTrue(g.pull(s, c.bar));
            double h2 = difference(c.para, n -> c.at(c.tkin, Densities.h2(n).with(c.e, 0, 0, 0), c.column, 2.73));
            assertEquals(h2, c.para * g.h2(), tolerance, what);
            if (smooth(molecule, c.tkin)) {
                double tkin = difference(c.tkin, t -> c.at(t, thermal, c.column, 2.73));
                assertEquals(tkin, c.tkin * g.tkin(), tolerance, what);
            }
            worst = Math.max(worst, scale);
        }
        assertTrue(worst > 1, "some lines are bright");
    }

    private static Densities with(double para, double ortho, double e) {
        return Densities.paraOrtho(para, ortho).with(e, 0, 0, 0);
    }

    private static Case draw(OneZone zone, RandomSource random, double low, double high) {
        double[] bar = new double[zone.lines];
        for (int t = 0; t < Math.min(10, bar.length); t++) {
            bar[t] = random.nextGaussian();
        }
        return new Case(
                zone,
                bar,
                11 + 180 * random.nextOpen(),
                Math.pow(10, 2 + 7 * random.nextOpen()),
                Math.pow(10, 2 + 7 * random.nextOpen()),
                Math.pow(10, 5 * random.nextOpen()),
                Math.pow(10, low + (high - low) * random.nextOpen()));
    }

    /** No temperature of a table, and no end of the thermal ratio, within the steps. */
    private static boolean smooth(Molecule molecule, double tkin) {
        boolean smooth = Math.abs(tkin / (170.6 / Math.log(3)) - 1) > 3 * H;
        for (CollisionRates r : molecule.collisions()) {
            for (int i = 0; i < r.temperatures(); i++) {
                smooth &= Math.abs(r.temperature(i) / tkin - 1) > 3 * H;
            }
        }
        return smooth;
    }

    @Test
    void needASolution() {
        OneZone zone = new OneZone(MiniMolecule.rotor(), Geometry.SPHERE);
        ZoneState s = zone.newState();
        assertThrows(IllegalArgumentException.class, () -> zone.newGradient().pull(s, new double[3]));
        zone.solve(20, Densities.h2(1e4), 1e14, Background.cmb(2.73), Excitation.LTE, s);
        assertThrows(IllegalArgumentException.class, () -> zone.newGradient().pull(s, new double[3]));
    }

    @Test
    void existWithoutAnyColumnAndAnyBackground() {
        OneZone zone = new OneZone(MiniMolecule.rotor(), Geometry.SPHERE);
        ZoneState s = zone.newState();
        zone.solve(20, Densities.h2(1e4), 0, 0, s);
        ZoneGradient g = zone.newGradient();
        assertTrue(g.pull(s, new double[] {1, 0, 0}));
        ZoneState near = zone.newState();
        zone.solve(20, Densities.h2(1e4), 1e6, 0, near);
        assertEquals(1, 1e6 * g.columnPerWidth() / near.brightness(0), 1e-5);
        assertEquals(0, g.tkin());
        assertEquals(0, g.cmb());
    }
}
