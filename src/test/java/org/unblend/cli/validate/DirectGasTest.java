package org.unblend.cli.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.chemistry.GasLines;
import org.unblend.density.CompiledModel;
import org.unblend.io.run.RunLoader;
import org.unblend.model.Observation;

class DirectGasTest {
    private static final double[] WARM = {40, 5e5, 100, 10, 150, 0.9, 50};
    private static final double[] COLD = {3, 2e4, 10, 10, 50, 0.9, 50};

    /** de Mijolla 2022, tables 2.4 and 2.6, printed to two to four digits, by a larger network of the same reactions. */
    @Test
    void theThesisIntensitiesComeFromItsConditions() throws IOException {
        GasLines gas = DirectGas.of(DirectGas.LINES, 1);
        double[] warm = DirectGas.intensities(gas, WARM);
        double[] cold = DirectGas.intensities(gas, COLD);
        double[] one = {6760.0, 6905.0, 905.5, 16.1, 361.05};
        double[] two = {2865.2, 2233.4, 271.9, 4.9, 108.5};
        for (int l = 0; l < 5; l++) {
            double tolerance = l < 2 ? 0.002 : 0.04;
            String line = DirectGas.LINES.labels().get(l);
            assertEquals(one[l], warm[l], tolerance * one[l], line);
            assertEquals(two[l], 0.7 * cold[l] + 0.3 * warm[l], tolerance * two[l], line);
        }
    }

    /** The data of the runs are these intensities, and the emulated model gives them back within its error. */
    @Test
    void theSimulatedRunsHoldTheseIntensities() throws IOException {
        GasLines gas = DirectGas.of(DirectGas.LINES, 1);
        double[] warm = DirectGas.intensities(gas, WARM);
        double[] cold = DirectGas.intensities(gas, COLD);
        for (String kind : new String[] {"chemistry", "lines"}) {
            double[] one = data("simulated-one-phase-" + kind);
            double[] two = data("simulated-two-phase-" + kind);
            for (int l = 0; l < 5; l++) {
                assertEquals(warm[l], one[l], 1e-6 * one[l]);
                assertEquals(0.7 * cold[l] + 0.3 * warm[l], two[l], 1e-6 * two[l]);
            }
        }
        double[] emulated = load("simulated-one-phase-chemistry").values("I_source", WARM, 1);
        for (int l = 0; l < 5; l++) {
            assertEquals(warm[l], emulated[l], 0.1 * warm[l]);
        }
    }

    private static CompiledModel load(String run) {
        return RunLoader.load(Path.of("runs", run + ".json"), Optional.empty()).model();
    }

    private static double[] data(String run) {
        return ((Observation) load(run).graph().node("I").orElseThrow()).data();
    }
}
