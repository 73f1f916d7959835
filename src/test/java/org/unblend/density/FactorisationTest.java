package org.unblend.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.Normal;
import org.unblend.model.op.Add;

/** The structure of a factorisation is read from the graph, in whatever order its axes stand. */
class FactorisationTest {
    private static final Axis LINE = Axis.of("line", "a", "b");
    private static final Axis PIXEL = Axis.of("pixel", 3);
    private static final Dims X = Dims.of(LINE, PIXEL);

    private static GraphBuilder twoProducts() {
        Axis one = Axis.of("one", 1);
        Axis two = Axis.of("two", 2);
        return ModelGraph.named("m")
                .parameter("W1", Dims.of(LINE, one), Exponential.rate(1))
                .parameter("H1", Dims.of(one, PIXEL), Exponential.rate(1))
                .parameter("W2", Dims.of(LINE, two), Exponential.rate(1))
                .parameter("H2", Dims.of(two, PIXEL), Exponential.rate(1))
                .product("first", "W1", "H1")
                .product("second", "W2", "H2")
                .deterministic("mean", new Add(List.of("first", "second")));
    }

    @Test
    void termsNoiseAndOrientationAreRead() {
        Factorisation form = Factorisation.of(twoProducts()
                .constant("sd", Dims.of(LINE), "", 2, 4)
                .observe("X", Dims.of(PIXEL, LINE), Normal.mean("mean").sd("sd"), new double[] {1, 2, 3, 4, 5, 6})
                .build());
        assertEquals(Factorisation.Noise.NORMAL, form.noise());
        assertEquals(
                List.of("first", "second"),
                form.products().stream().map(p -> p.node().name()).toList());
        assertEquals("two", form.products().get(1).component().name());
        assertEquals(LINE, form.products().get(1).feature());
        double[][] x = form.matrix(form.x().data()).array();
        assertArrayEquals(new double[] {1, 3, 5}, x[0]);
        assertArrayEquals(new double[] {2, 4, 6}, x[1]);
        double[] size = form.knownScale().orElseThrow();
        assertArrayEquals(new double[] {2, 4, 2, 4, 2, 4}, size);
        assertArrayEquals(new double[] {1 / 4., 1 / 16., 1 / 4., 1 / 16., 1 / 4., 1 / 16.}, form.weights(size));
    }

    @Test
    void anUnknownShapeIsNotKnown() {
        Factorisation form = Factorisation.of(twoProducts()
                .parameter("k", HalfNormal.scale(1))
                .observe("X", X, Gamma.shape("k").mean("mean"), new double[] {1, 2, 3, 4, 5, 6})
                .build());
        assertTrue(form.knownScale().isEmpty());
        assertEquals("shape", form.scale().orElseThrow().argument());
    }

    @Test
    void whatIsNoneSaysWhy() {
        Factorisation.Unlike twice = assertThrows(
                Factorisation.Unlike.class,
                () -> Factorisation.of(twoProducts()
                        .deterministic("more", new Add(List.of("mean", "first")))
                        .observe("X", X, Normal.mean("more").sd(1), new double[6])
                        .build()));
        assertTrue(twice.complaint().reason().contains("enters it twice"), twice.getMessage());
        Factorisation.Unlike none = assertThrows(
                Factorisation.Unlike.class,
                () -> Factorisation.of(twoProducts()
                        .observe("X", X, Normal.mean("mean").sd(1), new double[6])
                        .observe("Y", X, Normal.mean("mean").sd(1), new double[6])
                        .build()));
        assertTrue(none.ofObservations(), none.getMessage());
    }
}
