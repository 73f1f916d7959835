package org.unblend.chemistry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class BuiltInNetworkTest {
    /** Warm and dark, cold and young, irradiated and poor in metals. */
    private static final List<Conditions> PLACES = List.of(
            new Conditions(20, 1e5, 10, 10, 120, 1),
            new Conditions(10, 2e4, 1, 1, 15, 1),
            new Conditions(1.6, 3e4, 100, 100, 60, 0.06));

    @Test
    void hasTheAdvertisedSizeAndASourceForEveryRate() {
        Network n = BuiltInNetwork.network();
        ChemistryModel m = new ChemistryModel(n, ChemistrySettings.STANDARD);
        assertTrue(
                m.species().size() >= 70 && m.species().size() <= 90,
                m.species().size() + " species");
        assertTrue(m.processes() >= 340 && m.processes() <= 430, m.processes() + " processes");
        n.reactions().forEach(r -> assertTrue(!r.source().isBlank(), r.equation()));
        assertTrue(m.species()
                .containsAll(List.of("CO", "CS", "HCN", "HCO+", "H", "H2", "C", "C+", "O", "N", "S", "e-", "#CO")));
    }

    @Test
    void everyReactionIsBalanced() {
        for (Reaction r : BuiltInNetwork.network().reactions()) {
            Map<String, Integer> sum = new HashMap<>();
            for (int side : new int[] {1, -1}) {
                for (String s : side > 0 ? r.reactants() : r.products()) {
                    Species species = Species.parse(s).orElseThrow();
                    species.atoms().forEach((e, k) -> sum.merge(e, side * k, Integer::sum));
                    sum.merge("charge", side * species.charge(), Integer::sum);
                }
            }
            assertTrue(sum.values().stream().allMatch(v -> v == 0), r.equation() + " " + sum);
        }
    }

    @Test
    void twoPhasesKeepElementsAndChargeAndSayHow() {
        ChemistryModel m = new ChemistryModel(BuiltInNetwork.network(), ChemistrySettings.STANDARD);
        Run run = m.run();
        for (Conditions c : PLACES) {
            ChemistryResult r = run.solve(c);
            assertEquals(ChemistryResult.Status.OK, r.status(), r.message());
            r.drift().forEach((what, drift) -> assertEquals(0, drift, 1e-6, what));
            assertTrue(r.steps() < 1000, r.steps() + " steps");
        }
    }

    /** In a steady state what forms a species is what destroys it. */
    @Test
    void budgetsAddUp() {
        ChemistrySettings steady = ChemistrySettings.STANDARD.with(ChemistrySettings.Phases.STEADY);
        ChemistryModel m = new ChemistryModel(BuiltInNetwork.network(), steady);
        Conditions c = PLACES.get(0);
        ChemistryResult r = m.run().solve(c);
        assertEquals(ChemistryResult.Status.OK, r.status(), r.message());
        for (String name : List.of("CO", "HCO+", "e-", "CS")) {
            int s = m.species().indexOf(name);
            double net = 0;
            double gross = 0;
            for (Budget.Entry e : Budget.of(m, c, r.abundances())) {
                net += e.change()[s] * e.rate();
                gross += Math.abs(e.change()[s] * e.rate());
            }
            assertTrue(Math.abs(net) < 1e-3 * gross, name + ": " + net + " of " + gross);
        }
    }

    /** A transient at tight tolerances is the reference for the usual ones. */
    @Test
    void usualTolerancesAreGoodForATransient() {
        ChemistrySettings young = ChemistrySettings.STANDARD
                .with(ChemistrySettings.Phases.STATIC)
                .lasting(1e5)
                .freezing(true);
        ChemistryModel rough = new ChemistryModel(BuiltInNetwork.network(), young);
        ChemistryModel fine = new ChemistryModel(BuiltInNetwork.network(), young.tolerances(1e-7, 1e-20));
        Conditions c = PLACES.get(1);
        ChemistryResult a = rough.run().solve(c);
        ChemistryResult b = fine.run().solve(c);
        for (String s : List.of("CO", "CS", "HCN", "HCO+", "C", "O", "#CO", "#H2O")) {
            assertEquals(b.log10(s), a.log10(s), 3e-3, s);
        }
    }

    @Test
    void agreesWithTheFullNetwork() throws IOException {
        Path file = Path.of(System.getProperty("unblend.data", "../shared/data"), "chemistry", "umist12.csv");
        Assumptions.assumeTrue(Files.exists(file), "no reference data at " + file);
        Run full = new ChemistryModel(NetworkReader.read(file), ChemistrySettings.STANDARD).run();
        Run small = new ChemistryModel(BuiltInNetwork.network(), ChemistrySettings.STANDARD).run();
        for (Conditions c : PLACES) {
            ChemistryResult a = full.solve(c);
            ChemistryResult b = small.solve(c);
            for (String s : List.of("CO", "CS", "HCN", "HCO+")) {
                assertEquals(a.log10(s), b.log10(s), 0.25, c + " " + s);
            }
        }
    }
}
