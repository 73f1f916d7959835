package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Beta;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.ZeroInflated;
import org.unblend.model.op.Add;

class ModelJsonTest {
    private static final Axis LINE = Axis.of("line", "CO", "CS");
    private static final Axis COMPONENT = Axis.of("component", 2);
    private static final Axis PIXEL = Axis.of("pixel", 3);
    private static final Dims X = Dims.of(LINE, PIXEL);

    @Test
    void aFactorisationIsAModelFileWithPriors() throws IOException {
        ModelGraph graph = ModelGraph.named("maps")
                .parameter("W", Dims.of(LINE, COMPONENT), Exponential.rate(2))
                .parameter("H", Dims.of(COMPONENT, PIXEL), Flat.nonNegative())
                .product("mean", "W", "H")
                .constant("sd", X, "", 1, 2, 3, 4, 5, 6)
                .observe("X", X, Normal.mean("mean").sd("sd"), new double[6])
                .build();
        JsonNode root = new ObjectMapper().readTree(ModelJson.text(graph));
        JsonNode expected = new ObjectMapper().readTree("""
                {
                  "format": "model/1",
                  "name": "maps",
                  "axes": { "line": ["CO", "CS"], "component": 2, "pixel": 3 },
                  "nodes": [
                    { "parameter": "W", "axes": ["line", "component"] },
                    { "parameter": "H", "axes": ["component", "pixel"] },
                    { "product": "mean", "left": "W", "right": "H" },
                    { "data": "sd", "axes": ["line", "pixel"] },
                    { "observe": "X", "axes": ["line", "pixel"], "normal": { "mean": "mean", "sd": "sd" } }
                  ],
                  "priors": { "W": { "exponential": { "rate": 2.0 } }, "H": { "flat": { "low": 0.0 } } }
                }
                """);
        assertEquals(expected, root);
    }

    @Test
    void aZeroInflatedPriorHoldsAnotherOne() throws IOException {
        ModelGraph graph = ModelGraph.named("maps")
                .parameter("q", Dims.of(COMPONENT), Beta.alpha(1).beta(1))
                .parameter("W", Dims.of(LINE, COMPONENT), Exponential.rate(2))
                .parameter(
                        "H",
                        Dims.of(COMPONENT, PIXEL),
                        ZeroInflated.zero("q").otherwise(Gamma.shape(0.5).mean(3)))
                .product("mean", "W", "H")
                .observe("X", X, Normal.mean("mean").sd(1), new double[6])
                .build();
        JsonNode written = new ObjectMapper().readTree(ModelJson.text(graph));
        assertEquals(
                new ObjectMapper()
                        .readTree(
                                "{\"zero_inflated\": {\"zero\": \"q\", \"else\": {\"gamma\": {\"shape\": 0.5, \"mean\": 3.0}}}}"),
                written.get("priors").get("H"));
    }

    @Test
    void otherOperationsAreRefused() {
        ModelGraph graph = ModelGraph.named("m")
                .parameter("a", Exponential.rate(1))
                .deterministic("twice", new Add(List.of("a", "a")))
                .observe("X", Dims.SCALAR, Normal.mean("twice").sd(1), new double[1])
                .build();
        assertThrows(IllegalArgumentException.class, () -> ModelJson.text(graph));
    }
}
