package org.unblend.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Normal;

/** Graphs with fewer entries along an axis. */
class ShortenedTest {
    private static final Axis LINE = Axis.of("line", 2);
    private static final Axis COMPONENT = Axis.of("component", 3);
    private static final Axis PIXEL = Axis.of("pixel", 4);

    private static ModelGraph graph() {
        return ModelGraph.named("maps")
                .constant("rate", Dims.of(LINE, COMPONENT), "", 1, 2, 3, 4, 5, 6)
                .constant("other", Dims.of(COMPONENT), "", 7, 8, 9)
                .parameter("W", Dims.of(LINE, COMPONENT), Exponential.rate(Arg.of("rate")))
                .parameter("H", Dims.of(COMPONENT, PIXEL), Exponential.rate(Arg.of("other")))
                .product("mean", "W", "H")
                .observe("X", Dims.of(LINE, PIXEL), Normal.mean("mean").sd(1), new double[8])
                .build();
    }

    @Test
    void whatLiesAlongTheAxisKeepsItsFirstEntries() {
        ModelGraph two = graph().shortened("component", 2);
        assertArrayEquals(
                new double[] {1, 2, 4, 5}, ((Constant) two.node("rate").orElseThrow()).values());
        assertArrayEquals(new double[] {7, 8}, ((Constant) two.node("other").orElseThrow()).values());
        assertEquals(
                2 * 2 + 2 * 4,
                two.parameters().stream().mapToInt(p -> p.dims().size()).sum());
        assertEquals(Dims.of(LINE, PIXEL), two.node("mean").orElseThrow().dims());
    }

    @Test
    void dataStay() {
        assertThrows(IllegalArgumentException.class, () -> graph().shortened("pixel", 2));
    }
}
