package org.unblend.density;

import java.util.List;
import java.util.stream.IntStream;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Arg;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Dirichlet;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.ToyPhysics;
import org.unblend.model.family.Beta;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.LogUniform;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.model.family.Uniform;
import org.unblend.model.op.Convolve;
import org.unblend.model.op.Elementwise;
import org.unblend.model.op.Select;
import org.unblend.model.op.SumOver;

/** Small graphs that together use every operation, link and kind of prior. */
final class Graphs {
    static final Axis LINE = Axis.of("line", "a", "b", "c");
    static final Axis PART = Axis.of("part", 2);
    static final Axis SKY = Axis.of("sky", 4);
    static final Dims DATA = Dims.of(LINE, SKY);

    private Graphs() {}

    /** A factorisation with inferred shapes; X is 3 x 4, of rank 2, with one entry missing. */
    static CompiledModel nmf(Distribution likelihood) {
        double[] x = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
        double[] weights = {1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1};
        return new CompiledModel(ModelGraph.named("nmf")
                .parameter("shape", Dims.of(PART), Gamma.shape(2).rate(4))
                .parameter("H", Dims.of(PART, SKY), Gamma.shape("shape").mean(1))
                .parameter("W", Dims.of(LINE, PART), Exponential.rate(0.3))
                .product("mean", "W", "H")
                .observe("X", DATA, "", likelihood, x, weights)
                .build());
    }

    static List<Distribution> likelihoods() {
        return List.of(
                Normal.mean("mean").sd(0.7),
                Poisson.mean("mean"),
                Gamma.shape(3).mean("mean"));
    }

    /** Every operation once, and a parameter of every link. */
    static CompiledModel everyOp() {
        return everyOp(Flat.between(Double.NEGATIVE_INFINITY, 3));
    }

    /** @param below prior of a parameter below 3 */
    static CompiledModel everyOp(Distribution below) {
        return new CompiledModel(ModelGraph.named("ops")
                .parameter("real", Dims.of(LINE), Normal.mean(0).sd(1))
                .parameter("above", Exponential.rate(1))
                .parameter("below", below)
                .parameter("share", Beta.alpha(2).beta(3))
                .parameter("wide", LogUniform.between(1e-2, 1e3))
                .parameter("mix", Dims.of(LINE, PART), Dirichlet.over("line").concentration("above"))
                .constant("fixed", Dims.of(PART), "", 1.5, 2.5)
                .deterministic("exp", new Elementwise(Elementwise.Function.EXP, "real"))
                .deterministic("log", new Elementwise(Elementwise.Function.LOG, "wide"))
                .sum("sum", "exp", "below", "log")
                .scale("scaled", "mix", "fixed", "share", "sum")
                .deterministic("smooth", new Convolve("scaled", "line", List.of(0.2, 0.5, 0.3)))
                .deterministic("two", new Select("smooth", "line", List.of("c", "a")))
                .deterministic("total", new SumOver("two", "part"))
                .observe(
                        "X",
                        Dims.of(Axis.of("line", "c", "a")),
                        Normal.mean("total").sd("above"),
                        new double[] {1, 2})
                .build());
    }

    /** Physics in place of a factor: one temperature per part. */
    static CompiledModel physics(boolean differentiable) {
        return new CompiledModel(ModelGraph.named("physics")
                .parameter("T", Dims.of(PART), "K", "", Uniform.between(0, 100))
                .parameter("n", Dims.SCALAR, "cm-3", "", LogUniform.between(0.1, 1e4))
                .parameter("H", Dims.of(PART, SKY), Exponential.rate(1))
                .forward("W", new ToyPhysics(differentiable), "T", "n")
                .product("mean", "W", "H")
                .observe(
                        "X", Dims.of(ToyPhysics.LINES, SKY), Normal.mean("mean").sd(2), new double[] {
                            1, 2, 3, 4, 5, 6, 7, 8
                        })
                .build());
    }

    /** A uniform number whose upper end is itself unknown. */
    static CompiledModel movingBounds() {
        return new CompiledModel(ModelGraph.named("moving")
                .parameter("x", Uniform.between(Arg.of(0), Arg.of("top")))
                .parameter("top", Exponential.rate(1))
                .observe("X", Dims.SCALAR, Normal.mean("x").sd(1), new double[] {1})
                .build());
    }

    /** Draws of the prior. */
    static double[] draws(Target model, int rows, long seed) {
        RandomSource random = RandomStream.of(seed).generator();
        double[] u = IntStream.range(0, rows * model.cubeDimension())
                .mapToDouble(i -> random.nextOpen())
                .toArray();
        double[] theta = new double[rows * model.dimension()];
        model.priorTransform(u, theta, rows);
        return theta;
    }

    static double[] column(double[] table, int width, int column) {
        return IntStream.range(0, table.length / width)
                .mapToDouble(r -> table[r * width + column])
                .toArray();
    }
}
