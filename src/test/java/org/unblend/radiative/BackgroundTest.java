package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private static final double[] GHZ = {30, 100, 300, 1000};

    /** h nu / k [K]. */
    private static double photon(double gigahertz) {
        return gigahertz * 0.04799243073;
    }

    /** B_nu(T) [erg s^-1 cm^-2 Hz^-1 sr^-1] from h, k and c. */
    private static double planck(double gigahertz, double temperature) {
        double nu = gigahertz * 1e9;
        double h = 6.62607015e-27;
        double c = 2.99792458e10;
        return 2 * h * nu * nu * nu / (c * c) / Math.expm1(h * nu / (1.380649e-16 * temperature));
    }

    @Test
    void opaqueDustAndATableOfABlackBodyAreBlackBodies() {
        Background.Dust dust = new Background.Dust(25, 1e-3, 2, 1);
        double[] f = new double[2000];
        double[] intensity = new double[f.length];
        for (int i = 0; i < f.length; i++) {
            f[i] = 20 * Math.pow(100, i / 1999.0);
            intensity[i] = planck(f[i], 25);
        }
        Background byDust = new Background(0, Optional.of(dust), Optional.empty());
        Background byTable = new Background(0, Optional.empty(), Optional.of(new Background.Table(f, intensity)));
        for (double ghz : GHZ) {
            double p = photon(ghz);
            double black = 1 / Math.expm1(p / 25);
            assertEquals(black, byDust.photons(p), 1e-9 * black);
            assertEquals(black, byTable.photons(p), 1e-5 * black);
            assertEquals(black, Background.cmb(25).photons(p), 1e-9 * black);
            assertEquals(0, Background.cmb(0).photons(p));
        }
        assertEquals(0, byTable.photons(photon(10)));
        assertEquals(0, byTable.photons(photon(3000)));
    }

    @Test
    void whatIsThereAddsUp() {
        Background.Dust half = new Background.Dust(40, 2000, 1.5, 0.5);
        Background both = new Background(2.73, Optional.of(half), Optional.empty());
        double p = photon(300);
        double expected =
                1 / Math.expm1(p / 2.73) + 0.5 * (1 - Math.exp(-Math.pow(300.0 / 2000, 1.5))) / Math.expm1(p / 40);
        assertEquals(expected, both.photons(p), 1e-9 * expected);
    }

    @Test
    void gasInEquilibriumWithItsBackgroundShowsNoLine() {
        OneZone zone = new OneZone(MiniMolecule.rotor(), Geometry.SPHERE);
        ZoneState s = zone.newState();
        Background warm = new Background(0, Optional.of(new Background.Dust(30, 1e-6, 2, 1)), Optional.empty());
        zone.solve(30, Densities.h2(1e3), 1e14, warm, Excitation.FULL, s);
        for (int t = 0; t < 3; t++) {
            assertEquals(30, s.excitation(t), 1e-6);
            assertEquals(0, s.brightness(t), 1e-7);
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Background.cmb(-1));
        assertThrows(IllegalArgumentException.class, () -> Background.cmb(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Background.Dust(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Background.Dust(10, 1, 1, 1.1));
        double[][][] tables = {{{1}, {1}}, {{1, 2}, {1}}, {{2, 1}, {1, 1}}, {{1, 2}, {1, 0}}, {{1, Double.NaN}, {1, 1}}
        };
        for (double[][] t : tables) {
            assertThrows(IllegalArgumentException.class, () -> new Background.Table(t[0], t[1]));
        }
    }
}
