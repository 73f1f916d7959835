package org.unblend.density;

import static org.apache.commons.math3.special.Gamma.logGamma;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Dirichlet;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.Support;
import org.unblend.model.ToyPhysics;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.LogUniform;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.model.family.Uniform;
import org.unblend.model.op.Convolve;
import org.unblend.model.op.Select;
import org.unblend.model.op.SumOver;

/** Prior, likelihood and their parts against formulas written out by hand. */
class CompiledModelTest {
    private static final double NAN = Double.NaN;
    private static final double NEGATIVE = Double.NEGATIVE_INFINITY;
    private static final Dims LINES = Dims.of(Graphs.LINE);

    private static double likelihood(CompiledModel model, double... theta) {
        double[] out = new double[1];
        model.logLikelihood(theta, out, 1);
        return out[0];
    }

    private static double prior(CompiledModel model, double... theta) {
        double[] out = new double[1];
        model.logPrior(theta, out, 1);
        return out[0];
    }

    private static CompiledModel line(Distribution likelihood, double[] data, double[] weights) {
        return new CompiledModel(ModelGraph.named("line")
                .parameter("mu", Normal.mean(0).sd(3))
                .observe("X", LINES, "", likelihood, data, weights)
                .build());
    }

    private static double normal(double x, double mean, double variance) {
        return -0.5 * (x - mean) * (x - mean) / variance - 0.5 * Math.log(2 * Math.PI * variance);
    }

    /** The way from the cube and back, with a prior whose argument is a node, and shares that sum to one. */
    @Test
    void positionsInTheCubeAreFoundAgain() {
        CompiledModel model = new CompiledModel(ModelGraph.named("cube")
                .parameter("scale", LogUniform.between(1e-2, 1e4))
                .parameter("rate", Gamma.shape(0.7).rate("scale"))
                .parameter("share", LINES, Dirichlet.over(Graphs.LINE.name()).concentration(0.8))
                .observe("X", Dims.of(), "", Normal.mean("rate").sd(1), new double[] {1}, new double[] {1})
                .build());
        int d = model.cubeDimension();
        int rows = 200;
        double[] u = RandomStream.of(1).generator().doubles(rows * d).toArray();
        double[] theta = new double[rows * model.dimension()];
        model.priorTransform(u, theta, rows);
        assertArrayEquals(u, model.cubePositions(theta, rows), 1e-8);
    }

    @Test
    void normalWeightsAreInverseVariances() {
        CompiledModel model = line(Normal.mean("mu").sd(1), new double[] {1, NAN, 3}, new double[] {4, 0, 0.25});
        double wanted = normal(1, 0.5, 1 / 4.0) + normal(3, 0.5, 1 / 0.25);
        assertEquals(wanted, likelihood(model, 0.5), 1e-12);
        assertEquals(normal(0.5, 0, 9), prior(model, 0.5), 1e-12);
        assertEquals(2, model.observedEntries());
    }

    @Test
    void otherWeightsAreExponents() {
        CompiledModel model = line(Poisson.mean("mu"), new double[] {2, 5, 0}, new double[] {0.5, 0, 2});
        double wanted = 0.5 * (2 * Math.log(1.5) - 1.5 - Math.log(2)) + 2 * -1.5;
        assertEquals(wanted, likelihood(model, 1.5), 1e-12);
    }

    @Test
    void aMissingDatumChangesNoBit() {
        double[] weights = {1, 0, 1};
        double[] reference = {1, NAN, 3};
        for (double missing : new double[] {0, 7, -1e300, Double.POSITIVE_INFINITY}) {
            double[] data = {1, missing, 3};
            assertEquals(
                    likelihood(line(Normal.mean("mu").sd(1), reference, weights), 0.3),
                    likelihood(line(Normal.mean("mu").sd(1), data, weights), 0.3));
        }
    }

    @Test
    void hierarchicalPriorFollowsItsFormula() {
        CompiledModel model = Graphs.nmf(Graphs.likelihoods().get(0));
        assertEquals(List.of("shape[0]", "shape[1]", "H[0,0]"), model.names().subList(0, 3));
        assertEquals(2 + 8 + 6, model.dimension());
        double[] theta = Graphs.draws(model, 1, 4);
        double wanted = 0;
        for (int k = 0; k < 2; k++) {
            double a = theta[k];
            wanted += 2 * Math.log(4) + Math.log(a) - 4 * a;
            for (int j = 0; j < 4; j++) {
                double h = theta[2 + 4 * k + j];
                wanted += a * Math.log(a) + (a - 1) * Math.log(h) - a * h - logGamma(a);
            }
        }
        for (int i = 10; i < 16; i++) {
            wanted += Math.log(0.3) - 0.3 * theta[i];
        }
        assertEquals(wanted, prior(model, theta), 1e-10 * Math.abs(wanted));
    }

    @Test
    void pointwiseSumsToTheLikelihood() {
        for (CompiledModel model : List.of(
                Graphs.physics(true),
                Graphs.nmf(Graphs.likelihoods().get(0)),
                Graphs.nmf(Graphs.likelihoods().get(1)),
                Graphs.nmf(Graphs.likelihoods().get(2)))) {
            double[] theta = Graphs.draws(model, 20, 5);
            double[] total = new double[20];
            model.logLikelihood(theta, total, 20);
            int width = model.observedEntries();
            double[] parts = new double[20 * width];
            model.pointwise(theta, parts, 20);
            for (int r = 0; r < 20; r++) {
                double sum = Arrays.stream(parts, r * width, (r + 1) * width).sum();
                assertEquals(total[r], sum, 1e-11 * (1 + Math.abs(sum)));
            }
        }
    }

    @Test
    void outsideThePriorThereIsNoDensity() {
        CompiledModel model = Graphs.physics(true);
        double[] theta = Graphs.draws(model, 1, 6);
        theta[0] = -1;
        assertEquals(NEGATIVE, prior(model, theta));
        theta[0] = NAN;
        assertEquals(NEGATIVE, prior(model, theta));
    }

    @Test
    void failedRowsAreCountedAndTheOthersUntouched() {
        CompiledModel model = Graphs.physics(true);
        double[] theta = Graphs.draws(model, 4, 7);
        int d = model.dimension();
        double[] before = new double[4];
        assertEquals(0, model.logLikelihood(theta, before, 4));
        theta[d] = 13; // the toy model fails at 13 K
        theta[3 * d + 1] = 101; // and is not defined above 100 K
        double[] after = new double[4];
        assertEquals(2, model.logLikelihood(theta, after, 4));
        assertArrayEquals(new double[] {before[0], NEGATIVE, before[2], NEGATIVE}, after);
        double[] parts = new double[4 * model.observedEntries()];
        model.pointwise(theta, parts, 4);
        assertTrue(Double.isNaN(parts[8]) && Double.isFinite(parts[0]));
        assertTrue(Double.isNaN(model.values("mean", theta, 4)[8]));
    }

    @Test
    void argumentsThatAreNotAllowedFailTheRow() {
        CompiledModel model = line(Normal.mean(0).sd("mu"), new double[3], new double[] {1, 1, 1});
        double[] out = new double[3];
        assertEquals(1, model.logLikelihood(new double[] {1, -1, 2}, out, 3));
        assertEquals(NEGATIVE, out[1]);
    }

    @Test
    void physicsTakesThePlaceOfAFactor() {
        CompiledModel model = Graphs.physics(true);
        double[] theta = Graphs.draws(model, 1, 8);
        double[] w = model.values("W", theta, 1);
        double[] mean = model.values("mean", theta, 1);
        for (int l = 0; l < 2; l++) {
            for (int j = 0; j < 4; j++) {
                double sum = 0;
                for (int k = 0; k < 2; k++) {
                    double wanted = ToyPhysics.value(l, theta[k], theta[2]);
                    assertEquals(wanted, w[2 * l + k]);
                    sum += wanted * theta[3 + 4 * k + j];
                }
                assertEquals(sum, mean[4 * l + j], 1e-12 * Math.abs(sum));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> model.values("X", theta, 1));
        assertThrows(IllegalArgumentException.class, () -> model.values("nothing", theta, 1));
    }

    @Test
    void batchesEqualSingleRowsBitForBit() {
        CompiledModel model = Graphs.nmf(Graphs.likelihoods().get(2));
        int rows = 9;
        double[] theta = Graphs.draws(model, rows, 9);
        double[] all = new double[rows];
        double[] priors = new double[rows];
        model.logLikelihood(theta, all, rows);
        model.logPrior(theta, priors, rows);
        int d = model.dimension();
        for (int r = 0; r < rows; r++) {
            double[] row = Arrays.copyOfRange(theta, r * d, (r + 1) * d);
            assertEquals(all[r], likelihood(model, row));
            assertEquals(priors[r], prior(model, row));
        }
    }

    @Test
    void priorTransformGivesDrawsOfThePrior() {
        // One-sample Kolmogorov tests at D sqrt(n) < 2.2, false alarm 1e-4 each, seven in all: 7e-4.
        CompiledModel model = Graphs.physics(true);
        double[] theta = Graphs.draws(model, 4000, 10);
        assertFollows(Graphs.column(theta, 11, 0), x -> x / 100);
        assertFollows(Graphs.column(theta, 11, 2), x -> Math.log(x / 0.1) / Math.log(1e5));
        assertFollows(Graphs.column(theta, 11, 10), x -> -Math.expm1(-x));
        // x | top ~ U(0, top), top ~ Exp(1), so x / top is uniform and independent of top.
        CompiledModel moving = Graphs.movingBounds();
        assertEquals(List.of("top", "x"), moving.names());
        double[] pairs = Graphs.draws(moving, 4000, 11);
        double[] ratio = new double[4000];
        for (int r = 0; r < ratio.length; r++) {
            ratio[r] = pairs[2 * r + 1] / pairs[2 * r];
        }
        assertFollows(Graphs.column(pairs, 2, 0), x -> -Math.expm1(-x));
        assertFollows(ratio, x -> x);
        // Each entry of Dirichlet(1, 1, 1) is Beta(1, 2).
        CompiledModel simplex = new CompiledModel(ModelGraph.named("simplex")
                .parameter("w", LINES, Dirichlet.over("line").concentration(1))
                .observe("X", LINES, Normal.mean("w").sd(1), new double[3])
                .build());
        assertEquals(2, simplex.cubeDimension());
        double[] w = Graphs.draws(simplex, 4000, 12);
        assertFollows(Graphs.column(w, 3, 0), x -> 1 - (1 - x) * (1 - x));
        assertFollows(Graphs.column(w, 3, 2), x -> 1 - (1 - x) * (1 - x));
        for (int r = 0; r < 4000; r++) {
            assertEquals(1, w[3 * r] + w[3 * r + 1] + w[3 * r + 2], 1e-14);
        }
    }

    private static void assertFollows(double[] draws, DoubleUnaryOperator cdf) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            double p = cdf.applyAsDouble(sorted[i]);
            distance = Math.max(distance, Math.max(p - i / (double) sorted.length, (i + 1.0) / sorted.length - p));
        }
        assertTrue(distance * Math.sqrt(sorted.length) < 2.2, "distance " + distance);
    }

    @Test
    void improperPriorsHaveNoDraws() {
        CompiledModel model = Graphs.everyOp();
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> Graphs.draws(model, 1, 1));
        assertTrue(e.getMessage().contains("below"), e.getMessage());
    }

    @Test
    void boundsAreKnownWhereTheyAreFixed() {
        CompiledModel model = Graphs.nmf(Graphs.likelihoods().get(0));
        model.bounds().forEach(b -> assertEquals(Support.POSITIVE, b));
        assertEquals(Support.REAL, Graphs.movingBounds().bounds().get(1));
        assertEquals(new Support(0, 100), Graphs.physics(true).bounds().get(0));
        assertEquals(Graphs.everyOp().dimension(), Graphs.everyOp().bounds().size());
    }

    private static CompiledModel variant(Distribution prior, double sd, double datum, double weight, Dims dims) {
        return new CompiledModel(ModelGraph.named("v")
                .parameter("mu", prior)
                .constant("sd", Dims.SCALAR, "", sd)
                .observe("X", dims, "", Normal.mean("mu").sd("sd"), new double[] {datum, 2, 3}, new double[] {
                    weight, 1, 1
                })
                .build());
    }

    @Test
    void fingerprintsTellModelsApart() {
        Distribution base = LogUniform.between(1, 10);
        String reference = variant(base, 1, 1, 1, LINES).fingerprint();
        assertEquals(
                reference, variant(LogUniform.between(1, 10), 1, 1, 1, LINES).fingerprint());
        List<CompiledModel> others = List.of(
                variant(LogUniform.between(1, 10.000001), 1, 1, 1, LINES),
                variant(Uniform.between(1, 10), 1, 1, 1, LINES),
                variant(base, 1.1, 1, 1, LINES),
                variant(base, 1, 1.1, 1, LINES),
                variant(base, 1, 1, 0.5, LINES),
                variant(base, 1, 1, 1, Dims.of(Axis.of("line", "a", "b", "z"))),
                variant(base, 1, 1, 1, Dims.of(Axis.of("sky", "a", "b", "c"))),
                variant(Flat.real(), 1, 1, 1, LINES),
                variant(Gamma.shape(1).rate(10), 1, 1, 1, LINES),
                variant(Gamma.shape(1).mean(10), 1, 1, 1, LINES));
        assertEquals(
                others.size() + 1,
                Stream.concat(Stream.of(reference), others.stream().map(CompiledModel::fingerprint))
                        .distinct()
                        .count());
    }

    @Test
    void fingerprintsSeeInsideOperations() {
        assertNotEquals(smoothed(List.of(0.2, 0.6, 0.2), "a"), smoothed(List.of(0.2, 0.6, 0.21), "a"));
        assertNotEquals(smoothed(List.of(0.2, 0.6, 0.2), "a"), smoothed(List.of(0.2, 0.6, 0.2), "b"));
        assertEquals(smoothed(List.of(0.2, 0.6, 0.2), "a"), smoothed(List.of(0.2, 0.6, 0.2), "a"));
        assertEquals(Graphs.physics(true).fingerprint(), Graphs.physics(true).fingerprint());
    }

    private static String smoothed(List<Double> kernel, String label) {
        return new CompiledModel(ModelGraph.named("s")
                        .parameter("x", LINES, Normal.mean(0).sd(1))
                        .deterministic("smooth", new Convolve("x", "line", kernel))
                        .deterministic("one", new Select("smooth", "line", List.of(label)))
                        .deterministic("sum", new SumOver("one", "line"))
                        .observe("X", Dims.SCALAR, Normal.mean("sum").sd(1), new double[1])
                        .build())
                .fingerprint();
    }
}
