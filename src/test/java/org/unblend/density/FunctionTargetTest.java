package org.unblend.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionTargetTest {

    @Test
    void aFunctionOfTheCubeAndOfABox() {
        FunctionTarget cube = FunctionTarget.ofCube(2, FunctionTarget.rowByRow(2, x -> x[0] - x[1]));
        assertEquals(List.of("u0", "u1"), cube.names());
        FunctionTarget box = cube.inBox(List.of("a", "b"), new double[] {0, -4}, new double[] {10, 4});
        double[] theta = new double[4];
        box.priorTransform(new double[] {0.5, 0.5, 0.1, 0.25}, theta, 2);
        assertArrayEquals(new double[] {5, 0, 1, -2}, theta, 1e-12);
        double[] out = new double[2];
        assertEquals(0, box.logLikelihood(theta, out, 2));
        assertArrayEquals(new double[] {5, 3}, out, 1e-12);
    }

    @Test
    void derivativesGoThroughThePrior() {
        FunctionTarget cube = FunctionTarget.ofCube(2, FunctionTarget.rowByRow(2, x -> x[0] - x[1] * x[1]));
        assertTrue(cube.cubeGradient().isEmpty());
        FunctionTarget box = cube.withGradient((x, out, rows) -> {
                    for (int r = 0; r < rows; r++) {
                        out[2 * r] = 1;
                        out[2 * r + 1] = -2 * x[2 * r + 1];
                    }
                })
                .inBox(List.of("a", "b"), new double[] {0, -4}, new double[] {10, 4})
                .withWrapped(0);
        double[] u = {0.5, 0.5, 0.1, 0.25};
        double[] theta = new double[4];
        box.priorTransform(u, theta, 2);
        double[] slope = new double[4];
        box.cubeGradient().orElseThrow().apply(u, theta, slope, 2);
        assertArrayEquals(new double[] {10, 0, 10, 32}, slope, 1e-9);
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        FunctionTarget cube = FunctionTarget.ofCube(2, (x, out, rows) -> {});
        assertThrows(
                IllegalArgumentException.class,
                () -> cube.inBox(List.of("a"), new double[] {0, 0}, new double[] {1, 1}));
        assertThrows(IllegalArgumentException.class, () -> FunctionTarget.ofCube(0, (x, out, rows) -> {}));
    }
}
