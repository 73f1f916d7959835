package org.unblend.chemistry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.model.ForwardModel;
import org.unblend.model.ForwardModelContract;
import org.unblend.model.RowStatus;

class AbundanceModelTest extends ForwardModelContract {
    private static final List<String> SPECIES = List.of("CO", "C+", "e-");

    @Override
    protected ForwardModel model() {
        return new AbundanceModel(chemistry(), SPECIES);
    }

    private static ChemistryModel chemistry() {
        return new ChemistryModel(
                SmallNetwork.network(), ChemistrySettings.STANDARD.with(ChemistrySettings.Phases.STATIC));
    }

    @Override
    protected double[] point(RandomSource random) {
        return new double[] {
            random.nextDouble(1, 20),
            Math.pow(10, random.nextDouble(4, 6)),
            random.nextDouble(1, 10),
            random.nextDouble(1, 10),
            random.nextDouble(10, 100),
            random.nextDouble(0.5, 2)
        };
    }

    @Test
    void givesWhatTheModelGives() {
        double[] out = new double[3];
        RowStatus[] status = new RowStatus[1];
        model().evaluate(new double[] {5, 1e5, 2, 3, 40, 1}, out, status, 1);
        ChemistryResult r = chemistry().run().solve(new Conditions(5, 1e5, 2, 3, 40, 1));
        assertEquals(RowStatus.OK, status[0]);
        assertEquals(r.abundance("CO"), out[0]);
        assertEquals(r.abundance("e-"), out[2]);
    }

    @Test
    void unknownSpeciesAreRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new AbundanceModel(chemistry(), List.of("CO", "XY")))
                .getMessage();
        assertTrue(message.contains("no species 'XY'"), message);
    }
}
