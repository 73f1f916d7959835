package org.unblend.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Families;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.model.family.TruncatedNormal;
import org.unblend.model.family.Uniform;
import org.unblend.model.op.Add;
import org.unblend.model.op.Elementwise;

/** Each way in which a model can be wrong, with its code, its node and what the message must hold. */
class GraphRulesTest {
    private static final Axis LINE = Axis.of("line", "a", "b");
    private static final Dims LINES = Dims.of(LINE);
    private static final double NAN = Double.NaN;

    /** A valid graph to which each test adds a fault. */
    private static GraphBuilder sound() {
        return ModelGraph.named("m")
                .observe("X", LINES, Normal.mean("mu").sd("sigma"), new double[] {1, 2})
                .constant("sigma", LINES, "", 0.1, 0.2)
                .parameter("mu", LINES, Normal.mean(0).sd(1));
    }

    private static Flaw flaw(GraphBuilder builder) {
        List<Flaw> flaws = assertThrows(InvalidModel.class, builder::build).flaws();
        assertEquals(1, flaws.size(), flaws.toString());
        assertFalse(flaws.get(0).remedy().isBlank());
        return flaws.get(0);
    }

    private static void check(GraphBuilder builder, String code, String node, String part) {
        Flaw flaw = flaw(builder);
        assertEquals(code, flaw.code(), flaw.reason());
        assertEquals(node, flaw.node(), flaw.reason());
        String text = flaw.reason() + " / " + flaw.remedy();
        assertTrue(text.contains(part), text);
    }

    private static GraphBuilder observing(Distribution likelihood, double[] data, double[] weights) {
        return ModelGraph.named("m")
                .parameter("mu", LINES, Exponential.rate(1))
                .constant("sigma", LINES, "", 0.1, 0.2)
                .observe("X", LINES, "", likelihood, data, weights);
    }

    @Test
    void nodesMayBeDeclaredInAnyOrder() {
        ModelGraph graph = sound().build();
        assertEquals(
                List.of("sigma", "mu", "X"),
                graph.nodes().stream().map(Node::name).toList());
        assertEquals(2, graph.observedEntries());
        assertEquals("mu", graph.parameters().get(0).name());
        assertEquals(
                List.of("mu", "sigma"), ModelGraph.dependencies(graph.node("X").orElseThrow()));
        assertTrue(graph.node("nothing").isEmpty() && graph.deterministics().isEmpty());
    }

    @Test
    void unknownNodesGetAHint() {
        check(sound().sum("s", "mu", "sigm"), "M012", "s", "did you mean 'sigma'?");
    }

    @Test
    void namesAreUsedOnce() {
        check(sound().constant("mu", LINES, "", 1, 2), "M040", "mu", "two nodes");
    }

    @Test
    void circlesAreNamedWithoutBystanders() {
        GraphBuilder builder =
                sound().sum("a", "b", "mu").sum("b", "c").sum("c", "a").sum("bystander", "a");
        check(builder, "M041", "a", "circle: a, b, c");
        check(sound().sum("self", "self"), "M041", "self", "circle: self");
    }

    @Test
    void aModelNeedsSomethingUnknownAndSomethingMeasured() {
        check(
                ModelGraph.named("m").observe("X", LINES, Normal.mean(0).sd(1), new double[2]),
                "M042",
                "",
                "no parameter");
        check(ModelGraph.named("m").parameter("p", Normal.mean(0).sd(1)), "M043", "", "no observation");
    }

    @Test
    void severalFlawsAreReportedAtOnce() {
        GraphBuilder builder = sound().constant("bad", LINES, "", 1, NAN)
                .sum("s", "nowhere")
                .constant("mu", Dims.SCALAR, "", 1)
                .sum("round", "round")
                .parameter("d", Dims.SCALAR, Poisson.mean(2));
        List<Flaw> flaws = assertThrows(InvalidModel.class, builder::build).flaws();
        assertEquals(
                List.of("M012", "M030", "M032", "M040", "M041"),
                flaws.stream().map(Flaw::code).sorted().toList());
    }

    @Test
    void constantsAreFiniteAndFitTheirShape() {
        check(sound().constant("c", LINES, "", 1, Double.POSITIVE_INFINITY), "M030", "c", "at b is Infinity");
        check(sound().constant("c", Dims.SCALAR, "", NAN), "M030", "c", "its only entry");
        check(sound().constant("c", LINES, "", 1, 2, 3), "M031", "c", "3 values");
        check(observing(Normal.mean("mu").sd(1), new double[] {1}, new double[] {1, 1}), "M031", "X", "1 values");
        check(observing(Normal.mean("mu").sd(1), new double[2], new double[3]), "M031", "X", "3 values");
    }

    @Test
    void parametersAreContinuous() {
        check(sound().parameter("k", Poisson.mean(3)), "M032", "k", "discrete");
    }

    @Test
    void dataAndWeightsAreSound() {
        Distribution normal = Normal.mean("mu").sd("sigma");
        check(observing(normal, new double[2], new double[] {1, -1}), "M033", "X", "at b is -1.0");
        check(observing(normal, new double[2], new double[] {NAN, 1}), "M033", "X", "at a is NaN");
        check(observing(normal, new double[] {1, NAN}, new double[] {1, 1}), "M034", "X", "at b is NaN");
        check(observing(Poisson.mean("mu"), new double[] {1.5, 2}, new double[] {1, 1}), "M035", "X", "at a is 1.5");
        check(observing(Poisson.mean("mu"), new double[] {1, -2}, new double[] {1, 1}), "M035", "X", "at b is -2.0");
    }

    @Test
    void dataMustBePossible() {
        Distribution gamma = Gamma.shape(2).mean("mu");
        check(observing(gamma, new double[] {1, -2}, new double[] {1, 1}), "M037", "X", "at b is -2.0");
        check(observing(Uniform.between(0, 1), new double[] {3, 1}, new double[] {1, 1}), "M037", "X", "at a is 3.0");
        observing(Uniform.between(Arg.of("mu"), Arg.of(9)), new double[] {3, 1}, new double[] {1, 1})
                .build();
        check(
                observing(Dirichlet.over("line").concentration(1), new double[] {0.5, 0.5}, new double[] {1, 1}),
                "M036",
                "X",
                "dirichlet");
    }

    @Test
    void missingDataMayBeAnything() {
        ModelGraph graph = observing(Gamma.shape(2).mean("mu"), new double[] {NAN, 1}, new double[] {0, 1})
                .build();
        assertEquals(1, graph.observedEntries());
        observing(Poisson.mean("mu"), new double[] {-0.5, 1}, new double[] {0, 1})
                .build();
    }

    @Test
    void aNegativeUncertaintyIsFoundAtItsEntry() {
        GraphBuilder builder = ModelGraph.named("m")
                .parameter("mu", LINES, Normal.mean(0).sd(1))
                .constant("sigma", LINES, "", 0.1, -0.2)
                .observe("X", LINES, Normal.mean("mu").sd("sigma"), new double[2]);
        check(builder, "M013", "sigma", "sd of X is -0.2 at b");
    }

    @Test
    void anUncertaintyOfAMissingDatumDoesNotCount() {
        ModelGraph.named("m")
                .parameter("mu", LINES, Normal.mean(0).sd(1))
                .constant("sigma", LINES, "", 0.1, 0)
                .observe("X", LINES, "", Normal.mean("mu").sd("sigma"), new double[2], new double[] {1, 0})
                .build();
    }

    @Test
    void argumentsAreChecked() {
        assertEquals("M011", code(() -> Normal.mean(0).sd(-1)));
        assertEquals("M011", code(() -> Dirichlet.over("line").concentration(0)));
        assertEquals("M010", code(() -> Independent.of(Normal.FAMILY, Arg.of(1))));
        assertEquals("M014", code(() -> Families.find("nrmal", Set.of())));
        check(sound().parameter("p", Normal.mean("wide").sd(1)).constant("wide", LINES, "", 1, 2), "M005", "p", "line");
    }

    @Test
    void dirichletRunsAlongAnAxisOfItsNode() {
        check(sound().parameter("w", LINES, Dirichlet.over("sky").concentration(1)), "M045", "w", "'sky'");
    }

    @Test
    void nothingDependsOnData() {
        check(sound().deterministic("d", new Elementwise(Elementwise.Function.EXP, "X")), "M044", "d", "'X'");
    }

    @Test
    void unitsAreFollowed() {
        GraphBuilder builder = ModelGraph.named("m")
                .parameter("T", LINES, "K", "", Exponential.rate(1))
                .constant("base", Dims.SCALAR, "mK", 3);
        check(builder.deterministic("t", new Add(List.of("T", "base"))), "M020", "t", "[K, mK]");
        GraphBuilder wrong = ModelGraph.named("m")
                .parameter("T", LINES, "K", "", Exponential.rate(1))
                .observe("X", LINES, "Jy", Normal.mean("T").sd(1), new double[2], new double[] {1, 1});
        check(wrong, "M028", "X", "mean is in K, but X in Jy");
        GraphBuilder right = ModelGraph.named("m")
                .parameter("T", LINES, "K", "", Exponential.rate(1))
                .constant("f", Dims.SCALAR, "1", 0.5)
                .scale("fT", "f", "T")
                .observe("X", LINES, "K", Normal.mean("fT").sd(1), new double[2], new double[] {1, 1});
        assertEquals("K", right.build().node("fT").orElseThrow().unit());
    }

    @Test
    void priorsStayWithinTheDomainOfAForwardModel() {
        check(physics(Uniform.between(0, 200), 1), "M029", "T", "[0.0, 200.0]");
        check(physics(Normal.mean(5).sd(1), 1), "M029", "T", "port 'T' is valid in [0.0, 100.0] K");
        check(physics(Uniform.between(0, 100), -4), "M029", "n", "its only entry is -4.0");
        physics(Uniform.between(0, 100), 1).build();
        physics(TruncatedNormal.mean(5).sd(1).between(0, 50), 1).build();
    }

    private static GraphBuilder physics(Distribution prior, double density) {
        return ModelGraph.named("m")
                .parameter("T", Dims.SCALAR, "K", "", prior)
                .constant("n", Dims.SCALAR, "cm-3", density)
                .forward("I", new ToyPhysics(true), "T", "n")
                .observe("X", Dims.of(ToyPhysics.LINES), Normal.mean("I").sd(1), new double[2]);
    }

    @Test
    void aGraphMadeWithoutTheBuilderIsCheckedToo() {
        Parameter p = new Parameter("p", LINES, "", "", Normal.mean(0).sd(1));
        Constant s = new Constant("s", LINES, "", new double[] {1, -1});
        Observation x = new Observation("X", LINES, "", Normal.mean("p").sd("s"), new double[2], new double[] {1, 1});
        assertEquals("M012", code(() -> new ModelGraph("m", List.of(x, p, s))));
        assertEquals("M040", code(() -> new ModelGraph("m", List.of(p, p, x))));
        assertEquals("M013", code(() -> new ModelGraph("m", List.of(p, s, x))));
    }

    @Test
    void arraysAreCopied() {
        double[] data = {1, 2};
        ModelGraph graph = ModelGraph.named("m")
                .parameter("p", Normal.mean(0).sd(1))
                .observe("X", LINES, Normal.mean("p").sd(1), data)
                .build();
        data[0] = 99;
        graph.observations().get(0).data()[0] = 99;
        assertEquals(1, graph.observations().get(0).data()[0]);
    }

    private static String code(Runnable action) {
        return assertThrows(InvalidModel.class, action::run).flaws().get(0).code();
    }
}
