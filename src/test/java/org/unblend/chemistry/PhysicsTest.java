package org.unblend.chemistry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Collapse, warming, shielding and freezing against values that follow from their equations by hand. */
class PhysicsTest {

    @Test
    void theCollapseSolvesItsEquation() {
        Collapse collapse = new Collapse(100);
        double gravity = 24 * Math.PI * 6.6743e-8 * 1.67262e-24;
        for (double n : new double[] {101, 150, 1e3, 1e5, 1e7}) {
            double t = collapse.until(n);
            assertEquals(n, collapse.density(t), 1e-9 * n);
            double dt = 1e-5 * t;
            double slope = (collapse.density(t + dt) - collapse.density(t - dt)) / (2 * dt);
            double expected = Math.cbrt(Math.pow(n, 4) / 100) * Math.sqrt(gravity * 100 * (Math.cbrt(n / 100) - 1));
            assertEquals(1, slope / expected, 1e-3, "n = " + n);
        }
        assertEquals(0, collapse.until(50));
        // Free fall from rest takes (3 pi/(32 G rho))^(1/2) = 3 pi/2 over (24 pi G rho)^(1/2), less the kick's head
        // start.
        double kick = 4 / Math.PI * Math.sqrt(Math.cbrt(1.001) - 1);
        assertEquals(1 - kick, collapse.until(1e12) / (1.5 * Math.PI / Math.sqrt(gravity * 100)), 1e-3);
    }

    @Test
    void warmingEndsWhereItShould() {
        for (int mass : new int[] {1, 5, 10, 15, 25, 60}) {
            Warming w = Warming.of(mass);
            assertEquals(10, w.temperature(0));
            assertEquals(150, w.temperature(w.years(150)), 1e-9);
        }
        // A 10 Msun star takes 7e4 yr to 100 K.
        assertEquals(6.9e4, Warming.of(10).years(100), 1e3);
        assertThrows(IllegalArgumentException.class, () -> Warming.of(7));
        // CO: nu = 1.1e10/s, 1300 K/ln(nu).
        assertEquals(1300 / Math.log(1.1e10), Warming.mono(1300, 28), 0.6);
    }

    @Test
    void shieldingHasItsPublishedValues() {
        Shielding s = new Shielding();
        assertEquals(1, Shielding.h2Lines(0), 0.01);
        // tau = 2.5e-15 N; at 1e20 cm-2 the core is 0.344 tau^-1.0667 and the wings add 4.5e-4.
        assertTrue(Shielding.h2Lines(1e20) > 0.344 * Math.pow(2.5e5, -1.0667));
        assertTrue(Shielding.h2Lines(1e22) < Shielding.h2Lines(1e20));
        // Table 5 of van Dishoeck & Black 1988 at its nodes, no dust.
        assertEquals(2e-10, s.coRate(1, 0, 0, 0), 1e-13);
        assertEquals(2e-10 * Math.pow(10, -1.272), s.coRate(1, 0, 1e19, 1e16), 1e-13);
        assertEquals(2e-10 * Math.pow(10, -5.165), s.coRate(1, 0, 1e23, 1e17), 1e-16);
        assertEquals(0, s.coRate(0, 1, 1e20, 1e15));
        // tau(1000 A) = 4.65 A_V/1.086, thin branch.
        assertEquals(5.1e-11 * Math.exp(-0.7514 * 0.1 / 1.086 * 4.65), s.h2Dust(1, 0.1), 1e-15);
    }

    /** In the dark and cold, CO leaves the gas as exp(-t/tau) with 1/tau = 4.57e4 (T/m)^(1/2) 2.4e-22 n. */
    @Test
    void freezingHasItsTime() {
        double n = 1e4;
        double tau = 1 / (4.57e4 * Math.sqrt(10 / 28.0) * 2.4e-22 * n) / Run.YEAR;
        ChemistrySettings s = ChemistrySettings.STANDARD
                .with(ChemistrySettings.Phases.STATIC)
                .lasting(5 * tau)
                .freezing(true)
                .with(Elements.STANDARD.with("O", 1e-12).with("S", 1e-12));
        Network still = BuiltInNetwork.network();
        Network only = still.with(still.reactions().stream()
                .filter(r -> r.reactants().contains("CO") && r.products().contains("HCO+"))
                .toList());
        ChemistryModel m = new ChemistryModel(only, s);
        ReactionSystem system = m.system();
        RateState rates = m.rates();
        rates.follow(
                (t, now) -> {
                    now.temperature = 10;
                    now.density = n;
                    now.av = 100;
                    now.freezing = true;
                },
                true);
        double[] y = new double[system.size];
        y[system.index.get("CO")] = 1e-4;
        y[system.molecular] = 0.5;
        double[] dy = new double[system.size];
        rates.derivative(0, y, dy);
        assertEquals(-1e-4 / (tau * Run.YEAR), dy[system.index.get("CO")], 1e-6 * 1e-4 / (tau * Run.YEAR));
        assertEquals(-dy[system.index.get("CO")], dy[system.index.get("#CO")], 1e-30);
    }

    /** The analytic Jacobian against differences, everything switched on. */
    @Test
    void theJacobianIsTheDerivative() {
        ChemistryModel m = new ChemistryModel(BuiltInNetwork.network(), ChemistrySettings.STANDARD);
        ReactionSystem system = m.system();
        RateState rates = m.rates();
        rates.follow(
                (t, now) -> {
                    now.temperature = 15;
                    now.density = 1e4;
                    now.av = 2;
                    now.zeta = 10;
                    now.habing = 30;
                    now.freezing = true;
                },
                true);
        double[] y = new double[system.size];
        for (int i = 0; i < y.length; i++) {
            y[i] = 1e-6 * (1 + i % 5);
        }
        y[system.molecular] = 0.3;
        y[system.hydrogen] = 0.4;
        double[] values = new double[rates.columns().length];
        rates.jacobian(0, y, values);
        double[] up = new double[y.length];
        double[] down = new double[y.length];
        for (int j = 0; j < y.length; j++) {
            double h = 1e-3 * y[j];
            double[] at = y.clone();
            at[j] += h;
            rates.derivative(0, at, up);
            at[j] -= 2 * h;
            rates.derivative(0, at, down);
            double[] column = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                for (int p = rates.rowStart()[i]; p < rates.rowStart()[i + 1]; p++) {
                    column[i] += rates.columns()[p] == j ? values[p] : 0;
                }
            }
            double scale = 0;
            for (double v : column) {
                scale = Math.max(scale, Math.abs(v));
            }
            for (int i = 0; i < y.length; i++) {
                assertEquals((up[i] - down[i]) / (2 * h), column[i], 1e-3 * scale + 1e-18, "d" + i + "/d" + j);
            }
        }
    }
}
