package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineUnitTest {

    /** The rule of thumb of interferometry: T/K = 1.222e6 (S / Jy per beam) / ((nu/GHz)^2 a b), a and b in arcsec. */
    @ParameterizedTest
    @CsvSource({"115.2712, 1, 1", "345.796, 0.5, 0.4", "88.6318, 12, 7"})
    void agreesWithTheRuleOfInterferometry(double frequency, double major, double minor) {
        double rule = 1.222e6 / (frequency * frequency * major * minor);
        assertEquals(rule, LineUnit.JANSKY_PER_BEAM.toKelvin(1, frequency, major, minor, 0), 3e-4 * rule);
        assertEquals(rule, LineUnit.JANSKY.toKelvin(1, frequency, major, minor, 0), 3e-4 * rule);
    }

    /** 1e-26 W m^-2 Hz^-1 times 1e11 Hz / 299792.458 km/s: 1 Jy km/s at 100 GHz is 3.3356e-21 W/m2. */
    @Test
    void wattsAreJanskysTimesFrequencyOverLight() {
        double jansky = LineUnit.JANSKY.toKelvin(1, 100, 2, 2, 0);
        assertEquals(jansky, LineUnit.WATT.toKelvin(3.33564095e-21, 100, 2, 2, 0), 1e-8 * jansky);
    }

    /** A black body stays one, at T / (1 + z): in the Rayleigh-Jeans limit its line in Jy scales as nu_obs^2 / (1 + z). */
    @Test
    void theRestFrameIsRegained() {
        double z = 3;
        double rest = 50; // K km/s
        double observedJansky = rest / (1 + z) / LineUnit.JANSKY.toKelvin(1, 345.796 / (1 + z), 1, 1, 0);
        assertEquals(rest, LineUnit.JANSKY.toKelvin(observedJansky, 345.796, 1, 1, z), 1e-12 * rest);
        assertEquals(rest, LineUnit.KELVIN.toKelvin(rest / (1 + z), 345.796, Double.NaN, Double.NaN, z), 1e-12 * rest);
    }

    @Test
    void outOfRangeIsRefused() {
        for (double[] bad : new double[][] {{0, 1, 1, 0}, {100, -1, 1, 0}, {100, 1, Double.NaN, 0}, {100, 1, 1, -1}}) {
            assertThrows(
                    IllegalArgumentException.class, () -> LineUnit.JANSKY.toKelvin(1, bad[0], bad[1], bad[2], bad[3]));
        }
        assertEquals(Optional.empty(), LineUnit.of("Jy"));
        assertEquals(Optional.of(LineUnit.WATT), LineUnit.of("W/m2"));
    }
}
