package org.unblend.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** Derivatives against central differences, the Jacobian against a numerical determinant. */
class GradientsTest {
    private static final int ROWS = 6;

    private static List<CompiledModel> models() {
        List<CompiledModel> models = new ArrayList<>(List.of(Graphs.everyOp(), Graphs.physics(true)));
        Graphs.likelihoods().forEach(l -> models.add(Graphs.nmf(l)));
        return models;
    }

    private static double[] normals(int length, long seed) {
        RandomSource random = RandomStream.of(seed).generator();
        return IntStream.range(0, length)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
    }

    /** Parameters well inside the support. */
    private static double[] inside(Gradients g, CompiledModel model, long seed) {
        double[] theta = new double[ROWS * model.dimension()];
        g.constrain(normals(ROWS * g.freeDimension(), seed), theta, new double[ROWS], ROWS);
        return theta;
    }

    @FunctionalInterface
    private interface Density {
        void apply(double[] x, double[] out, double[] gradient, int rows);
    }

    private static void agreesWithDifferences(String name, Density density, double[] x, int width) {
        double[] out = new double[ROWS];
        double[] gradient = new double[x.length];
        density.apply(x, out, gradient, ROWS);
        double[] unused = new double[x.length];
        double[] up = new double[ROWS];
        double[] down = new double[ROWS];
        for (int c = 0; c < width; c++) {
            double[] h = new double[ROWS];
            double[] a = x.clone();
            double[] b = x.clone();
            for (int r = 0; r < ROWS; r++) {
                h[r] = 1e-5 * Math.max(1e-3, Math.abs(x[r * width + c]));
                a[r * width + c] += h[r];
                b[r * width + c] -= h[r];
            }
            density.apply(a, up, unused, ROWS);
            density.apply(b, down, unused, ROWS);
            for (int r = 0; r < ROWS; r++) {
                assertTrue(Double.isFinite(out[r]), name);
                double slope = (up[r] - down[r]) / (2 * h[r]);
                double rounding = 1e-14 * Math.abs(out[r]) / h[r];
                assertEquals(
                        slope,
                        gradient[r * width + c],
                        1e-5 * (1 + Math.abs(slope)) + rounding,
                        name + " column " + c + " row " + r);
            }
        }
    }

    @Test
    void naturalGradient() {
        for (CompiledModel model : models()) {
            if (model.graph().name().equals("ops")) {
                // The entries of a simplex cannot be changed one at a time; see freeGradient.
                continue;
            }
            Gradients g = model.gradients();
            double[] theta = inside(g, model, 5);
            agreesWithDifferences(model.graph().name(), g::natural, theta, model.dimension());
        }
    }

    @Test
    void freeGradient() {
        for (CompiledModel model : models()) {
            Gradients g = model.gradients();
            agreesWithDifferences(
                    model.graph().name(), g::free, normals(ROWS * g.freeDimension(), 6), g.freeDimension());
        }
    }

    @Test
    void naturalDensityIsPriorTimesLikelihood() {
        for (CompiledModel model : models()) {
            Gradients g = model.gradients();
            double[] theta = inside(g, model, 7);
            double[] out = new double[ROWS];
            double[] prior = new double[ROWS];
            double[] likelihood = new double[ROWS];
            g.natural(theta, out, new double[theta.length], ROWS);
            model.logPrior(theta, prior, ROWS);
            model.logLikelihood(theta, likelihood, ROWS);
            for (int r = 0; r < ROWS; r++) {
                assertEquals(prior[r] + likelihood[r], out[r]);
            }
        }
    }

    @Test
    void batchesEqualSingleRowsBitForBit() {
        for (CompiledModel model : models()) {
            Gradients g = model.gradients();
            int d = g.freeDimension();
            double[] z = normals(ROWS * d, 8);
            double[] out = new double[ROWS];
            double[] gradient = new double[z.length];
            g.free(z, out, gradient, ROWS);
            for (int r = 0; r < ROWS; r++) {
                double[] one = new double[1];
                double[] slope = new double[d];
                g.free(Arrays.copyOfRange(z, r * d, (r + 1) * d), one, slope, 1);
                assertEquals(out[r], one[0]);
                assertArrayEquals(Arrays.copyOfRange(gradient, r * d, (r + 1) * d), slope);
            }
        }
    }

    @Test
    void logJacobianIsThatOfTheMap() {
        for (CompiledModel model : List.of(Graphs.physics(true), Graphs.movingBounds())) {
            Gradients g = model.gradients();
            int d = g.freeDimension();
            double[] z = normals(d, 9);
            double[] logJacobian = new double[1];
            g.constrain(z, new double[d], logJacobian, 1);
            DMatrixRMaj jacobian = new DMatrixRMaj(d, d);
            double h = 1e-5;
            for (int j = 0; j < d; j++) {
                double[] up = new double[d];
                double[] down = new double[d];
                double[] moved = z.clone();
                moved[j] = z[j] + h;
                g.constrain(moved, up, new double[1], 1);
                moved[j] = z[j] - h;
                g.constrain(moved, down, new double[1], 1);
                for (int i = 0; i < d; i++) {
                    jacobian.set(i, j, (up[i] - down[i]) / (2 * h));
                }
            }
            double det = CommonOps_DDRM.det(jacobian);
            assertEquals(
                    Math.log(Math.abs(det)), logJacobian[0], 1e-6, model.graph().name());
        }
    }

    @Test
    void constrainAndUnconstrainAreInverse() {
        List<CompiledModel> all = new ArrayList<>(models());
        all.add(Graphs.movingBounds());
        for (CompiledModel model : all) {
            Gradients g = model.gradients();
            double[] z = normals(ROWS * g.freeDimension(), 10);
            double[] theta = new double[ROWS * model.dimension()];
            g.constrain(z, theta, new double[ROWS], ROWS);
            double[] back = new double[z.length];
            g.unconstrain(theta, back, ROWS);
            assertArrayEquals(z, back, 1e-9);
        }
    }

    @Test
    void outsideTheSupportTheDensityAndItsGradientVanish() {
        CompiledModel model = Graphs.nmf(Graphs.likelihoods().get(0));
        Gradients g = model.gradients();
        double[] theta = inside(g, model, 11);
        theta[3] = -1;
        double[] out = new double[ROWS];
        double[] gradient = new double[theta.length];
        Arrays.fill(gradient, 9);
        g.natural(theta, out, gradient, ROWS);
        assertEquals(Double.NEGATIVE_INFINITY, out[0]);
        assertArrayEquals(new double[model.dimension()], Arrays.copyOf(gradient, model.dimension()));
        assertTrue(Double.isFinite(out[1]) && gradient[model.dimension()] != 9);
    }

    @Test
    void whatHasNoDerivativesIsRefused() {
        assertFalse(Graphs.physics(false).differentiable());
        assertThrows(IllegalStateException.class, () -> Graphs.physics(false).gradients());
        CompiledModel moving = Graphs.movingBounds();
        assertTrue(moving.differentiable());
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> moving.gradients().free(new double[2], new double[1], new double[2], 1));
        assertTrue(e.getMessage().contains("bounds of x depend"), e.getMessage());
    }
}
