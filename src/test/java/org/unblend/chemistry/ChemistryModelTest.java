package org.unblend.chemistry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.unblend.math.Parallel;

class ChemistryModelTest {
    private static final Conditions CLOUD = new Conditions(5, 1e4, 1, 1, 30, 1);

    private static ChemistryModel model(ChemistrySettings settings) {
        return new ChemistryModel(SmallNetwork.network(), settings);
    }

    private static ChemistrySettings phases(ChemistrySettings.Phases phases) {
        return ChemistrySettings.STANDARD.with(phases);
    }

    @Test
    void elementsAndChargeAreKept() {
        for (ChemistrySettings.Phases phases : ChemistrySettings.Phases.values()) {
            ChemistryResult r = model(phases(phases)).run().solve(CLOUD);
            assertEquals(ChemistryResult.Status.OK, r.status(), r.message());
            r.drift().forEach((what, drift) -> assertEquals(0, drift, 1e-6, phases + " " + what));
        }
    }

    /** The dissociation of H2 balances its formation: R n x(H) = k x(H2), independent of any other reaction at zeta = 0. */
    @Test
    void molecularHydrogenIsInBalanceWithItsDissociation() {
        ChemistryModel m = model(phases(ChemistrySettings.Phases.STEADY));
        Conditions c = new Conditions(0.5, 1e3, 0, 100, 50, 1);
        ChemistryResult r = m.run().solve(c);
        assertEquals(ChemistryResult.Status.OK, r.status(), r.message());
        double h2 = r.abundance("H2");
        double formed = 1e-17 * Math.sqrt(50) * 1e3 * r.abundance("H");
        double broken = new Shielding().h2Dust(100, 0.5) * Shielding.h2Lines(0.5 * 1.6e21 * 0.5 * h2) * h2;
        assertEquals(1, broken / formed, 1e-4);
    }

    @Test
    void steadyIsWhereTimeLeads() {
        ChemistryResult longRun = model(phases(ChemistrySettings.Phases.STATIC).lasting(1e10))
                .run()
                .solve(CLOUD);
        ChemistryResult steady =
                model(phases(ChemistrySettings.Phases.STEADY)).run().solve(CLOUD);
        for (String s : List.of("CO", "C", "C+", "O", "e-", "HCO+", "H")) {
            assertEquals(longRun.log10(s), steady.log10(s), 2e-3, s);
        }
    }

    @Test
    void tolerancesDecideTheError() {
        ChemistrySettings s = phases(ChemistrySettings.Phases.TWO_PHASE);
        ChemistryResult rough = model(s).run().solve(CLOUD);
        ChemistryResult fine = model(s.tolerances(1e-7, 1e-18)).run().solve(CLOUD);
        for (String name : List.of("CO", "C", "C+", "O", "e-", "HCO+", "H")) {
            assertEquals(fine.log10(name), rough.log10(name), 2e-3, name);
        }
    }

    /** UCLCHEM's slip: the electrons of sulphur are missing, and nothing can bring them back. */
    @Test
    void aChargedStartStaysCharged() {
        for (ChemistrySettings.Start start : ChemistrySettings.Start.values()) {
            ChemistrySettings s = phases(ChemistrySettings.Phases.STATIC).with(start);
            ChemistryResult r =
                    new ChemistryModel(BuiltInNetwork.network(), s).run().solve(CLOUD);
            double charge = 0;
            for (int i = 0; i < r.species().size(); i++) {
                charge += Species.parse(r.species().get(i)).orElseThrow().charge() * r.abundances()[i];
            }
            double missing = start == ChemistrySettings.Start.NEUTRAL ? 0 : 1.318e-5;
            assertEquals(missing, charge, 1e-11, start.name());
            assertEquals(0, r.drift().get("charge"), 1e-11);
        }
    }

    @Test
    void batchesAreTheSameBitsInAnyOrderAndOnAnyThreads() {
        List<Conditions> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(new Conditions(1 + i, 1e4 * (1 + i % 7), 1 + i % 5, 10, 20 + 4 * i, 1));
        }
        many.set(3, new Conditions(Double.NaN, 1e4, 1, 1, 20, 1));
        ChemistryModel m = model(phases(ChemistrySettings.Phases.STATIC));
        List<String> names = List.of("CO", "HCO+");
        double[] alone = new double[2 * many.size()];
        double[] together = new double[2 * many.size()];
        ChemistryResult.Status[] status = new ChemistryResult.Status[many.size()];
        m.evaluate(many, names, alone, status, Parallel.SERIAL);
        ExecutorService two = Executors.newFixedThreadPool(2);
        m.evaluate(many, names, together, status, new Parallel(two));
        two.shutdown();
        assertArrayEquals(alone, together);
        assertEquals(ChemistryResult.Status.OUT_OF_DOMAIN, status[3]);
        assertTrue(Double.isNaN(alone[6]));
        assertEquals(m.run().solve(many.get(39)).log10("CO"), alone[78]);
    }

    @Test
    void whatCannotBeSolvedIsTold() {
        ChemistrySettings few = new ChemistrySettings(
                ChemistrySettings.Phases.STATIC,
                1e7,
                false,
                ChemistrySettings.Start.NEUTRAL,
                ChemistrySettings.Bookkeeping.CONSERVING,
                Elements.STANDARD,
                10,
                0.5,
                1e-3,
                1e-12,
                3);
        ChemistryResult r = model(few).run().solve(CLOUD);
        assertEquals(ChemistryResult.Status.FAILED, r.status());
        assertTrue(r.message().contains("too_many_steps"), r.message());
        assertTrue(Double.isNaN(r.abundance("CO")));
        Run run = model(ChemistrySettings.STANDARD).run();
        for (Conditions c : List.of(
                new Conditions(-1, 1e4, 1, 1, 20, 1),
                new Conditions(1, 1, 1, 1, 20, 1),
                new Conditions(1, 1e4, Double.NaN, 1, 20, 1),
                new Conditions(1, 1e4, 1, Double.POSITIVE_INFINITY, 20, 1),
                new Conditions(1, 1e4, 1, 1, 5, 1),
                new Conditions(1, 1e4, 1, 1, 20, 0))) {
            ChemistryResult out = run.solve(c);
            assertEquals(ChemistryResult.Status.OUT_OF_DOMAIN, out.status());
            assertTrue(out.message().contains("outside"), out.message());
        }
    }
}
