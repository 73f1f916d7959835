package org.unblend.io.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** Gradients go through radiative transfer: the posterior of the run of NGC 1068 against five-point differences. */
class PhysicsGradientTest {
    private static final double H = 1e-3;
    private static final int POINTS = 20;

    private static double value(CompiledModel model, double[] theta, int d, double factor) {
        double[] moved = theta.clone();
        moved[d] *= factor;
        double[] prior = new double[1];
        double[] out = new double[1];
        model.logPrior(moved, prior, 1);
        model.logLikelihood(moved, out, 1);
        return prior[0] + out[0];
    }

    @Test
    void theGradientOfThePosteriorIsThatOfDifferences() {
        CompiledModel model = RunLoader.load(Path.of("runs/ngc1068-lines.json"), Optional.empty())
                .model();
        assertTrue(model.differentiable());
        int dim = model.dimension();
        assertEquals("T_kin", model.names().get(0));
        for (int i = 0; i < POINTS; i++) {
            double[] cube = new double[dim];
            RandomSource random = RandomStream.of(71).split(i).generator();
            for (int d = 0; d < dim; d++) {
                cube[d] = 0.05 + 0.9 * random.nextOpen();
            }
            double[] theta = new double[dim];
            model.priorTransform(cube, theta, 1);
            // The rates bend where their tables have a temperature, all of which are whole numbers.
            theta[0] = Math.floor(theta[0]) + 0.5;
            double[] gradient = new double[dim];
            double[] out = new double[1];
            model.gradients().natural(theta, out, gradient, 1);
            assertTrue(Double.isFinite(out[0]));
            for (int d = 0; d < dim; d++) {
                double near = value(model, theta, d, 1 + H) - value(model, theta, d, 1 - H);
                double far = value(model, theta, d, 1 + 2 * H) - value(model, theta, d, 1 - 2 * H);
                double difference = (8 * near - far) / (12 * H);
                // The posterior itself is known to about 1e-13 of its value.
                double tolerance = 1e-5 * Math.abs(difference) + 1e-9 * Math.abs(out[0]) + 1e-6;
                assertEquals(
                        difference,
                        theta[d] * gradient[d],
                        tolerance,
                        model.names().get(d) + " at point " + i);
            }
        }
    }
}
