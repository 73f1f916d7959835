package org.unblend.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.family.Uniform;

/** Derivatives over the cube against central differences of prior transform and likelihood together. */
class LikelihoodGradientTest {
    private static final int ROWS = 3;

    /** Priors whose arguments, and whose bounds, are nodes; a Dirichlet prior; forward models; products. */
    static Stream<CompiledModel> models() {
        return Stream.concat(
                Stream.of(everyOp(), Graphs.physics(true), Graphs.movingBounds()),
                Graphs.likelihoods().stream().map(Graphs::nmf));
    }

    private static CompiledModel everyOp() {
        return Graphs.everyOp(Uniform.between(-1, 3));
    }

    @ParameterizedTest
    @MethodSource("models")
    void agreesWithDifferences(CompiledModel model) {
        int d = model.cubeDimension();
        double[] u = positions(d);
        double[] slope = slopes(model, u, ROWS);
        for (int r = 0; r < ROWS; r++) {
            for (int i = 0; i < d; i++) {
                double h = 1e-5;
                double up = logL(model, u, r, i, h);
                double down = logL(model, u, r, i, -h);
                double expected = (up - down) / (2 * h);
                double rounding = 1e-13 * Math.abs(up) / h;
                assertEquals(
                        expected,
                        slope[r * d + i],
                        1e-4 * Math.max(1, Math.abs(expected)) + rounding,
                        model.graph().name() + ", coordinate " + i + " of " + model.names());
            }
        }
    }

    @Test
    void aRowDependsOnItselfAlone() {
        CompiledModel model = everyOp();
        int d = model.cubeDimension();
        double[] u = positions(d);
        double[] second = slopes(model, Arrays.copyOfRange(u, d, 2 * d), 1);
        assertArrayEquals(second, Arrays.copyOfRange(slopes(model, u, ROWS), d, 2 * d));
    }

    @Test
    void aNodeWithoutDerivativeIsNamed() {
        CompiledModel model = Graphs.physics(false);
        assertTrue(model.cubeGradient().isEmpty());
        assertEquals(Optional.of("W"), model.withoutDerivative());
        assertEquals(Optional.empty(), Graphs.physics(true).withoutDerivative());
    }

    private static double[] positions(int d) {
        RandomSource random = RandomStream.of(8).generator();
        double[] u = new double[ROWS * d];
        Arrays.setAll(u, i -> 0.1 + 0.8 * random.nextOpen());
        return u;
    }

    private static double[] slopes(CompiledModel model, double[] u, int rows) {
        double[] theta = new double[rows * model.dimension()];
        model.priorTransform(u, theta, rows);
        double[] slope = new double[u.length];
        model.cubeGradient().orElseThrow().apply(u, theta, slope, rows);
        return slope;
    }

    private static double logL(CompiledModel model, double[] u, int row, int coordinate, double step) {
        int d = model.cubeDimension();
        double[] moved = Arrays.copyOfRange(u, row * d, (row + 1) * d);
        moved[coordinate] += step;
        double[] theta = new double[model.dimension()];
        double[] out = new double[1];
        model.priorTransform(moved, theta, 1);
        model.logLikelihood(theta, out, 1);
        return out[0];
    }
}
