package org.unblend.io.chemistry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.chemistry.BuiltInNetwork;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistryResult;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.Conditions;
import org.unblend.math.Parallel;

class ChemistryRowsTest {
    private static final List<String> SPECIES = List.of("CO", "HCO+");

    @TempDir
    Path directory;

    private static ChemistryModel model(ChemistrySettings.Phases phases) {
        return new ChemistryModel(BuiltInNetwork.network(), ChemistrySettings.STANDARD.with(phases));
    }

    /** Most rows lie outside the domain and take no time. */
    private ChemistryGrid grid(int more, String first) throws IOException {
        StringBuilder text = new StringBuilder("av_mag,n_h_cm3,zeta_1p3e-17,chi_habing,tkin_K,mz\n" + first);
        for (int i = first.isEmpty() ? 0 : 1; i < ChemistryRows.SLICE; i++) {
            text.append("10,1e5,1,1,3,1\n");
        }
        text.append("3,1e4,10,10,80,0.5\n".repeat(more));
        return ChemistryGrid.read(Files.writeString(directory.resolve("in.csv"), text));
    }

    @Test
    void anInterruptedTableGoesOnAndEndsWithTheSameBytes() throws IOException {
        ChemistryModel model = model(ChemistrySettings.Phases.STATIC);
        ChemistryGrid grid = grid(1, "10,1e5,1,1,30,1\n");
        Path whole = directory.resolve("whole.csv");
        ChemistryResult.Status[] status = new ChemistryRows(model, grid, SPECIES, whole).run(Parallel.SERIAL, n -> {});
        assertEquals(
                2,
                Arrays.stream(status).filter(ChemistryResult.Status.OK::equals).count());
        Path out = directory.resolve("out.csv");
        Path kept = directory.resolve("out.csv.unfinished");
        ChemistryRows stopped = new ChemistryRows(model, grid, SPECIES, out);
        assertThrows(
                IllegalStateException.class,
                () -> stopped.run(Parallel.SERIAL, n -> {
                    throw new IllegalStateException("stopped after " + n);
                }));
        assertFalse(Files.exists(out));
        assertTrue(Files.exists(kept));
        ChemistryRows again = new ChemistryRows(model, grid, SPECIES, out);
        assertEquals(1, again.resumed());
        assertArrayEquals(status, again.run(Parallel.SERIAL, n -> {}));
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(out));
        assertFalse(Files.exists(kept));
    }

    @Test
    void otherConditionsOrSettingsBeginAnew() throws IOException {
        ChemistryModel model = model(ChemistrySettings.Phases.STATIC);
        Path out = directory.resolve("out.csv");
        ChemistryRows stopped = new ChemistryRows(model, grid(1, ""), SPECIES, out);
        assertThrows(
                IllegalStateException.class,
                () -> stopped.run(Parallel.SERIAL, n -> {
                    throw new IllegalStateException("stopped");
                }));
        assertEquals(1, new ChemistryRows(model, grid(1, ""), SPECIES, out).resumed());
        assertEquals(0, new ChemistryRows(model, grid(2, ""), SPECIES, out).resumed());
        assertEquals(0, new ChemistryRows(model(ChemistrySettings.Phases.STEADY), grid(2, ""), SPECIES, out).resumed());
    }

    /** Without cosmic rays cold gas goes on changing. */
    @Test
    void gasThatDoesNotBecomeSteadyIsCalledUnsettled() {
        ChemistryResult r = model(ChemistrySettings.Phases.STEADY).run().solve(new Conditions(10, 1e5, 0, 1, 30, 1));
        assertEquals(ChemistryResult.Status.UNSETTLED, r.status());
        assertTrue(r.message().contains("still change after 1.0E11 yr"), r.message());
        assertTrue(Double.isNaN(r.abundance("CO")));
    }
}
