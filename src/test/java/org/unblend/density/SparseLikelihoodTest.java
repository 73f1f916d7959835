package org.unblend.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Sparse;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.Entries;
import org.unblend.model.GraphBuilder;
import org.unblend.model.InvalidModel;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/** A graph says the same of sparse data as of the same data entry by entry. */
class SparseLikelihoodTest {
    private static final Axis GENE = Axis.of("gene", 6);
    private static final Axis CELL = Axis.of("cell", 9);
    private static final Axis COMPONENT = Axis.of("component", 3);

    /** Counts of which about a quarter are above 0, row by row. */
    private static double[] counts() {
        RandomSource random = RandomStream.of(11).generator();
        double[] counts = new double[GENE.length() * CELL.length()];
        Arrays.setAll(counts, e -> random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 0);
        return counts;
    }

    private static GraphBuilder product() {
        return ModelGraph.named("maps")
                .parameter("W", Dims.of(GENE, COMPONENT), Exponential.rate(1))
                .parameter("H", Dims.of(COMPONENT, CELL), Exponential.rate(1))
                .product("mean", "W", "H");
    }

    private static Sparse stored(Dims dims, double[] counts) {
        int n = dims.axes().get(1).length();
        double[][] rows = new double[dims.axes().get(0).length()][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(counts, i * n, (i + 1) * n));
        return Sparse.of(Dense.of(rows));
    }

    private static void agree(GraphBuilder left, GraphBuilder right, Dims dims, Distribution likelihood) {
        double[] counts = counts();
        CompiledModel each =
                new CompiledModel(left.observe("X", dims, likelihood, counts).build());
        CompiledModel few =
                new CompiledModel(right.observe("X", dims, "", likelihood, new Entries.Stored(stored(dims, counts)))
                        .build());
        assertNotEquals(each.fingerprint(), few.fingerprint());
        assertEquals(counts.length, few.observedEntries());
        assertEquals(counts.length, few.graph().observedEntries());
        int rows = 4;
        double[] theta = each.priorDraws(rows, RandomStream.of(3).generator());
        double[] expected = new double[rows];
        double[] got = new double[rows];
        assertEquals(0, each.logLikelihood(theta, expected, rows));
        assertEquals(0, few.logLikelihood(theta, got, rows));
        assertClose(expected, got);
        double[] slopes = new double[theta.length];
        double[] slopesOfFew = new double[theta.length];
        each.gradients().natural(theta, expected, slopes, rows);
        few.gradients().natural(theta, got, slopesOfFew, rows);
        assertClose(expected, got);
        assertClose(slopes, slopesOfFew);
        double[] parts = new double[rows * counts.length];
        double[] partsOfFew = new double[rows * counts.length];
        each.pointwise(theta, parts, rows);
        few.pointwise(theta, partsOfFew, rows);
        assertArrayEquals(parts, partsOfFew);
        assertArrayEquals(
                Predictions.of(each, theta, rows, RandomStream.of(5), Parallel.SERIAL)
                        .replicated()
                        .get(0),
                Predictions.of(few, theta, rows, RandomStream.of(5), Parallel.SERIAL)
                        .replicated()
                        .get(0));
    }

    private static void assertClose(double[] expected, double[] got) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], got[i], 1e-12 * (1 + Math.abs(expected[i])), "entry " + i);
        }
    }

    @Test
    void countsAndNormalNoise() {
        Dims dims = Dims.of(GENE, CELL);
        agree(product(), product(), dims, Poisson.mean("mean"));
        agree(product(), product(), dims, Normal.mean("mean").sd(0.7));
    }

    @Test
    void axesTheOtherWayRound() {
        agree(product(), product(), Dims.of(CELL, GENE), Poisson.mean("mean"));
    }

    @Test
    void aGivenFactor() {
        double[] w = new double[GENE.length() * COMPONENT.length()];
        Arrays.setAll(w, e -> 0.1 + e % 4);
        GraphBuilder[] both = new GraphBuilder[2];
        Arrays.setAll(
                both,
                i -> ModelGraph.named("projection")
                        .constant("W", Dims.of(GENE, COMPONENT), "", w)
                        .parameter("H", Dims.of(COMPONENT, CELL), Gamma.shape(2).rate(1))
                        .product("mean", "W", "H"));
        agree(both[0], both[1], Dims.of(GENE, CELL), Poisson.mean("mean"));
    }

    @Test
    void noiseOfAnUnknownSizeIsEvaluatedEntryByEntry() {
        GraphBuilder[] both = new GraphBuilder[2];
        Arrays.setAll(both, i -> product().parameter("sd", Exponential.rate(1)));
        agree(both[0], both[1], Dims.of(GENE, CELL), Normal.mean("mean").sd("sd"));
    }

    @Test
    void dataThatTheNoiseCannotGive() {
        Sparse half = new Sparse(9, new int[] {0, 1, 1, 1, 1, 1, 1}, new int[] {4}, new double[] {1.5});
        assertFlaw("M035", "0,4", Poisson.mean("mean"), half);
        Sparse nan = new Sparse(9, new int[] {0, 0, 1, 1, 1, 1, 1}, new int[] {8}, new double[] {Double.NaN});
        assertFlaw("M034", "1,8", Normal.mean("mean").sd(1), nan);
        Sparse narrow = new Sparse(8, new int[] {0, 0, 0, 0, 0, 0, 0}, new int[0], new double[0]);
        assertFlaw("M031", "6 x 8", Poisson.mean("mean"), narrow);
    }

    private static void assertFlaw(String code, String place, Distribution likelihood, Sparse x) {
        GraphBuilder graph = product().observe("X", Dims.of(GENE, CELL), "", likelihood, new Entries.Stored(x));
        InvalidModel e = assertThrows(InvalidModel.class, graph::build);
        assertEquals(code, e.flaws().get(0).code());
        assertTrue(e.flaws().get(0).reason().contains(place), e.flaws().get(0).reason());
    }
}
