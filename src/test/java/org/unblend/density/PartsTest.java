package org.unblend.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unblend.diagnose.KolmogorovSmirnov;
import org.unblend.math.Dense;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Sparse;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Entries;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.model.family.Uniform;

/** A point that moves block by block has the parameters and the log likelihood of its position, bit for bit. */
class PartsTest {
    private static final int MOVES = 400;

    static Stream<CompiledModel> models() {
        return Stream.concat(
                Graphs.likelihoods().stream().map(Graphs::nmf),
                Stream.of(
                        Graphs.everyOp(Uniform.between(-3, 3)),
                        Graphs.physics(true),
                        Graphs.movingBounds(),
                        hierarchy(),
                        sparse()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void keepsTheBitsWhateverTheWay(CompiledModel model) {
        RandomSource random = RandomStream.of(3).generator();
        int d = model.cubeDimension();
        double[] u = new double[d];
        Arrays.setAll(u, i -> random.nextOpen());
        Parts parts = model.parts().orElseThrow();
        Parts.Moving moving = parts.at(u);
        assertSame(model, u, moving, false);
        int[] seen = new int[2];
        for (int m = 0; m < MOVES; m++) {
            int block = random.nextInt(parts.blocks().size());
            int[] c = parts.blocks().get(block).coordinates();
            double[] to = new double[c.length];
            double[] proposed = u.clone();
            for (int i = 0; i < c.length; i++) {
                to[i] = random.nextOpen();
                proposed[c[i]] = to[i];
            }
            moving.propose(block, to);
            // Values that a journal knows are not asked for.
            boolean asked = random.nextOpen() < 0.8;
            assertSame(model, proposed, moving, asked);
            seen[asked && moving.failed() ? 1 : 0]++;
            if (random.nextOpen() < 0.5) {
                moving.accept();
                u = proposed;
            } else {
                moving.refuse();
            }
            assertArrayEquals(u, moving.position());
            assertSame(model, u, moving, false);
        }
        assertTrue(seen[0] > MOVES / 10, Arrays.toString(seen));
    }

    private static void assertSame(CompiledModel model, double[] u, Parts.Moving moving, boolean asked) {
        double[] theta = new double[model.dimension()];
        model.priorTransform(u, theta, 1);
        assertArrayEquals(theta, moving.theta());
        if (asked) {
            double[] logL = new double[1];
            int failed = model.logLikelihood(theta, logL, 1);
            assertEquals(logL[0], moving.logLikelihood());
            assertEquals(failed == 1, moving.failed());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void glidesKeepTheLikelihoodAndTheBits(CompiledModel model) {
        RandomSource random = RandomStream.of(8).generator();
        Parts parts = model.parts().orElseThrow();
        double[] u = new double[model.cubeDimension()];
        int[] kept = new int[2];
        for (int m = 0; m < MOVES && !parts.glides().isEmpty(); m++) {
            Arrays.setAll(u, i -> 0.01 + 0.98 * random.nextOpen());
            Parts.Moving moving = parts.at(u);
            double before = logL(model, u);
            int which = random.nextInt(parts.glides().size());
            int coordinate = parts.glides().get(which).coordinate();
            moving.glide(which, 0.5, random);
            double[] to = moving.position().clone();
            assertSame(model, to, moving, true);
            assertTrue(moving.failed() || Math.abs(logL(model, to) - before) < 1e-6 * (1 + Math.abs(before)));
            kept[to[coordinate] == u[coordinate] ? 0 : 1]++;
            if (random.nextOpen() < 0.5) {
                moving.accept();
                assertSame(model, to, moving, false);
            } else {
                moving.refuse();
                assertSame(model, u, moving, false);
                assertArrayEquals(u, moving.position());
            }
        }
        assertTrue(parts.glides().isEmpty() || kept[1] > 0.8 * MOVES, Arrays.toString(kept));
    }

    /** The law of what glides: t of a hyper-parameter and its group, both forward draws, stay a forward draw. */
    @Test
    void glidesKeepThePrior() {
        CompiledModel model = hierarchy();
        Parts parts = model.parts().orElseThrow();
        assertEquals(
                List.of("mu", "tau"),
                parts.glides().stream().map(Parts.Glide::name).toList());
        RandomSource random = RandomStream.of(4).generator();
        int n = 4000;
        double[][] coordinate = new double[model.cubeDimension()][n];
        for (int m = 0; m < n; m++) {
            double[] u = new double[model.cubeDimension()];
            Arrays.setAll(u, i -> random.nextOpen());
            Parts.Moving moving = parts.at(u);
            for (int k = 0; k < 3; k++) {
                moving.glide(k % 2, 0.7, random);
                moving.accept();
            }
            for (int i = 0; i < u.length; i++) {
                coordinate[i][m] = moving.position()[i];
            }
        }
        // Six tests: one false alarm in 1,600 with other seeds.
        for (double[] c : coordinate) {
            assertTrue(KolmogorovSmirnov.uniform(c) > 1e-4);
        }
    }

    private static double logL(CompiledModel model, double[] u) {
        double[] theta = new double[model.dimension()];
        double[] logL = new double[1];
        model.priorTransform(u, theta, 1);
        model.logLikelihood(theta, logL, 1);
        return logL[0];
    }

    @Test
    void everyCoordinateIsInOneBlockAndTheLastHoldsAll() {
        for (CompiledModel model : models().toList()) {
            List<Parts.Block> blocks = model.parts().orElseThrow().blocks();
            int last = blocks.size() - 1;
            int[] all = blocks.subList(0, last).stream()
                    .flatMapToInt(b -> Arrays.stream(b.coordinates()))
                    .sorted()
                    .toArray();
            assertArrayEquals(blocks.get(last).coordinates(), all);
            assertEquals(model.cubeDimension(), all.length);
        }
    }

    @Test
    void blocksOfAHierarchyAreItsGroupsAndWhatTheyShare() {
        List<Parts.Block> blocks = hierarchy().parts().orElseThrow().blocks();
        // mu and tau reach all data through the groups, s at once.
        assertEquals(5, blocks.size());
        assertEquals("mu, tau, s", blocks.get(0).name());
        assertEquals(1, blocks.get(0).share());
        assertEquals("theta", blocks.get(1).name());
        assertEquals(1 / 3.0, blocks.get(1).share(), 1e-15);
    }

    @Test
    void blocksOfAFactorisationAreRowsAndColumns() {
        List<Parts.Block> blocks =
                Graphs.nmf(Poisson.mean("mean")).parts().orElseThrow().blocks();
        // Shapes by component reach all data through H.
        assertEquals(1 + 4 + 3 + 1, blocks.size());
        assertEquals(
                List.of("shape", "H", "H", "H", "H", "W", "W", "W", "shape, H, W"),
                blocks.stream().map(Parts.Block::name).toList());
        // One of 12 entries, in the second row and the second column, is missing.
        assertEquals(3 / 11.0, blocks.get(1).share(), 1e-15);
        assertEquals(3 / 11.0, blocks.get(6).share(), 1e-15);
        assertEquals(2, blocks.get(6).coordinates().length);
    }

    @Test
    void forwardModelsCountAsAWhole() {
        Graphs.physics(true).parts().orElseThrow().blocks().stream()
                .filter(b -> b.name().contains("T"))
                .forEach(b -> assertEquals(1, b.share()));
    }

    /** Three groups of two data. */
    private static CompiledModel hierarchy() {
        Axis group = Axis.of("group", 3);
        return new CompiledModel(ModelGraph.named("groups")
                .parameter("mu", Normal.mean(0).sd(2))
                .parameter("tau", Exponential.rate(1))
                .parameter("theta", Dims.of(group), Normal.mean("mu").sd("tau"))
                .parameter("s", Exponential.rate(2))
                .observe(
                        "y",
                        Dims.of(group, Axis.of("time", 2)),
                        Normal.mean("theta").sd("s"),
                        new double[] {1, 2, 0, 0.3, -1, -1.1})
                .build());
    }

    private static CompiledModel sparse() {
        Axis row = Axis.of("row", 3);
        Axis column = Axis.of("column", 4);
        Axis part = Axis.of("part", 2);
        return new CompiledModel(ModelGraph.named("sparse")
                .parameter("W", Dims.of(row, part), Exponential.rate(1))
                .parameter("H", Dims.of(part, column), Exponential.rate(1))
                .product("mean", "W", "H")
                .observe(
                        "X",
                        Dims.of(row, column),
                        "",
                        Poisson.mean("mean"),
                        new Entries.Stored(Sparse.of(
                                Dense.of(new double[][] {{0, 1, 0, 2}, {3, 0, 0, 0}, {0, 0, 1, 0}}))))
                .build());
    }
}
