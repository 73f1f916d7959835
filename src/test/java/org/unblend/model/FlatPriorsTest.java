package org.unblend.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.LogUniform;
import org.unblend.model.family.Normal;
import org.unblend.model.family.TruncatedNormal;
import org.unblend.model.family.Uniform;

class FlatPriorsTest {
    private static final Axis COMPONENT = Axis.of("component", 2);
    private static final Axis LINE = Axis.of("line", 2);
    private static final Axis PIXEL = Axis.of("pixel", 3);

    private static Distribution flat(Distribution prior) {
        ModelGraph graph = ModelGraph.named("m")
                .parameter("mu", prior)
                .observe("x", Dims.SCALAR, Normal.mean("mu").sd(1), new double[1])
                .build();
        return graph.withFlatPriors().parameters().get(0).prior();
    }

    @Test
    void supportsStayAsTheyAre() {
        assertEquals(Flat.nonNegative(), flat(Exponential.rate(3)));
        assertEquals(Flat.nonNegative(), flat(Gamma.shape(0.3).mean(2)));
        assertEquals(Flat.real(), flat(Normal.mean(1).sd(2)));
        assertEquals(Uniform.between(2, 5), flat(LogUniform.between(2, 5)));
        assertEquals(Uniform.between(2, 5), flat(Uniform.between(2, 5)));
        assertEquals(
                Flat.between(0, Double.POSITIVE_INFINITY),
                flat(TruncatedNormal.mean(-1).sd(1).between(0, Double.POSITIVE_INFINITY)));
    }

    @Test
    void whatOnlyPriorsDependedOnIsLeftOut() {
        ModelGraph graph = ModelGraph.named("maps")
                .parameter("W", Dims.of(LINE, COMPONENT), Exponential.rate(1))
                .parameter("shape", Dims.of(COMPONENT), Gamma.shape(2).rate(4))
                .parameter("H", Dims.of(COMPONENT, PIXEL), Gamma.shape("shape").mean(1))
                .product("mean", "W", "H")
                .observe("X", Dims.of(LINE, PIXEL), Normal.mean("mean").sd(1), new double[6])
                .build();
        ModelGraph flat = graph.withFlatPriors();
        assertTrue(flat.node("shape").isEmpty());
        assertEquals(2, flat.parameters().size());
        flat.parameters().forEach(p -> assertEquals(Flat.nonNegative(), p.prior()));
        assertEquals(flat, flat.withFlatPriors());
    }

    @Test
    void aSimplexStaysOne() {
        assertEquals(
                Dirichlet.over("line").concentration(1),
                ModelGraph.named("m")
                        .parameter("W", Dims.of(LINE), Dirichlet.over("line").concentration(9))
                        .observe("x", Dims.of(LINE), Normal.mean("W").sd(1), new double[2])
                        .build()
                        .withFlatPriors()
                        .parameters()
                        .get(0)
                        .prior());
    }

    @Test
    void aSupportThatMovesHasNoFlatCounterpart() {
        ModelGraph graph = ModelGraph.named("m")
                .parameter("a", Uniform.between(1, 2))
                .parameter("mu", LogUniform.between(Arg.of("a"), Arg.of(5)))
                .observe("x", Dims.SCALAR, Normal.mean("mu").sd(1), new double[1])
                .build();
        assertEquals(
                "M060",
                assertThrows(InvalidModel.class, graph::withFlatPriors)
                        .flaws()
                        .get(0)
                        .code());
    }
}
