package org.unblend.chemistry.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.unblend.chemistry.BuiltInNetwork;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistryResult;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.Conditions;
import org.unblend.chemistry.Network;
import org.unblend.chemistry.NetworkReader;

class ReducerTest {
    private static final ChemistrySettings SETTINGS =
            ChemistrySettings.STANDARD.with(ChemistrySettings.Phases.STATIC).lasting(1e6);
    private static final List<Conditions> POINTS =
            List.of(new Conditions(10, 1e5, 10, 1, 60, 1), new Conditions(2, 2e4, 1, 100, 25, 0.3));

    private static double worst(Network full, Network reduced, String species) {
        double worst = 0;
        for (Conditions c : POINTS) {
            ChemistryResult a = new ChemistryModel(full, SETTINGS).run().solve(c);
            ChemistryResult b = new ChemistryModel(reduced, SETTINGS).run().solve(c);
            worst = Math.max(worst, Math.abs(a.log10(species) - b.log10(species)));
        }
        return worst;
    }

    @Test
    void leavesOutWhatDoesNotMatterAndKeepsTheLimit() {
        Network full = BuiltInNetwork.network();
        List<String> told = new ArrayList<>();
        Reducer.Goal goal = new Reducer.Goal(Map.of("CO", 0.05), POINTS);
        Network reduced = new Reducer(full, SETTINGS, goal, told::add).reduce(80, 0.5, 0);
        assertTrue(
                reduced.reactions().size() < 0.7 * full.reactions().size(),
                reduced.reactions().size() + " reactions");
        assertTrue(reduced.names().size() < full.names().size());
        assertTrue(worst(full, reduced, "CO") <= 0.05);
        assertTrue(told.size() > 3);
        // One step further the limit breaks: what is left is not left by accident.
        Network fewer = reduced.with(reduced.reactions().stream()
                .filter(r -> !r.products().contains("CO"))
                .toList());
        assertTrue(worst(full, fewer, "CO") > 0.05);
    }

    @Test
    void conditionsHaveLowMetallicityAndLowExtinctionAmongThem() {
        List<Conditions> points = MakeNetwork.points();
        assertTrue(points.size() > 35);
        assertTrue(points.stream().anyMatch(c -> c.av() < 2 && c.metallicity() < 0.1));
        assertTrue(points.stream()
                .noneMatch(c -> c.density() > 3e5 && c.zeta() < 10 && c.temperature() > 55 && c.temperature() < 100));
    }

    @Test
    void theFileHasEveryReactionOnALineOfItsOwn() throws IOException {
        Network n = BuiltInNetwork.network();
        String text = MakeNetwork.text(n);
        assertEquals(
                n.reactions().size(),
                new ObjectMapper().readTree(text).required("reactions").size());
        assertTrue(text.lines().count() > n.reactions().size());
    }

    /** The shipped network is what the program makes: about ten minutes. */
    @Test
    @Tag("slow")
    void theShippedNetworkIsReproduced() throws IOException {
        Path file = Path.of(System.getProperty("unblend.data", "../shared/data"), "chemistry", "umist12.csv");
        Assumptions.assumeTrue(Files.exists(file), "no reference data at " + file);
        Network made = MakeNetwork.reduce(NetworkReader.read(file), line -> {});
        Network shipped = BuiltInNetwork.network();
        assertEquals(shipped.reactions(), made.reactions());
        assertEquals(shipped.ices(), made.ices());
    }
}
